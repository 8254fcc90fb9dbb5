import { allocate, decimal, divide } from "@/lib/core/money";
import { DomainError } from "@/lib/core/errors";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { type Decision, moneyOf, type StoredEvent } from "./event-body";

export type RefundedOrder = { id: string; currency: string; customerId: string; totalMinor: bigint; remainingMinor: bigint };

type Line = { line: number; sku: string; quantity: number; totalMinor: bigint; refundedQuantity: number; refundedMinor: bigint };
type Slice = { line: number; quantity: number; minor: bigint };

/** The refund came before its order; it stays in the inbox and is tried again when the order is there. */
export class OrderNotYetKnown extends DomainError {
  constructor(orderId: string) {
    super("not_found", `Order ${orderId} is not known yet; this refund waits for it.`, "refund.orderId");
  }
}

/**
 * Writes a refund down line by line and returns the order as it stands after it. Never more than was paid comes back,
 * from a line or from the order; what is asked beyond that is noted, not counted.
 */
export async function recordRefund(scope: Scope, event: StoredEvent, decisions: Decision[]): Promise<RefundedOrder> {
  return inScope(scope, async (db, scope) => {
    const refund = event.body.refund!;
    const [order] = await db.$queryRaw<{ id: string; currency: string; customerId: string; totalMinor: bigint; refundedMinor: bigint }[]>`
      SELECT id, currency, customer_id AS "customerId", total_minor AS "totalMinor", refunded_minor AS "refundedMinor"
      FROM shop_order WHERE merchant_id = ${scope.merchantId} AND id = ${refund.orderId} FOR NO KEY UPDATE`;
    if (!order) throw new OrderNotYetKnown(refund.orderId);
    const lines = await db.orderLine.findMany({
      where: { merchantId: scope.merchantId, orderId: order.id }, orderBy: { line: "asc" },
    });
    const { slices, beyond } = slicesOf(scope, refund, lines);
    const amount = slices.reduce((sum, slice) => sum + slice.minor, 0n);
    for (const slice of slices) {
      await db.orderLine.update({
        where: { merchantId_orderId_line: { merchantId: scope.merchantId, orderId: order.id, line: slice.line } },
        data: { refundedMinor: { increment: slice.minor }, refundedQuantity: { increment: slice.quantity } },
      });
    }
    await db.order.update({
      where: { merchantId_id: { merchantId: scope.merchantId, id: order.id } }, data: { refundedMinor: { increment: amount } },
    });
    await db.refund.create({
      data: {
        merchantId: scope.merchantId, eventId: event.id, orderId: order.id, occurredAt: event.occurredAt,
        recordedAt: event.recordedAt, amountMinor: amount,
        lines: slices.map((slice) => ({ ...slice, minor: slice.minor.toString() })),
      },
    });
    await db.customer.update({
      where: { merchantId_id: { merchantId: scope.merchantId, id: order.customerId } }, data: { revenueMinor: { decrement: amount } },
    });
    decisions.push({
      code: "refund_recorded", orderId: order.id,
      message: `${decimal({ ...moneyOf(scope, "0"), minor: amount })} ${order.currency} of order ${order.id} went back.`,
    });
    if (beyond) decisions.push({ code: "refund_beyond_order", message: "More was asked back than was left; only what was left is counted." });
    return {
      id: order.id, currency: order.currency, customerId: order.customerId, totalMinor: order.totalMinor,
      remainingMinor: order.totalMinor - order.refundedMinor - amount,
    };
  });
}

/** Which part of which line comes back. Without items an amount is shared over what is left; without either all comes back. */
function slicesOf(
  scope: Scope, refund: NonNullable<StoredEvent["body"]["refund"]>, lines: readonly Line[],
): { slices: Slice[]; beyond: boolean } {
  const left = lines.map((line) => line.totalMinor - line.refundedMinor);
  const leftOver = left.reduce((sum, minor) => sum + minor, 0n);
  if (!refund.items) {
    const asked = refund.amount === undefined ? leftOver : moneyOf(scope, refund.amount).minor;
    const minor = asked < leftOver ? asked : leftOver;
    const parts = allocate(minor, left);
    const slices = lines.flatMap((line, index) =>
      parts[index]! > 0n ? [{ line: line.line, quantity: 0, minor: parts[index]! }] : []);
    return { slices, beyond: asked > leftOver };
  }
  const slices: Slice[] = [];
  let beyond = false;
  for (const item of refund.items) {
    const index = lines.findIndex((line, at) => line.sku === item.sku && left[at]! > 0n);
    const line = lines[index];
    if (!line) {
      beyond = true;
      continue;
    }
    const share = divide(line.totalMinor * BigInt(item.quantity), BigInt(line.quantity), "halfUp");
    const asked = item.amount === undefined ? share : moneyOf(scope, item.amount).minor;
    const minor = asked < left[index]! ? asked : left[index]!;
    const taken = slices.filter((slice) => slice.line === line.line).reduce((sum, slice) => sum + slice.quantity, 0);
    const quantityLeft = line.quantity - line.refundedQuantity - taken;
    beyond ||= asked > left[index]! || item.quantity > quantityLeft;
    left[index] = left[index]! - minor;
    slices.push({ line: line.line, quantity: Math.min(item.quantity, Math.max(quantityLeft, 0)), minor });
  }
  return { slices, beyond };
}
