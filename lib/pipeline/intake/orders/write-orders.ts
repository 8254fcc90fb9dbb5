import { Prisma } from "@/lib/core/db";
import { assetScale } from "@/lib/core/money";
import { defineWrite } from "@/lib/core/statements/pending-writes";
import type { AddedOrders } from "@/lib/customers/rules/person-writes";
import type { Tx } from "@/lib/merchants/scope";
import type { StoredEvent } from "../stored-event";
import type { StatedOrder } from "./stated-order";

/** An order that is not on record yet. */
export type NewOrder = { event: StoredEvent; customerId: string; order: StatedOrder };

/** Leaves orders with their lines to be written; refunds that arrived before them become due. */
export function writeOrders(tx: Tx, orders: readonly NewOrder[]): void {
  tx.later(
    insertOrders,
    ...orders.map(({ event, customerId, order }) => ({
      id: order.id,
      customer: customerId,
      event: event.id,
      at: event.occurredAt,
      recorded: event.recordedAt,
      currency: tx.currency,
      scale: assetScale(tx.asset),
      total: order.total.minor,
      discount: order.discountCode,
      stands: order.total.minor > 0n,
    })),
  );
  tx.later(
    insertLines,
    ...orders.flatMap(({ order }) => order.lines.map((line) => ({ ...line, order: order.id }))),
  );
  tx.later(
    wakeRefunds,
    ...orders.flatMap(({ event, order }) =>
      [...new Set([order.id, event.body.order!.id])].map((id) => ({ id })),
    ),
  );
}

/** By customer, what some new orders add. */
export function totalsOf(orders: readonly NewOrder[]): Map<string, AddedOrders> {
  const totals = new Map<string, AddedOrders>();
  for (const { event, customerId, order } of orders) {
    const { minor } = order.total;
    const at = event.occurredAt;
    const before = totals.get(customerId);
    const standsAt = minor > 0n ? at : null;
    totals.set(customerId, {
      customerId,
      orders: (before?.orders ?? 0) + 1,
      revenueMinor: (before?.revenueMinor ?? 0n) + minor,
      firstOrderAt: earlier(before?.firstOrderAt ?? null, standsAt),
      lastOrderAt: before && before.lastOrderAt > at ? before.lastOrderAt : at,
    });
  }
  return totals;
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

const insertOrders = defineWrite({
  name: "new_orders",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO shop_order (merchant_id, id, customer_id, event_id, occurred_at, recorded_at,
      currency, currency_scale, total_minor, discount_code, stands)
    SELECT ${merchantId}, id, customer, event, at, recorded, currency, scale, total, discount,
      stands
    FROM json_to_recordset(${rows}) AS n (id text, customer text, event text, at timestamptz,
      recorded timestamptz, currency text, scale int, total bigint, discount text, stands boolean)
    RETURNING 1`,
});

const insertLines = defineWrite({
  name: "new_order_lines",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO order_line (merchant_id, order_id, line, sku, name, category, quantity, total_minor)
    SELECT ${merchantId}, "order", line, sku, name, category, quantity, total
    FROM json_to_recordset(${rows}) AS n ("order" text, line int, sku text, name text,
      category text, quantity numeric, total bigint)
    RETURNING 1`,
});

const wakeRefunds = defineWrite<{ id: string }>({
  name: "waiting_refunds",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    UPDATE event_inbox i SET next_try_at = now()
    FROM event e
    WHERE i.merchant_id = ${merchantId} AND i.next_try_at > now()
      AND e.merchant_id = i.merchant_id AND e.id = i.event_id AND e.type = 'refund'
      AND e.body->'refund'->>'orderId' IN (
        SELECT id FROM json_to_recordset(${rows}) AS n (id text))
    RETURNING 1`,
});
