import { readQuantity, writeQuantity } from "@/lib/core/values/quantity";
import type { Tx } from "@/lib/merchants/scope";
import type { LineFact } from "@/lib/terms/facts/conditions";
import {
  type BoughtLine,
  countedRefunds,
  type LeftOfOrder,
  orderLeft,
  type RefundFact,
} from "@/lib/terms/facts/order-left";
import { refundFact, type RefundSaid } from "./refund-fact";

/**
 * An order as its refunds have left it, as rewards are decided by it: of one that does not stand,
 * nothing is left.
 */
export type SettledOrder = {
  id: string;
  currency: string;
  customerId: string;
  remainingMinor: bigint;
  lines: LineFact[];
};

type Line = BoughtLine & { category: string | null };
type OrderRow = {
  currency: string;
  customerId: string;
  totalMinor: bigint;
  lines: { line: number; sku: string; category: string | null; quantity: string; minor: string }[];
  refunds: { eventId: string; said: RefundSaid }[];
};

/**
 * Works out what is left of an order from its lines and all of its refunds, and sets everything
 * that is kept of it: on the order, its lines and refunds, and on its customer. The caller holds
 * the customer and the order.
 * @returns the order, and what each refund counts, by its event
 */
export async function settleOrder(
  tx: Tx,
  orderId: string,
): Promise<{ order: SettledOrder; lines: Line[]; counted: Map<string, bigint> }> {
  const { currency, customerId, totalMinor, ...row } = await readOrder(tx, orderId);
  const lines = row.lines.map(({ line, sku, category, quantity, minor }): Line => ({
    line,
    sku,
    category,
    quantity: readQuantity(quantity)!,
    totalMinor: BigInt(minor),
  }));
  const refunds: RefundFact[] = row.refunds.map(({ said }) => refundFact(tx, said));
  const left = orderLeft({ totalMinor, lines }, refunds);
  const amounts = countedRefunds({ totalMinor, lines }, refunds);
  const counted = new Map(row.refunds.map(({ eventId }, index) => [eventId, amounts[index]!]));
  await writeLeft(tx, orderId, left, counted);
  await countOrders(tx, customerId);
  const order: SettledOrder = {
    id: orderId,
    currency,
    customerId,
    remainingMinor: left.stands ? left.remainingMinor : 0n,
    lines: left.lines.flatMap(({ cameBack, remainingMinor }, index) =>
      cameBack
        ? []
        : [{ sku: lines[index]!.sku, category: lines[index]!.category, minor: remainingMinor }],
    ),
  };
  return { order, lines, counted };
}

async function readOrder({ db, merchantId }: Tx, orderId: string): Promise<OrderRow> {
  const [row] = await db.$queryRaw<[OrderRow]>`
    SELECT o.currency, o.customer_id AS "customerId", o.total_minor AS "totalMinor",
      (SELECT COALESCE(json_agg(json_build_object('line', l.line, 'sku', l.sku,
          'category', l.category, 'quantity', l.quantity::text, 'minor', l.total_minor::text)
          ORDER BY l.line), '[]')
        FROM order_line l WHERE l.merchant_id = o.merchant_id AND l.order_id = o.id) AS lines,
      (SELECT COALESCE(json_agg(json_build_object('eventId', r.event_id, 'said', r.said)
          ORDER BY r.occurred_at, r.event_id), '[]')
        FROM refund r WHERE r.merchant_id = o.merchant_id AND r.order_id = o.id) AS refunds
    FROM shop_order o WHERE o.merchant_id = ${merchantId} AND o.id = ${orderId}`;
  return row;
}

async function writeLeft(
  { db, merchantId }: Tx,
  orderId: string,
  { refundedMinor, stands, lines }: LeftOfOrder,
  counted: Map<string, bigint>,
): Promise<void> {
  const ofLines = lines.map(({ line, refundedMinor, refundedQuantity, cameBack }) => ({
    line,
    minor: refundedMinor.toString(),
    quantity: writeQuantity(refundedQuantity),
    came_back: cameBack,
  }));
  await db.$executeRaw`
    WITH lines AS (
      UPDATE order_line l SET refunded_minor = n.minor, refunded_quantity = n.quantity,
        came_back = n.came_back
      FROM json_to_recordset(${JSON.stringify(ofLines)}::json)
        AS n (line int, minor bigint, quantity numeric, came_back boolean)
      WHERE l.merchant_id = ${merchantId} AND l.order_id = ${orderId} AND l.line = n.line
    )
    UPDATE shop_order SET refunded_minor = ${refundedMinor}, stands = ${stands}
    WHERE merchant_id = ${merchantId} AND id = ${orderId}`;
  if (counted.size === 0) return;
  await db.$executeRaw`
    SELECT goodword_count_refunds(${[...counted.keys()]}::text[],
      ${[...counted.values()].map(String)}::bigint[])`;
}

/** Sets what is kept of all orders of a customer. */
export async function countOrders({ db, merchantId }: Tx, customerId: string): Promise<void> {
  await db.$executeRaw`
    UPDATE customer c SET order_count = o.orders, revenue_minor = o.revenue,
      first_order_at = o.first_at, last_order_at = o.last_at
    FROM (
      SELECT count(*)::int AS orders, COALESCE(sum(total_minor - refunded_minor), 0) AS revenue,
        min(occurred_at) FILTER (WHERE stands) AS first_at, max(occurred_at) AS last_at
      FROM shop_order WHERE merchant_id = ${merchantId} AND customer_id = ${customerId}
    ) o
    WHERE c.merchant_id = ${merchantId} AND c.id = ${customerId}`;
}
