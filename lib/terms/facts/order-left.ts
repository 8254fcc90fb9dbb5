import { allocate, divide, lesser } from "@/lib/core/money";
import { skuKey } from "@/lib/core/values/own-id";

/** A line of an order as it was bought: its pieces in millionths, its share of what was paid. */
export type BoughtLine = { line: number; sku: string; quantity: bigint; totalMinor: bigint };

/** An order as it was bought. Its lines, if it has any, add up to its total. */
export type BoughtOrder = { totalMinor: bigint; lines: readonly BoughtLine[] };

/**
 * A refund as the shop said it: an amount, or pieces of articles with or without what was paid back
 * for them; neither means everything. Pieces in millionths.
 */
export type RefundFact = {
  minor: bigint | null;
  items: readonly { sku: string; quantity: bigint; minor: bigint | null }[] | null;
};

type LineLeft = {
  line: number;
  remainingMinor: bigint;
  refundedMinor: bigint;
  /** How many pieces came back, in millionths; never more than were bought. */
  refundedQuantity: bigint;
  /** All of it was sent back: its pieces, or what they were worth. */
  cameBack: boolean;
};

/** What refunds left of an order. */
export type LeftOfOrder = {
  /** The money that stayed with the shop. */
  remainingMinor: bigint;
  refundedMinor: bigint;
  lines: LineLeft[];
  /**
   * Whether it counts as a purchase: it cost something, and was not sent back whole. An order of
   * which every piece came back does not, also where shipping was kept.
   */
  stands: boolean;
};

/**
 * What all refunds of an order together left of it. Depends on the set of refunds alone, whatever
 * the order in which they came. The only cap is what was paid for the order: what goes beyond a
 * line's share comes out of the rest, in proportion. Pieces without an amount are worth their share
 * of the line, counted from its first piece, so that all of them add up to it.
 */
export function orderLeft(
  { totalMinor, lines }: BoughtOrder,
  refunds: readonly RefundFact[],
): LeftOfOrder {
  const isWhole = refunds.some(isEverything);
  const { byLine, loose } = claimsOn(lines, refunds);
  const kept = lines.map(({ totalMinor }, index) =>
    isWhole ? 0n : totalMinor - lesser(byLine[index]!.minor, totalMinor),
  );
  const rest = kept.reduce((sum, minor) => sum + minor, 0n);
  const taken = rest === 0n ? kept : allocate(lesser(loose, rest), kept);
  const left = lines.map(({ line, quantity, totalMinor }, index): LineLeft => {
    const remainingMinor = kept[index]! - taken[index]!;
    const pieces = quantity > 0n ? quantity : 0n;
    const refundedQuantity = isWhole ? pieces : byLine[index]!.pieces;
    return {
      line,
      remainingMinor,
      refundedMinor: totalMinor - remainingMinor,
      refundedQuantity,
      cameBack:
        isWhole ||
        (pieces > 0n && refundedQuantity === pieces) ||
        (totalMinor > 0n && remainingMinor === 0n),
    };
  });
  const remainingMinor =
    lines.length > 0
      ? left.reduce((sum, line) => sum + line.remainingMinor, 0n)
      : totalMinor - (isWhole ? totalMinor : lesser(loose, totalMinor));
  return {
    remainingMinor,
    refundedMinor: totalMinor - remainingMinor,
    lines: left,
    stands: remainingMinor > 0n && (lines.length === 0 || !isSentBack(lines, left)),
  };
}

/**
 * What each refund counts, in the given order: what it adds to what those before it took. Never
 * less than 0, and together what was refunded.
 */
export function countedRefunds(order: BoughtOrder, refunds: readonly RefundFact[]): bigint[] {
  let before = 0n;
  return refunds.map((_, index) => {
    const { refundedMinor } = orderLeft(order, refunds.slice(0, index + 1));
    const counted = refundedMinor - before;
    before = refundedMinor;
    return counted;
  });
}

/** Whether a refund names neither money nor articles, and so means all of the order. */
function isEverything({ minor, items }: RefundFact): boolean {
  return minor === null && items === null;
}

/** A line that was paid for and is still with the customer keeps its order. */
function isSentBack(lines: readonly BoughtLine[], left: readonly LineLeft[]): boolean {
  return left.every(({ cameBack }, index) => cameBack || lines[index]!.totalMinor === 0n);
}

type Claims = { byLine: { minor: bigint; pieces: bigint }[]; loose: bigint };

/** What refunds ask of each line, and what they ask of the order as a whole. */
function claimsOn(lines: readonly BoughtLine[], refunds: readonly RefundFact[]): Claims {
  const byLine = lines.map(() => ({ minor: 0n, pieces: 0n }));
  let loose = refunds.reduce((sum, { minor }) => sum + (minor ?? 0n), 0n);
  for (const [key, said] of saidBySku(refunds)) {
    let { pieces, unpriced, minor } = said;
    for (const [index, line] of lines.entries()) {
      if (skuKey(line.sku) !== key || line.quantity <= 0n) continue;
      const claim = byLine[index]!;
      const worth = lesser(unpriced, line.quantity);
      claim.minor += divide(line.totalMinor * worth, line.quantity, "halfUp");
      claim.pieces = lesser(pieces, line.quantity);
      unpriced -= worth;
      pieces -= claim.pieces;
    }
    for (const [index, line] of lines.entries()) {
      if (skuKey(line.sku) !== key) continue;
      const claim = byLine[index]!;
      const part = lesser(minor, line.totalMinor - claim.minor);
      claim.minor += part;
      minor -= part;
    }
    loose += minor;
  }
  return { byLine, loose };
}

/** What was said of each article: its pieces, those without an amount, and the amounts. */
function saidBySku(refunds: readonly RefundFact[]) {
  const found = new Map<string, { pieces: bigint; unpriced: bigint; minor: bigint }>();
  for (const { sku, quantity, minor } of refunds.flatMap(({ items }) => items ?? [])) {
    const key = skuKey(sku);
    const said = found.get(key) ?? { pieces: 0n, unpriced: 0n, minor: 0n };
    found.set(key, {
      pieces: said.pieces + quantity,
      unpriced: said.unpriced + (minor === null ? quantity : 0n),
      minor: said.minor + (minor ?? 0n),
    });
  }
  return found;
}
