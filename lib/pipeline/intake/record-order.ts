import { decimal } from "@/lib/core/money";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { Decision } from "../decide/decision";
import { restateOrder } from "./orders/restate-order";
import { settleCoupons } from "./orders/settle-coupons";
import type { SettledOrder } from "./orders/settle-order";
import { statedOrder } from "./orders/stated-order";
import type { StoredEvent } from "./stored-event";

/**
 * Stores a purchase as an order with its lines. A further event for an order on record is another
 * statement of it: see `restateOrder`. Refunds that arrived before their order become due.
 * @returns an order on record that this changed; null for a new one and for one that is as it was
 */
export async function recordOrder(
  scope: Scope,
  event: StoredEvent,
  customerId: string,
  decisions: Decision[],
): Promise<SettledOrder | null> {
  const said = event.body.order;
  if (!said) return null;
  return inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const order = statedOrder(scope, said);
    const recorded = await db.$queryRaw<unknown[]>`
      WITH recorded AS (
        INSERT INTO shop_order
          (merchant_id, id, customer_id, event_id, occurred_at, recorded_at, currency,
            total_minor, discount_code, stands)
        VALUES (${merchantId}, ${order.id}, ${customerId}, ${event.id}, ${event.occurredAt},
          ${event.recordedAt}, ${scope.currency}, ${order.total.minor}, ${order.discountCode},
          ${order.total.minor > 0n})
        ON CONFLICT (merchant_id, id) DO NOTHING
        RETURNING merchant_id, id, customer_id, occurred_at, total_minor, stands
      ), lines AS (
        INSERT INTO order_line (merchant_id, order_id, line, sku, name, category, quantity,
          total_minor)
        SELECT o.merchant_id, o.id, l.line, l.sku, l.name, l.category, l.quantity, l.total
        FROM recorded o, json_to_recordset(${JSON.stringify(order.lines)}::json)
          AS l (line int, sku text, name text, category text, quantity numeric, total bigint)
      ), customer_totals AS (
        UPDATE customer c SET order_count = order_count + 1,
          revenue_minor = revenue_minor + o.total_minor,
          first_order_at = CASE WHEN o.stands THEN LEAST(first_order_at, o.occurred_at)
            ELSE first_order_at END,
          last_order_at = GREATEST(last_order_at, o.occurred_at)
        FROM recorded o WHERE c.merchant_id = o.merchant_id AND c.id = o.customer_id
      ), waiting_refunds AS (
        UPDATE event_inbox i SET next_try_at = now()
        FROM recorded o, event e
        WHERE i.merchant_id = o.merchant_id AND i.next_try_at > now()
          AND e.merchant_id = i.merchant_id AND e.id = i.event_id
          AND e.type = 'refund' AND e.body->'refund'->>'orderId' IN (o.id, ${said.id})
      )
      SELECT 1 FROM recorded`;
    if (recorded.length === 0) return restateOrder(scope, event, customerId, order, decisions);
    decisions.push({
      code: "order_recorded",
      message: `Order ${order.id} over ${decimal(order.total)} ${scope.currency}.`,
      orderId: order.id,
    });
    const recordedOrder = { id: order.id, customerId };
    await settleCoupons(scope, recordedOrder, [order.discountCode], event, decisions);
    return null;
  });
}
