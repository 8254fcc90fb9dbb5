import type { Db } from "@/lib/core/db";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { Decision } from "../decision";
import type { PublishedProgram } from "../terms-in-effect";
import { rewardAction } from "./reward-action";
import type { LoadedAdvocate } from "./with-advocate";

type Scoped = Scope & { db: Db };

/**
 * Assigns clicks that the hot path noted to the advocates whose links they followed.
 * @param limit how many notes at most @returns how many notes were taken
 */
export async function assignVisits(scope: Scope, limit: number): Promise<number> {
  return inScope(scope, async (db, { merchantId }) => {
    const [{ taken }] = await db.$queryRaw<[{ taken: number }]>`
      WITH taken AS (
        DELETE FROM visit_due WHERE merchant_id = ${merchantId} AND id IN (
          SELECT id FROM visit_due WHERE merchant_id = ${merchantId}
          ORDER BY id LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING event_ids
      ), assigned AS (
        INSERT INTO advocate_due (merchant_id, advocate_id, note, noted_at)
        SELECT e.merchant_id, e.advocate_id, 'visit:' || e.id, e.recorded_at FROM taken t
        JOIN event e ON e.merchant_id = ${merchantId} AND e.id = ANY(t.event_ids)
        ON CONFLICT DO NOTHING
      )
      SELECT count(*)::int AS taken FROM taken`;
    return taken;
  });
}

/**
 * Rewards visits to an advocate's links: each visitor once, and never the advocate's own browser.
 * @returns what was decided, by event
 */
export async function rewardVisits(
  scope: Scoped,
  advocate: LoadedAdvocate,
  program: PublishedProgram,
  eventIds: readonly string[],
): Promise<Map<string, Decision[]>> {
  const visits = await scope.db.$queryRaw<
    { eventId: string; visitorId: string; at: Date; channel: string | null }[]
  >`
    SELECT DISTINCT ON (e.visitor_id) e.id AS "eventId", e.visitor_id AS "visitorId",
      e.occurred_at AS at, e.channel
    FROM event e
    WHERE e.merchant_id = ${scope.merchantId} AND e.id = ANY(${[...eventIds]}::text[])
      AND e.visitor_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM customer_visitor v
        WHERE v.merchant_id = e.merchant_id AND v.visitor_id = e.visitor_id
          AND v.customer_id = ${advocate.customerId})
      AND NOT EXISTS (SELECT FROM event f
        WHERE f.merchant_id = e.merchant_id AND f.visitor_id = e.visitor_id
          AND f.advocate_id = e.advocate_id AND f.type = 'click'
          AND (f.occurred_at, f.id) < (e.occurred_at, e.id))
    ORDER BY e.visitor_id, e.occurred_at, e.id`;
  const decided = new Map<string, Decision[]>();
  for (const { at, ...visit } of visits.toSorted(
    (one, other) => one.at.getTime() - other.at.getTime(),
  )) {
    const decisions: Decision[] = [];
    await rewardAction(
      scope,
      { advocate, program, action: { kind: "visit", at, ...visit }, at },
      decisions,
    );
    decided.set(visit.eventId, decisions);
  }
  return decided;
}
