import { Prisma } from "@/lib/core/db";
import { groupedBy } from "@/lib/core/collections/grouped-by";
import type { Tx } from "@/lib/merchants/scope";
import type { OrderFact, OrderLineFact } from "@/lib/terms/facts/referrals";
import type { Asked } from "@/lib/terms/rules/asked";

const JOIN_EVENT = Prisma.sql`
  JOIN event e ON e.merchant_id = o.merchant_id AND e.id = o.event_id`;

/**
 * Reads orders with what the terms ask of them, oldest first.
 * @param where a condition on shop_order o
 */
export async function readOrders(
  tx: Tx,
  asked: Pick<Asked, "lines" | "event">,
  where: Prisma.Sql,
): Promise<(OrderFact & { customerId: string })[]> {
  const context = asked.event
    ? Prisma.sql`, e.body->'context'->>'country' AS country,
      COALESCE(e.channel, e.body->'context'->>'channel') AS channel`
    : Prisma.sql`, NULL::text AS country, NULL::text AS channel`;
  const orders = await tx.db.$queryRaw<(OrderFact & { customerId: string })[]>`
    SELECT o.id AS "orderId", o.customer_id AS "customerId", o.event_id AS "eventId",
      o.occurred_at AS "occurredAt", o.currency,
      CASE WHEN o.stands THEN o.total_minor - o.refunded_minor ELSE 0 END AS "remainingMinor",
      o.total_minor AS "totalMinor"${context}
    FROM shop_order o ${asked.event ? JOIN_EVENT : Prisma.empty}
    WHERE o.merchant_id = ${tx.merchantId} AND ${where}
    ORDER BY o.occurred_at, o.event_id`;
  if (!asked.lines) return orders.map((order) => ({ ...order, lines: null }));
  const lines = await linesOf(
    tx,
    orders.map(({ orderId }) => orderId),
  );
  return orders.map((order) => ({ ...order, lines: lines.get(order.orderId) ?? [] }));
}

type LineRow = Parameters<typeof lineFact>[0] & { orderId: string };

/** The lines of orders as they are now. */
async function linesOf(
  { db, merchantId }: Pick<Tx, "db" | "merchantId">,
  orderIds: readonly string[],
): Promise<Map<string, OrderLineFact[]>> {
  if (orderIds.length === 0) return new Map();
  const rows = await db.$queryRaw<LineRow[]>`
    SELECT order_id AS "orderId", sku, category, total_minor AS "totalMinor",
      refunded_minor AS "refundedMinor", came_back AS "cameBack"
    FROM order_line WHERE merchant_id = ${merchantId} AND order_id = ANY(${[...orderIds]}::text[])
    ORDER BY order_id, line`;
  return new Map(
    [...groupedBy(rows, ({ orderId }) => orderId)].map(([id, lines]) => [id, lines.map(lineFact)]),
  );
}

/** A line of an order after its refunds. */
function lineFact(line: {
  sku: string;
  category: string | null;
  totalMinor: bigint;
  refundedMinor: bigint;
  cameBack: boolean;
}): OrderLineFact {
  const { sku, category, totalMinor, refundedMinor, cameBack } = line;
  return { sku, category, totalMinor, remainingMinor: totalMinor - refundedMinor, cameBack };
}
