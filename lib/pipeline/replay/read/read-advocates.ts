import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import type { Needs } from "./needs";
import { addEvents } from "./read-events";
import { addOrders } from "./read-orders";
import { addPeople } from "./read-people";
import { CHUNK, type Reading } from "./reading";

/**
 * Reads the next advocates after an id, with the actions of their own that rules ask for.
 * @returns the last one's id, and how many they were
 */
export async function readAdvocates(
  scope: Scope,
  reading: Reading,
  needs: Needs,
  after: string,
): Promise<{ last: string; read: number }> {
  return inScope(scope, async (tx) => {
    const { db, merchantId } = tx;
    const { programId, fromAt, untilAt } = reading;
    const rows = await db.advocate.findMany({
      where: { merchantId, programId, joinedAt: { lt: untilAt }, id: { gt: after } },
      orderBy: { id: "asc" },
      take: CHUNK,
      select: { id: true, customerId: true, joinedAt: true, arm: true, experiment: true },
    });
    for (const { id, ...row } of rows) {
      reading.advocates.set(id, { advocateId: id, ...row });
      if (row.joinedAt >= fromAt)
        reading.moments.push({ at: row.joinedAt, key: id, kind: "join", advocateId: id });
    }
    const customers = rows.map(({ customerId }) => customerId);
    await addPeople(tx, reading, needs, customers);
    if (needs.ownPurchases) await addOrders(tx, reading, needs, customers, fromAt);
    if (needs.ownEvents.length > 0) await addEvents(tx, reading, customers, needs.ownEvents);
    if (needs.visits)
      await addVisits(
        tx,
        reading,
        rows.map(({ id }) => id),
      );
    return { last: rows.at(-1)?.id ?? "", read: rows.length };
  });
}

/** The first visit of each browser to an advocate's links, except the advocate's own. */
async function addVisits(tx: Tx, reading: Reading, advocates: readonly string[]): Promise<void> {
  const visits = await tx.db.$queryRaw<
    { eventId: string; advocateId: string; visitorId: string; at: Date; channel: string | null }[]
  >`
    SELECT first.* FROM (
      SELECT DISTINCT ON (e.advocate_id, e.visitor_id) e.id AS "eventId",
        e.advocate_id AS "advocateId", e.visitor_id AS "visitorId", e.occurred_at AS at, e.channel
      FROM event e
      WHERE e.merchant_id = ${tx.merchantId} AND e.advocate_id = ANY(${[...advocates]}::text[])
        AND e.type = 'click' AND e.visitor_id IS NOT NULL
      ORDER BY e.advocate_id, e.visitor_id, e.occurred_at, e.id
    ) first
    JOIN advocate a ON a.merchant_id = ${tx.merchantId} AND a.id = first."advocateId"
    WHERE first.at >= ${reading.fromAt} AND first.at < ${reading.untilAt} AND NOT EXISTS (
      SELECT FROM customer_visitor v
      WHERE v.merchant_id = ${tx.merchantId} AND v.visitor_id = first."visitorId"
        AND v.customer_id = a.customer_id)`;
  for (const visit of visits) reading.moments.push({ key: visit.eventId, kind: "visit", ...visit });
}
