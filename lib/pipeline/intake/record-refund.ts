import { decimal } from "@/lib/core/money";
import { DomainError } from "@/lib/core/errors";
import { readId } from "@/lib/core/values/own-id";
import type { Tx } from "@/lib/merchants/scope";
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
 * @returns the order as its refunds leave it, and what was decided
 * @throws OrderNotYetKnown, before anything is written
 */
export async function recordRefund(
  tx: Tx,
  event: StoredEvent,
): Promise<{ order: SettledOrder; decisions: Decision[] }> {
  const { orderId: said, amount, items } = event.body.refund!;
  const orderId = readId(said) ?? said;
  const { discountCode } = await lockOrder(tx, orderId);
  const fact: RefundSaid = { ...(amount !== undefined && { amount }), ...(items && { items }) };
  await tx.db.refund.create({
    data: {
      merchantId: tx.merchantId,
      eventId: event.id,
      orderId,
      occurredAt: event.occurredAt,
      recordedAt: event.recordedAt,
      amountMinor: 0n,
      said: fact,
    },
  });
  const { order, lines, counted } = await settleOrder(tx, orderId);
  const minor = counted.get(event.id) ?? 0n;
  const refunded = decimal({ minor, asset: tx.asset });
  const why = uncounted(refundFact(tx, fact), minor, lines);
  const decisions: Decision[] = [
    {
      code: "refund_recorded",
      orderId,
      message: `${refunded} ${order.currency} of order ${orderId} were refunded.`,
    },
    ...(why ? [{ ...UNCOUNTED[why], orderId }] : []),
    ...(await settleCoupons(tx, order, [discountCode], event)),
  ];
  return { order, decisions };
}

/** The customer before the order, as a purchase locks them. @throws OrderNotYetKnown */
async function lockOrder(tx: Tx, orderId: string): Promise<{ discountCode: string | null }> {
  const { db, merchantId } = tx;
  const found = await db.order.findUnique({
    where: { merchantId_id: { merchantId, id: orderId } },
    select: { customerId: true },
  });
  if (!found) throw new OrderNotYetKnown(orderId);
  await tx.lock.customers(found.customerId);
  await tx.lock.orders(orderId);
  return db.order.findUniqueOrThrow({
    where: { merchantId_id: { merchantId, id: orderId } },
    select: { discountCode: true },
  });
}
