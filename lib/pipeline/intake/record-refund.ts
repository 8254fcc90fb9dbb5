import type { Db } from "@/lib/core/db";
import { decimal } from "@/lib/core/money";
import { DomainError } from "@/lib/core/errors";
import { readId } from "@/lib/core/values/own-id";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { linesLeft } from "@/lib/terms/facts/known";
import type { OrderLeft } from "@/lib/rewards/rules/reversal";
import type { Decision } from "../decide/decision";
import { type Slice, slicesOf } from "./refund-slices";
import { moneyOf, type StoredEvent } from "./stored-event";
import { linesOf } from "../decide/facts";

export type RefundedOrder = { id: string; currency: string; customerId: string } & OrderLeft;

type LockedOrder = {
  id: string;
  currency: string;
  customerId: string;
  totalMinor: bigint;
  refundedMinor: bigint;
};

/** A refund came before its order. It waits in the inbox and is tried again with the order. */
class OrderNotYetKnown extends DomainError {
  constructor(orderId: string) {
    super(
      "not_found",
      `Order ${orderId} has not arrived yet; this refund waits for it.`,
      "refund.orderId",
    );
  }
}

/**
 * Stores a refund line by line. Never more than was paid is refunded, of a line or of the order;
 * an amount beyond that is noted among the decisions and not counted.
 * @returns the order as the refund leaves it
 * @throws OrderNotYetKnown
 */
export async function recordRefund(
  scope: Scope,
  event: StoredEvent,
  decisions: Decision[],
): Promise<RefundedOrder> {
  return inScope(scope, async (db, scope) => {
    const refund = event.body.refund!;
    const orderId = readId(refund.orderId) ?? refund.orderId;
    const [order] = await db.$queryRaw<LockedOrder[]>`
      SELECT id, currency, customer_id AS "customerId", total_minor AS "totalMinor",
        refunded_minor AS "refundedMinor"
      FROM shop_order WHERE merchant_id = ${scope.merchantId} AND id = ${orderId}
      FOR NO KEY UPDATE`;
    if (!order) throw new OrderNotYetKnown(orderId);
    const lines = await db.orderLine.findMany({
      where: { merchantId: scope.merchantId, orderId: order.id },
      orderBy: { line: "asc" },
    });
    const { slices, beyond } = slicesOf(scope, refund, lines);
    const amount = slices.reduce((sum, slice) => sum + slice.minor, 0n);
    await writeRefund(scope, event, { ...order, amount, slices });
    const refunded = { ...moneyOf(scope, "0"), minor: amount };
    decisions.push({
      code: "refund_recorded",
      orderId: order.id,
      message: `${decimal(refunded)} ${order.currency} of order ${order.id} were refunded.`,
    });
    if (beyond)
      decisions.push({
        code: "refund_beyond_order",
        message: "The refund is higher than what was left of the order; only the rest counts.",
      });
    return {
      id: order.id,
      currency: order.currency,
      customerId: order.customerId,
      remainingMinor: order.totalMinor - order.refundedMinor - amount,
      lines: linesLeft((await linesOf(scope, [order.id])).get(order.id) ?? []),
    };
  });
}

async function writeRefund(
  { db, merchantId }: Scope & { db: Db },
  event: StoredEvent,
  { id, customerId, amount, slices }: LockedOrder & { amount: bigint; slices: readonly Slice[] },
): Promise<void> {
  for (const slice of slices) {
    await db.orderLine.update({
      where: {
        merchantId_orderId_line: {
          merchantId,
          orderId: id,
          line: slice.line,
        },
      },
      data: {
        refundedMinor: { increment: slice.minor },
        refundedQuantity: { increment: slice.quantity },
      },
    });
  }
  await db.order.update({
    where: { merchantId_id: { merchantId, id } },
    data: { refundedMinor: { increment: amount } },
  });
  await db.refund.create({
    data: {
      merchantId,
      eventId: event.id,
      orderId: id,
      occurredAt: event.occurredAt,
      recordedAt: event.recordedAt,
      amountMinor: amount,
      lines: slices.map((slice) => ({ ...slice, minor: slice.minor.toString() })),
    },
  });
  await db.customer.update({
    where: { merchantId_id: { merchantId, id: customerId } },
    data: { revenueMinor: { decrement: amount } },
  });
}
