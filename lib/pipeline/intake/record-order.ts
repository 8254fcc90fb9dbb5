import { allocate, decimal } from "@/lib/core/money";
import { readId } from "@/lib/core/values/own-id";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { COUPON_REFUSALS, findCoupon, markCouponUsed } from "@/lib/rewards/commands";
import type { Decision } from "../decide/decision";
import { moneyOf, type StoredEvent } from "./stored-event";

/**
 * Stores a purchase as an order with its lines, once per order id: a second event for it changes
 * nothing. Lines share the order's total by their prices, so that discounts, tax and shipping are
 * spread over them and the lines add up to what was paid. Refunds that arrived before their order
 * become due.
 */
export async function recordOrder(
  scope: Scope,
  event: StoredEvent,
  customerId: string,
  decisions: Decision[],
): Promise<void> {
  if (!event.body.order) return;
  // Events stored before ids were read at the door may have blanks around theirs.
  const order = { ...event.body.order, id: readId(event.body.order.id) ?? event.body.order.id };
  await inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const total = moneyOf(scope, order.total);
    const items = order.items?.length
      ? order.items
      : [{ sku: "order", quantity: 1, price: order.total }];
    const totals = allocate(
      total.minor,
      items.map((item) => moneyOf(scope, item.price).minor * BigInt(item.quantity)),
    );
    const lines = items.map((item, line) => ({ ...item, line, total: totals[line]!.toString() }));
    const recorded = await db.$queryRaw<unknown[]>`
      WITH recorded AS (
        INSERT INTO shop_order
          (merchant_id, id, customer_id, event_id, occurred_at, recorded_at, currency,
            total_minor, discount_code)
        VALUES (${merchantId}, ${order.id}, ${customerId}, ${event.id}, ${event.occurredAt},
          ${event.recordedAt}, ${scope.currency}, ${total.minor}, ${order.discountCode ?? null})
        ON CONFLICT (merchant_id, id) DO NOTHING
        RETURNING merchant_id, id, customer_id, occurred_at, total_minor
      ), lines AS (
        INSERT INTO order_line (merchant_id, order_id, line, sku, name, category, quantity,
          total_minor)
        SELECT o.merchant_id, o.id, l.line, l.sku, l.name, l.category, l.quantity, l.total
        FROM recorded o, json_to_recordset(${JSON.stringify(lines)}::json)
          AS l (line int, sku text, name text, category text, quantity int, total bigint)
      ), customer_totals AS (
        UPDATE customer c SET order_count = order_count + 1,
          revenue_minor = revenue_minor + o.total_minor,
          first_order_at = LEAST(first_order_at, o.occurred_at),
          last_order_at = GREATEST(last_order_at, o.occurred_at)
        FROM recorded o WHERE c.merchant_id = o.merchant_id AND c.id = o.customer_id
      ), waiting_refunds AS (
        UPDATE event_inbox i SET next_try_at = now()
        FROM recorded o, event e
        WHERE i.merchant_id = o.merchant_id AND i.next_try_at > now()
          AND e.merchant_id = i.merchant_id AND e.id = i.event_id
          AND e.type = 'refund' AND e.body->'refund'->>'orderId' IN (o.id, ${event.body.order!.id})
      )
      SELECT 1 FROM recorded`;
    if (recorded.length === 0) {
      decisions.push({
        code: "order_known",
        message: "This order is already recorded; nothing is counted twice.",
        orderId: order.id,
      });
      return;
    }
    decisions.push({
      code: "order_recorded",
      message: `Order ${order.id} over ${decimal(total)} ${scope.currency}.`,
      orderId: order.id,
    });
    await redeem(scope, event, order.discountCode, order.id, decisions);
  });
}

async function redeem(
  scope: Scope,
  event: StoredEvent,
  discountCode: string | undefined,
  orderId: string,
  decisions: Decision[],
): Promise<void> {
  const coupon = discountCode ? await findCoupon(scope, discountCode) : null;
  if (!coupon) return;
  const use = await markCouponUsed(scope, {
    code: coupon.code,
    rewardId: coupon.rewardId,
    orderId,
    at: event.occurredAt,
  });
  decisions.push(
    use.used
      ? {
          code: "coupon_used",
          message: "The coupon of a reward was used.",
          rewardId: coupon.rewardId,
        }
      : {
          code: use.why === "expired" ? "coupon_expired" : "coupon_not_usable",
          message: COUPON_REFUSALS[use.why],
          rewardId: coupon.rewardId,
        },
  );
}
