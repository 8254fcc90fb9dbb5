import { Prisma } from "@/lib/core/db";
import { readQuantity } from "@/lib/core/values/quantity";
import type { Scope, Tx } from "@/lib/merchants/scope";
import { readOrders } from "../../read/orders";
import { type RefundSaid, refundFact } from "../../intake/orders/refund-fact";
import type { Needs } from "./needs";
import { groupedBy } from "@/lib/core/collections/grouped-by";
import { addEvent, type Reading } from "./reading";

/** Adds orders as they were bought, from `since` to the end of the range, and their refunds. */
export async function addOrders(
  tx: Tx,
  reading: Reading,
  { asked, ownPurchases }: Needs,
  customers: readonly string[],
  since: Date,
): Promise<void> {
  const { db, merchantId } = tx;
  const bought = Prisma.sql`
    o.customer_id = ANY(${[...customers]}::text[])
    AND o.occurred_at >= ${since} AND o.occurred_at < ${reading.untilAt}`;
  const fresh = (await readOrders(tx, { ...asked, lines: false }, bought)).filter(
    ({ orderId }) => !reading.orders.has(orderId),
  );
  const ids = fresh.map(({ orderId }) => orderId);
  const refunds = await db.refund.findMany({
    where: { merchantId, orderId: { in: ids }, occurredAt: { lt: reading.untilAt } },
  });
  const lines = await db.orderLine.findMany({
    where: {
      merchantId,
      // What a refund of pieces is worth depends on the lines, even if no terms ask for them.
      orderId: { in: asked.lines ? ids : refunds.map(({ orderId }) => orderId) },
    },
    orderBy: [{ orderId: "asc" }, { line: "asc" }],
  });
  const linesOf = groupedBy(lines, ({ orderId }) => orderId);
  const numberOf = await numbersOf(tx, customers, ids, ownPurchases);
  for (const order of fresh) {
    const own = linesOf.get(order.orderId) ?? [];
    const { customerId, number } = numberOf.get(order.orderId)!;
    reading.orders.set(order.orderId, {
      customerId,
      number,
      lines: own.map(({ line, sku, quantity, totalMinor }) => ({
        line,
        sku,
        quantity: readQuantity(quantity.toFixed())!,
        totalMinor,
      })),
      bought: {
        ...order,
        remainingMinor: order.totalMinor,
        lines: asked.lines
          ? own.map(({ sku, category, totalMinor }) => ({
              sku,
              category,
              totalMinor,
              remainingMinor: totalMinor,
              cameBack: false,
            }))
          : null,
      },
    });
    const { eventId, occurredAt: at, country, channel } = order;
    addEvent(reading, {
      at,
      eventId,
      customerId,
      type: "purchase",
      country,
      channel,
      advocateId: null,
    }).orderId = order.orderId;
  }
  for (const refund of refunds) addRefund(tx, reading, refund);
}

/** Which of their customer's purchases orders are, counted from 1; 0 where nothing asks for it. */
async function numbersOf(
  { db, merchantId }: Tx,
  customers: readonly string[],
  orderIds: readonly string[],
  areAsked: boolean,
): Promise<Map<string, { customerId: string; number: number }>> {
  // Purchases count whenever they were made, unless they cost nothing.
  const number = areAsked
    ? Prisma.sql`row_number() OVER (
        PARTITION BY o.customer_id, o.total_minor > 0 ORDER BY o.occurred_at, o.event_id)::int`
    : Prisma.sql`0`;
  const rows = await db.$queryRaw<{ id: string; customerId: string; number: number }[]>`
    SELECT o.id, o.customer_id AS "customerId", ${number} AS number
    FROM shop_order o
    WHERE o.merchant_id = ${merchantId} AND o.customer_id = ANY(${[...customers]}::text[])
      AND (${areAsked} OR o.id = ANY(${[...orderIds]}::text[]))`;
  return new Map(rows.map((row) => [row.id, row]));
}

function addRefund(
  scope: Scope,
  reading: Reading,
  {
    eventId,
    orderId,
    occurredAt,
    said,
  }: { eventId: string; orderId: string; occurredAt: Date; said: unknown },
): void {
  // A refund dated before its order waits for it.
  const bought = reading.orders.get(orderId)!.bought.occurredAt;
  reading.moments.push({
    at: occurredAt > bought ? occurredAt : bought,
    key: `~${eventId}`,
    kind: "refund",
    refund: { orderId, fact: refundFact(scope, said as RefundSaid) },
  });
}
