import { allocate, divide, lesser } from "@/lib/core/money";
import type { Scope } from "@/lib/merchants/scope";
import { moneyOf, type StoredEvent } from "./stored-event";

type Line = {
  line: number;
  sku: string;
  quantity: number;
  totalMinor: bigint;
  refundedQuantity: number;
  refundedMinor: bigint;
};
/** A part of a line that is refunded. */
export type Slice = { line: number; quantity: number; minor: bigint };

/**
 * Which part of which line a refund returns. Without items, its amount is shared over what is left;
 * without an amount either, everything left is returned.
 * @returns the parts, and whether more was asked for than was left
 */
export function slicesOf(
  scope: Scope,
  refund: NonNullable<StoredEvent["body"]["refund"]>,
  lines: readonly Line[],
): { slices: Slice[]; beyond: boolean } {
  const left = lines.map((line) => line.totalMinor - line.refundedMinor);
  const leftOver = left.reduce((sum, minor) => sum + minor, 0n);
  if (!refund.items) {
    const asked = refund.amount === undefined ? leftOver : moneyOf(scope, refund.amount).minor;
    const minor = lesser(asked, leftOver);
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
    // The same article may be on several lines; they are refunded in order.
    for (const [index, line] of lines.entries()) {
      if (line.sku !== item.sku || left[index] === 0n) continue;
      const quantity = Math.min(pieces, piecesLeft[index]!);
      const minor = lesser(
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
 * What the next pieces of a line cost when some were refunded before. Counted from the first piece,
 * so that all of them add up to the line to the cent, however they are split.
 */
function worthOfPieces({ totalMinor, quantity }: Line, before: number, pieces: number): bigint {
  const upTo = (count: number) => divide(totalMinor * BigInt(count), BigInt(quantity), "halfUp");
  return upTo(before + pieces) - upTo(before);
}
