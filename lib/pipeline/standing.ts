import { type Db, prismaFor } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { noteAnniversaries } from "@/lib/loyalty/badges/anniversaries";
import { updateBadges } from "@/lib/loyalty/badges/update";
import { noteNextOfRecount } from "@/lib/loyalty/recount";
import { updateTier } from "@/lib/loyalty/tiers/update";
import { systemScope } from "@/lib/merchants/directory";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { WorkFilter } from "./work";

/** How many customers one round looks at. */
const BATCH = 500;

/**
 * Brings a customer's tier and badges to where the facts on record lead now. A transaction of its
 * own, after the one that changed the facts: it begins with the customer's row, as everything does,
 * so that of two at once the second sees what the first wrote, and nothing waits in a circle. What
 * it has to look at the database has noted (see StandingDue), so that a process that dies in
 * between loses nothing.
 */
export async function updateStanding(scope: Scope, customerId: string): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    await db.$queryRaw`SELECT 1 FROM customer WHERE merchant_id = ${merchantId} AND id = ${customerId} FOR NO KEY UPDATE`;
    const notes = await db.$queryRaw<{ why: "facts" | "rules" }[]>`
      DELETE FROM standing_due WHERE merchant_id = ${merchantId} AND customer_id = ${customerId} RETURNING why`;
    await updateTier(
      scope,
      customerId,
      notes.some(({ why }) => why === "rules") ? "rules" : "facts",
    );
    await updateBadges(scope, customerId);
  });
}

/**
 * Whose standing an event of this customer may have changed, as noted so far: theirs, and of those
 * they came through.
 */
export async function standingsTouched(
  db: Db,
  scope: Scope,
  customerId: string,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE came_through (id, level) AS (
      SELECT ${customerId}::text, 0
      UNION
      SELECT a.customer_id, c.level + 1 FROM came_through c
      JOIN referral r ON r.merchant_id = ${scope.merchantId} AND r.friend_id = c.id
      JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
      WHERE c.level < 2
    )
    SELECT DISTINCT d.customer_id AS id FROM standing_due d JOIN came_through c ON c.id = d.customer_id
    WHERE d.merchant_id = ${scope.merchantId}
    ORDER BY 1`;
  return rows.map(({ id }) => id);
}

/**
 * Right after an event: those whose standing it touched. What fails here is tried again by the
 * worker's next round.
 */
export async function updateTouched(scope: Scope, customerIds: readonly string[]): Promise<void> {
  for (const customerId of customerIds) {
    try {
      await updateStanding(scope, customerId);
    } catch (error) {
      log.error(
        { err: error, merchantId: scope.merchantId, customerId },
        "a standing could not be brought up to date",
      );
    }
  }
}

type Due = { merchantId: string; id: string };

/**
 * Whose standing is to be looked at: what was noted, oldest first, and tiers whose time comes by
 * their merchant's clock.
 */
export async function dueStandings({ merchantId }: WorkFilter): Promise<Due[]> {
  const only = merchantId ?? null;
  return prismaFor("goodword_gate").$queryRaw<Due[]>`
    WITH noted AS (
      SELECT merchant_id, customer_id FROM standing_due WHERE ${only}::text IS NULL OR merchant_id = ${only}
      ORDER BY noted_in LIMIT ${BATCH}
    ), due AS (
      SELECT merchant_id, customer_id, review_at FROM tier_standing WHERE review_at <= now()
      UNION
      -- Sandboxes whose clock was moved. Apart, so that the index tells what is due for all others.
      SELECT s.merchant_id, s.customer_id, s.review_at FROM merchant m JOIN tier_standing s ON s.merchant_id = m.id
      WHERE m.clock_offset_ms > 0 AND s.review_at <= now() + m.clock_offset_ms * interval '1 millisecond'
    ), first_due AS (
      SELECT merchant_id, customer_id FROM due WHERE ${only}::text IS NULL OR merchant_id = ${only} ORDER BY review_at LIMIT ${BATCH}
    )
    SELECT merchant_id AS "merchantId", customer_id AS id FROM (TABLE noted UNION TABLE first_due) d`;
}

/**
 * Goes on with what a merchant's definitions ask for: counting everybody anew, and looking for
 * anniversaries. @returns how many were noted
 */
export async function sweepStandings({ merchantId }: WorkFilter = {}): Promise<number> {
  const only = merchantId ?? null;
  const due = await prismaFor("goodword_gate").$queryRaw<
    { merchantId: string; recounts: boolean }[]
  >`
    SELECT s.merchant_id AS "merchantId", s.recount_after IS NOT NULL AS recounts
    FROM standing_sweep s JOIN merchant m ON m.id = s.merchant_id
    WHERE (s.recount_after IS NOT NULL OR s.next_at <= now() + m.clock_offset_ms * interval '1 millisecond')
      AND (${only}::text IS NULL OR s.merchant_id = ${only})`;
  let noted = 0;
  for (const { merchantId, recounts } of due) {
    const scope = await systemScope(merchantId);
    try {
      noted += await noteAnniversaries(scope);
      if (recounts) noted += await noteNextOfRecount(scope);
    } catch (error) {
      log.error({ err: error, merchantId }, "a sweep over standings failed");
    }
  }
  return noted;
}
