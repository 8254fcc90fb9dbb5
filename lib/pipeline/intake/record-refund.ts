import { allocate, decimal, divide } from "@/lib/core/money";
import { DomainError } from "@/lib/core/errors";
import { readId } from "@/lib/core/own-id";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { linesLeft } from "@/lib/rewards/due";
import type { OrderLeft } from "@/lib/rewards/rules";
import { type Decision, moneyOf, type StoredEvent } from "./stored-event";
import { linesOf } from "../decide/facts";

export type RefundedOrder = { id: string; currency: string; customerId: string } & OrderLeft;

type Line = {
  line: number;
  sku: string;
  quantity: number;
  totalMinor: bigint;
  refundedQuantity: number;
  refundedMinor: bigint;
};
type Slice = { line: number; quantity: number; minor: bigint };

/**
 * The refund came before its order; it stays in the inbox and is tried again when the order is
 * there.
 */
export class OrderNotYetKnown extends DomainError {
  constructor(orderId: string) {
    super(
      "not_found",
      `Order ${orderId} is not known yet; this refund waits for it.`,
      "refund.orderId",
    );
  }
}

/**
 * Writes a refund down line by line and returns the order as it stands after it. Never more than
 * was paid comes back, from a line or from the order; what is asked beyond that is noted, not
 * counted.
 */
export async function recordRefund(
  scope: Scope,
  event: StoredEvent,
  decisions: Decision[],
): Promise<RefundedOrder> {
  return inScope(scope, async (db, scope) => {
    const refund = event.body.refund!;
    const orderId = readId(refund.orderId) ?? refund.orderId;
    const [order] = await db.$queryRaw<
      {
        id: string;
        currency: string;
        customerId: string;
        totalMinor: bigint;
        refundedMinor: bigint;
      }[]
    >`
      SELECT id, currency, customer_id AS "customerId", total_minor AS "totalMinor", refunded_minor AS "refundedMinor"
      FROM shop_order WHERE merchant_id = ${scope.merchantId} AND id = ${orderId} FOR NO KEY UPDATE`;
    if (!order) throw new OrderNotYetKnown(orderId);
    const lines = await db.orderLine.findMany({
      where: { merchantId: scope.merchantId, orderId: order.id },
      orderBy: { line: "asc" },
    });
    const { slices, beyond } = slicesOf(scope, refund, lines);
    const amount = slices.reduce((sum, slice) => sum + slice.minor, 0n);
    for (const slice of slices) {
      await db.orderLine.update({
        where: {
          merchantId_orderId_line: {
            merchantId: scope.merchantId,
            orderId: order.id,
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
      where: { merchantId_id: { merchantId: scope.merchantId, id: order.id } },
      data: { refundedMinor: { increment: amount } },
    });
    await db.refund.create({
      data: {
        merchantId: scope.merchantId,
        eventId: event.id,
        orderId: order.id,
        occurredAt: event.occurredAt,
        recordedAt: event.recordedAt,
        amountMinor: amount,
        lines: slices.map((slice) => ({ ...slice, minor: slice.minor.toString() })),
      },
    });
    await db.customer.update({
      where: { merchantId_id: { merchantId: scope.merchantId, id: order.customerId } },
      data: { revenueMinor: { decrement: amount } },
    });
    decisions.push({
      code: "refund_recorded",
      orderId: order.id,
      message: `${decimal({ ...moneyOf(scope, "0"), minor: amount })} ${order.currency} of order ${order.id} went back.`,
    });
    if (beyond)
      decisions.push({
        code: "refund_beyond_order",
        message: "More was asked back than was left; only what was left is counted.",
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

/**
 * Which part of which line comes back. Without items an amount is shared over what is left; without
 * either all comes back.
 */
function slicesOf(
  scope: Scope,
  refund: NonNullable<StoredEvent["body"]["refund"]>,
  lines: readonly Line[],
): { slices: Slice[]; beyond: boolean } {
  const left = lines.map((line) => line.totalMinor - line.refundedMinor);
  const leftOver = left.reduce((sum, minor) => sum + minor, 0n);
  if (!refund.items) {
    const asked = refund.amount === undefined ? leftOver : moneyOf(scope, refund.amount).minor;
    const minor = least(asked, leftOver);
    const parts = allocate(minor, left);
    const slices = lines.flatMap((line, index) =>
      parts[index]! > 0n ? [{ line: line.line, quantity: 0, minor: parts[index]! }] : [],
    );
    return { slices, beyond: asked > leftOver };
  }
  const slices: Slice[] = [];
  let beyond = false;
  const piecesLeft = lines.map((line) => line.quantity - line.refundedQuantity);
  for (const item of refund.items) {
    let pieces = item.quantity;
    let asked = item.amount === undefined ? null : moneyOf(scope, item.amount).minor;
    // An article may stand on several lines; they are gone through in order.
    for (const [index, line] of lines.entries()) {
      if (line.sku !== item.sku || left[index] === 0n) continue;
      const quantity = Math.min(pieces, piecesLeft[index]!);
      const minor = least(
        asked ?? worthOfPieces(line, line.quantity - piecesLeft[index]!, quantity),
        left[index]!,
      );
      if (quantity === 0 && minor === 0n) continue;
      slices.push({ line: line.line, quantity, minor });
      left[index] = left[index]! - minor;
      piecesLeft[index] = piecesLeft[index]! - quantity;
      pieces -= quantity;
      if (asked !== null) asked -= minor;
    }
    beyond ||= pieces > 0 || (asked ?? 0n) > 0n;
  }
  return { slices, beyond };
}

/**
 * What the next pieces of a line cost, when some came back before. Counted from the first, so that
 * all of them together are worth the line to the cent, in whatever portions they come.
 */
function worthOfPieces({ totalMinor, quantity }: Line, before: number, pieces: number): bigint {
  const upTo = (count: number) => divide(totalMinor * BigInt(count), BigInt(quantity), "halfUp");
  return upTo(before + pieces) - upTo(before);
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
