import { allocate, decimal } from "@/lib/core/money";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { findCoupon, useCoupon } from "@/lib/rewards/commands";
import { type Decision, moneyOf, type StoredEvent } from "./event-body";

/**
 * Writes a purchase down as an order with its lines, once per order id: a second event for it changes nothing.
 * Lines share the order's total by their prices, so that discounts, tax and shipping lie where they belong and the
 * lines add up to what was paid. Refunds that came before their order are called up again.
 */
export async function recordOrder(scope: Scope, event: StoredEvent, customerId: string, decisions: Decision[]): Promise<void> {
  const { order } = event.body;
  if (!order) return;
  await inScope(scope, async (db, scope) => {
    const total = moneyOf(scope, order.total);
    const { count } = await db.order.createMany({
      data: [{
        merchantId: scope.merchantId, id: order.id, customerId, eventId: event.id, occurredAt: event.occurredAt,
        recordedAt: event.recordedAt, currency: scope.currency, totalMinor: total.minor, discountCode: order.discountCode ?? null,
      }],
      skipDuplicates: true,
    });
    if (count === 0) {
      decisions.push({ code: "order_known", message: "This order was recorded before; nothing is counted twice.", orderId: order.id });
      return;
    }
    const items = order.items?.length ? order.items : [{ sku: "order", quantity: 1, price: order.total }];
    const totals = allocate(total.minor, items.map((item) => moneyOf(scope, item.price).minor * BigInt(item.quantity)));
    await db.orderLine.createMany({
      data: items.map((item, line) => ({
        merchantId: scope.merchantId, orderId: order.id, line, sku: item.sku, name: ("name" in item && item.name) || null,
        category: ("category" in item && item.category) || null, quantity: item.quantity, totalMinor: totals[line]!,
      })),
    });
    await db.$executeRaw`
      UPDATE customer SET order_count = order_count + 1, revenue_minor = revenue_minor + ${total.minor},
        first_order_at = LEAST(first_order_at, ${event.occurredAt}), last_order_at = GREATEST(last_order_at, ${event.occurredAt})
      WHERE merchant_id = ${scope.merchantId} AND id = ${customerId}`;
    await db.$executeRaw`
      UPDATE event_inbox i SET next_try_at = now()
      FROM event e
      WHERE i.merchant_id = ${scope.merchantId} AND i.attempts > 0 AND e.merchant_id = i.merchant_id AND e.id = i.event_id
        AND e.type = 'refund' AND e.body->'refund'->>'orderId' = ${order.id}`;
    decisions.push({ code: "order_recorded", message: `Order ${order.id} over ${decimal(total)} ${scope.currency}.`, orderId: order.id });
    await redeem(scope, event, order.discountCode, order.id, decisions);
  });
}

async function redeem(
  scope: Scope, event: StoredEvent, discountCode: string | undefined, orderId: string, decisions: Decision[],
): Promise<void> {
  const coupon = discountCode ? await findCoupon(scope, discountCode) : null;
  if (!coupon) return;
  const used = await useCoupon(scope, { code: coupon.code, rewardId: coupon.rewardId, orderId, at: event.occurredAt });
  decisions.push(
    used
      ? { code: "coupon_used", message: "The coupon of a reward was used.", rewardId: coupon.rewardId }
      : { code: "coupon_not_usable", message: "The coupon was used before or taken back.", rewardId: coupon.rewardId },
  );
}
