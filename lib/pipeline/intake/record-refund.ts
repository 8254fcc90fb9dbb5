import { decimal } from "@/lib/core/money";
import { DomainError } from "@/lib/core/errors";
import { readId } from "@/lib/core/values/own-id";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { Decision } from "../decide/decision";
import { type RefundSaid, refundFact, uncounted } from "./orders/refund-fact";
import { type SettledOrder, settleOrder } from "./orders/settle-order";
import { settleCoupons } from "./orders/settle-coupons";
import type { StoredEvent } from "./stored-event";

/** A refund came before its order. It waits in the inbox and is tried again with the order. */
export class OrderNotYetKnown extends DomainError {
  constructor(orderId: string) {
    super(
      "not_found",
      `Order ${orderId} has not arrived yet; this refund waits for it.`,
      "refund.orderId",
    );
  }
}

/** Why some of a refund does not count, as its event's page says it. */
const UNCOUNTED = {
  beyond_order: {
    code: "refund_beyond_order",
    message: "The refund is higher than what was left of the order; only the rest counts.",
  },
  worth_unknown: {
    code: "refund_worth_unknown",
    message:
      "The order names no such article, so what its pieces are worth is not known. Send an amount.",
  },
} as const;

/**
 * Stores a refund as the shop says it, and works out anew what all refunds together left of its
 * order. Never more than was paid for the order counts; what goes beyond is noted among the
 * decisions.
 * @returns the order as its refunds leave it
 * @throws OrderNotYetKnown
 */
export async function recordRefund(
  scope: Scope,
  event: StoredEvent,
  decisions: Decision[],
): Promise<SettledOrder> {
  return inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const { orderId: said, amount, items } = event.body.refund!;
    const orderId = readId(said) ?? said;
    // The customer before the order, as a purchase locks them.
    await db.$queryRaw`
      SELECT 1 FROM customer WHERE merchant_id = ${merchantId} AND id = (
        SELECT customer_id FROM shop_order WHERE merchant_id = ${merchantId} AND id = ${orderId})
      FOR NO KEY UPDATE`;
    const [known] = await db.$queryRaw<{ discountCode: string | null }[]>`
      SELECT discount_code AS "discountCode" FROM shop_order
      WHERE merchant_id = ${merchantId} AND id = ${orderId} FOR NO KEY UPDATE`;
    if (!known) throw new OrderNotYetKnown(orderId);
    const fact: RefundSaid = { ...(amount !== undefined && { amount }), ...(items && { items }) };
    await db.refund.create({
      data: {
        merchantId,
        eventId: event.id,
        orderId,
        occurredAt: event.occurredAt,
        recordedAt: event.recordedAt,
        amountMinor: 0n,
        said: fact,
      },
    });
    const { order, lines, counted } = await settleOrder(scope, orderId);
    const minor = counted.get(event.id) ?? 0n;
    const refunded = decimal({ minor, asset: scope.asset });
    decisions.push({
      code: "refund_recorded",
      orderId,
      message: `${refunded} ${order.currency} of order ${orderId} were refunded.`,
    });
    const why = uncounted(refundFact(scope, fact), minor, lines);
    if (why) decisions.push({ ...UNCOUNTED[why], orderId });
    await settleCoupons(scope, order, [known.discountCode], event, decisions);
    return order;
  });
}
