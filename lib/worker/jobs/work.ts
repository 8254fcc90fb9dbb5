import { prismaFor } from "@/lib/core/db";
import { rescore } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { inScope } from "@/lib/merchants/scope";
import { advanceReferrals } from "@/lib/pipeline/decide/advance-referrals";
import { releaseAndComplete } from "@/lib/pipeline/decide/release-reward";
import { updateLoyalty } from "@/lib/pipeline/decide/tiers-and-badges";
import type { Decision } from "@/lib/pipeline/intake/stored-event";
import type { WorkFilter } from "../due";
import { BATCH, sweep, type Work } from "./job";
import { dueLoyalty, sweepLoyalty } from "./tiers-and-badges";

/** Releases every reward whose hold is over by its merchant's clock. @returns how many */
export async function releaseDueRewards(filter: WorkFilter = {}): Promise<number> {
  const due = await prismaFor("goodword_gate").$queryRaw<Work[]>`
    WITH due AS (
      SELECT merchant_id, id, referral_id, held_until FROM reward WHERE state = 'held' AND held_until <= now()
      UNION
      -- Sandboxes whose clock was moved. Apart, so that the index tells what is due for all others.
      SELECT r.merchant_id, r.id, r.referral_id, r.held_until FROM merchant m JOIN reward r ON r.merchant_id = m.id
      WHERE m.clock_offset_ms > 0 AND r.state = 'held' AND r.held_until <= now() + m.clock_offset_ms * interval '1 millisecond'
    )
    SELECT r.merchant_id AS "merchantId", r.id FROM due r
    LEFT JOIN referral f ON f.merchant_id = r.merchant_id AND f.id = r.referral_id
    WHERE f.review_at IS NULL
      AND (${filter.merchantId ?? null}::text IS NULL OR r.merchant_id = ${filter.merchantId ?? null})
    ORDER BY r.held_until LIMIT ${BATCH}`;
  return sweep(due, (scope, { id }) => releaseAndComplete(scope, id));
}

/** Lets referrals run out whose window is over by their merchant's clock. @returns how many did */
export async function expireDueReferrals(filter: WorkFilter = {}): Promise<number> {
  const due = await prismaFor("goodword_gate").$queryRaw<(Work & { friendId: string })[]>`
    SELECT f.merchant_id AS "merchantId", f.id, f.friend_id AS "friendId" FROM referral f
    JOIN merchant m ON m.id = f.merchant_id
    WHERE f.state = 'joined' AND f.expires_at < now() + m.clock_offset_ms * interval '1 millisecond'
      AND (${filter.merchantId ?? null}::text IS NULL OR f.merchant_id = ${filter.merchantId ?? null})
    ORDER BY f.expires_at LIMIT ${BATCH}`;
  return sweep(due, async (scope, { friendId }) => {
    const decisions: Decision[] = [];
    await inScope(scope, async (_, scope) => {
      await advanceReferrals(scope, friendId, null, decisions);
      if (decisions.length > 0) await rescore(scope, [friendId]);
    });
    return decisions.length > 0;
  });
}

/**
 * Looks at every standing that facts, rules or time may have changed. @returns how many were looked
 * at or noted
 */
export async function updateDueLoyalty(filter: WorkFilter = {}): Promise<number> {
  const noted = await sweepLoyalty(filter);
  return (
    noted +
    (await sweep(await dueLoyalty(filter), async (scope, { id }) => {
      await updateLoyalty(scope, id);
      return true;
    }))
  );
}
