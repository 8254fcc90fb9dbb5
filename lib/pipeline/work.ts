import { prismaFor } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { systemNow } from "@/lib/core/time";
import { rescore } from "@/lib/loyalty/seasons/scores";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { lockReferral } from "@/lib/referrals/commands";
import { completeReferral, releaseReward } from "@/lib/rewards/commands";
import { advanceReferrals } from "./advance";
import { workOffAdvocates } from "./advocates/work-off";
import type { Decision } from "./event-body";
import { BATCH, inLanes, sweep, type Work } from "./lanes";
import { processEvent } from "./process-event";
import { dueStandings, sweepStandings, updateStanding } from "./standing";
import { expireDueRewards, issueDueCoupons, remindExpiring } from "./work-rewards";
import { expireDueLots } from "./work-lots";
import { finishReplays } from "./work-replays";
import { closeDueSeasons } from "./work-seasons";

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 3_600_000;

/** What a round may be limited to: one merchant, for its test clock. */
export type WorkFilter = { merchantId?: string };

/**
 * Works off events whose time has come, oldest first and those of one person one after the other:
 * side by side they would only wait for each other. One that fails keeps its place in the inbox
 * with its error and is tried again later, each time after twice as long, up to an hour.
 * @returns how many were worked off, and how many failed
 */
export async function processDueEvents(
  filter: WorkFilter = {},
): Promise<{ done: number; failed: number }> {
  const due = await prismaFor("goodword_gate").$queryRaw<(Work & { person: string })[]>`
    SELECT i.merchant_id AS "merchantId", i.event_id AS id,
      COALESCE(e.body->'customer'->>'id', e.body->'customer'->>'email', e.visitor_id, e.id) AS person
    FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
    WHERE i.next_try_at <= ${systemNow()}
      AND (${filter.merchantId ?? null}::text IS NULL OR i.merchant_id = ${filter.merchantId ?? null})
    ORDER BY i.next_try_at, i.event_id LIMIT ${BATCH}`;
  let failed = 0;
  await inLanes(
    due,
    ({ person }) => person,
    async (scope, { id }) => {
      try {
        await processEvent(scope, id);
      } catch (error) {
        failed += 1;
        await noteFailure(scope, id, error);
      }
    },
  );
  return { done: due.length - failed, failed };
}

/** Keeps an event in the inbox with what stood in its way, to be tried again later. */
export async function noteFailure(scope: Scope, eventId: string, error: unknown): Promise<void> {
  const message =
    error instanceof DomainError
      ? error.message
      : error instanceof Error
        ? `${error.name}: ${error.message}`
        : String(error);
  await inScope(
    scope,
    (db) => db.$executeRaw`
    UPDATE event_inbox SET attempts = attempts + 1, last_error = ${message.slice(0, 2_000)},
      next_try_at = now() + LEAST(${FIRST_RETRY_MS} * power(2, LEAST(attempts, 20)), ${LONGEST_RETRY_MS}) * interval '1 millisecond'
    WHERE merchant_id = ${scope.merchantId} AND event_id = ${eventId}`,
  );
}

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

/**
 * Releases one due reward and, when it was the last one held, completes its referral. The referral
 * is locked first, as everything does that touches both.
 */
export async function releaseAndComplete(scope: Scope, rewardId: string): Promise<boolean> {
  return inScope(scope, async (db, scope) => {
    const { referralId } = await db.reward.findUniqueOrThrow({
      where: { merchantId_id: { merchantId: scope.merchantId, id: rewardId } },
      select: { referralId: true },
    });
    if (referralId) await lockReferral(db, scope.merchantId, referralId);
    if (!(await releaseReward(scope, rewardId))) return false;
    if (referralId) await completeReferral(scope, referralId);
    return true;
  });
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
export async function updateDueStandings(filter: WorkFilter = {}): Promise<number> {
  const noted = await sweepStandings(filter);
  return (
    noted +
    (await sweep(await dueStandings(filter), async (scope, { id }) => {
      await updateStanding(scope, id);
      return true;
    }))
  );
}

/** Everything that is due for one merchant, until nothing is: what a moved test clock waits for. */
export async function settle(scope: Scope): Promise<void> {
  const filter = { merchantId: scope.merchantId };
  for (let round = 0; round < 1_000; round += 1) {
    const done = (await processDueEvents(filter)).done + (await workOffAdvocates(filter));
    const released = await releaseDueRewards(filter);
    const reminded = await remindExpiring(filter);
    const expired =
      (await expireDueReferrals(filter)) +
      (await expireDueRewards(filter)) +
      (await expireDueLots(filter)) +
      (await issueDueCoupons(filter));
    const standings = await updateDueStandings(filter);
    const seasons = await closeDueSeasons(filter);
    await finishReplays(filter);
    if (done + released + reminded + expired + standings + seasons === 0) return;
  }
  throw new Error(
    `work of ${scope.merchantId} does not settle by ${scopeNow(scope).toISOString()}`,
  );
}
