import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allocate } from "@/lib/core/money";
import { type BoughtOrder, countedRefunds, orderLeft, type RefundFact } from "./order-left";

const PIECE = 1_000_000n;

/** An order of lines "sku × pieces, weight": their shares of the total as recording does it. */
function order(totalMinor: bigint, ...lines: [string, number, bigint][]): BoughtOrder {
  const shares = allocate(
    totalMinor,
    lines.map(([, , weight]) => weight),
  );
  return {
    totalMinor,
    lines: lines.map(([sku, pieces], line) => ({
      line,
      sku,
      quantity: BigInt(Math.round(pieces * 1e6)),
      totalMinor: shares[line]!,
    })),
  };
}
const amount = (minor: bigint): RefundFact => ({ minor, items: null });
const back = (sku: string, pieces: number, minor: bigint | null = null): RefundFact => ({
  minor: null,
  items: [{ sku, quantity: BigInt(Math.round(pieces * 1e6)), minor }],
});
const everything: RefundFact = { minor: null, items: null };
const ends = (bought: BoughtOrder, ...refunds: RefundFact[]) => {
  const { remainingMinor, stands } = orderLeft(bought, refunds);
  const reversed = orderLeft(bought, refunds.toReversed());
  expect({ remainingMinor, stands }).toEqual({
    remainingMinor: reversed.remainingMinor,
    stands: reversed.stands,
  });
  return [remainingMinor, stands];
};

describe("what is left of an order", () => {
  const twoParts = order(100_00n, ["A", 1, 50n], ["B", 1, 50n]);

  it.each([
    [
      "290.00 = A 100.00 + B 200.00",
      order(290_00n, ["A", 1, 100n], ["B", 1, 200n]),
      [back("A", 1, 90_00n), back("B", 1, 200_00n)],
    ],
    ["an amount, then a piece", twoParts, [amount(50_00n), back("A", 1)]],
    ["100.00 without lines", order(100_00n, ["order", 1, 1n]), [back("A", 1, 100_00n)]],
    [
      "50.00 = A 40 + B 20, 10 off",
      order(50_00n, ["A", 1, 40n], ["B", 1, 20n]),
      [back("A", 1, 30_00n), back("B", 1, 20_00n)],
    ],
    ["SKUs in other letters", twoParts, [back(" a", 1), back("b\u200b", 1)]],
    ["everything", twoParts, [everything]],
    ["everything after a part", twoParts, [amount(1_00n), everything]],
    ["more than was paid", twoParts, [amount(80_00n), back("B", 1, 80_00n)]],
    ["half a piece, twice", order(9_99n, ["silk", 1, 1n]), [back("silk", 0.5), back("SILK", 0.5)]],
  ])("is nothing: %s", (_, bought, refunds) => {
    expect(ends(bought, ...refunds)).toEqual([0n, false]);
  });

  it("stands for nothing once every piece came back, also if shipping was kept", () => {
    const shipped = order(110_00n, ["A", 2, 100n]);
    expect(ends(shipped, back("A", 2, 100_00n))).toEqual([10_00n, false]);
    expect(ends(shipped, back("A", 1, 50_00n), back("A", 1, 50_00n))).toEqual([10_00n, false]);
    expect(ends(shipped, back("A", 1, 100_00n))).toEqual([10_00n, true]);
    const gift = order(110_00n, ["A", 2, 100n], ["gift", 1, 0n]);
    expect(ends(gift, back("A", 2, 100_00n))).toEqual([10_00n, false]);
  });

  it("takes what goes beyond a line out of the rest of the order", () => {
    const left = orderLeft(order(300_00n, ["A", 1, 100n], ["B", 1, 100n], ["C", 1, 100n]), [
      back("A", 1, 150_00n),
    ]);
    expect(left.lines.map(({ remainingMinor }) => remainingMinor)).toEqual([0n, 75_00n, 75_00n]);
    expect(left.lines.map(({ cameBack }) => cameBack)).toEqual([true, false, false]);
  });

  it("counts money for an article that the order does not have, and no pieces of it", () => {
    expect(ends(twoPartsOf(), back("C", 1, 30_00n))).toEqual([70_00n, true]);
    expect(ends(twoPartsOf(), back("C", 1))).toEqual([100_00n, true]);
    expect(ends(twoPartsOf(), back("A", 3))).toEqual([50_00n, true]);
  });

  it("reaches over all lines of an article, in their order", () => {
    const bought = order(60_00n, ["tea", 1, 20n], ["cup", 1, 20n], ["tea", 1, 20n]);
    expect(ends(bought, back("tea", 2))).toEqual([20_00n, true]);
    expect(ends(bought, back("tea", 3), back("cup", 1, 5_00n))).toEqual([15_00n, false]);
    expect(ends(bought, back("tea", 2, 30_00n))).toEqual([30_00n, true]);
  });

  it("is nothing of an order without lines on record, or of a free one", () => {
    expect(ends({ totalMinor: 5_00n, lines: [] }, amount(2_00n))).toEqual([3_00n, true]);
    expect(ends({ totalMinor: 5_00n, lines: [] }, everything)).toEqual([0n, false]);
    expect(ends(order(0n, ["sample", 1, 0n]))).toEqual([0n, false]);
  });

  function twoPartsOf(): BoughtOrder {
    return twoParts;
  }
});

const SKUS = ["A", "b", "C"];
const bought = fc
  .tuple(
    fc.bigInt({ min: 0n, max: 50_000n }),
    fc.array(
      fc.tuple(
        fc.constantFrom(...SKUS),
        fc.constantFrom(0, 0.5, 1, 2, 3),
        fc.bigInt({ min: 0n, max: 900n }),
      ),
      { minLength: 1, maxLength: 5 },
    ),
  )
  .map(([total, lines]) => order(total, ...lines));
const minor = fc.bigInt({ min: 0n, max: 30_000n });
const refund: fc.Arbitrary<RefundFact> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(everything) },
  { weight: 4, arbitrary: minor.map(amount) },
  {
    weight: 6,
    arbitrary: fc
      .array(
        fc.record({
          sku: fc.constantFrom(" a", "B", "c ", "other"),
          quantity: fc.constantFrom(0n, PIECE / 2n, PIECE, 2n * PIECE),
          minor: fc.option(minor),
        }),
        { minLength: 1, maxLength: 3 },
      )
      .map((items) => ({ minor: null, items })),
  },
);
const refunds = fc.array(refund, { maxLength: 6 });

describe("whatever is refunded", () => {
  it("ends the same in any order, and however items are grouped", () => {
    fc.assert(
      fc.property(bought, refunds, fc.infiniteStream(fc.nat(1_000)), (bought, refunds, keys) => {
        const shuffled = refunds
          .flatMap((one) =>
            one.items ? one.items.map((item) => ({ minor: null, items: [item] })) : [one],
          )
          .map((one) => ({ one, key: keys.next().value as number }))
          .toSorted((left, right) => left.key - right.key)
          .map(({ one }) => one);
        expect(orderLeft(bought, shuffled)).toEqual(orderLeft(bought, refunds));
      }),
      { numRuns: 10_000 },
    );
  });

  it("takes never more than was paid, and the lines add up to the order", () => {
    fc.assert(
      fc.property(bought, refunds, (bought, refunds) => {
        const left = orderLeft(bought, refunds);
        expect(left.remainingMinor >= 0n && left.refundedMinor >= 0n).toBe(true);
        expect(left.remainingMinor + left.refundedMinor).toBe(bought.totalMinor);
        let sum = 0n;
        for (const [index, line] of left.lines.entries()) {
          const { totalMinor, quantity } = bought.lines[index]!;
          expect(line.remainingMinor >= 0n && line.refundedMinor >= 0n).toBe(true);
          expect(line.remainingMinor + line.refundedMinor).toBe(totalMinor);
          expect(line.refundedQuantity >= 0n && line.refundedQuantity <= quantity).toBe(true);
          sum += line.remainingMinor;
        }
        expect(sum).toBe(left.remainingMinor);
        if (left.remainingMinor === 0n) expect(left.stands).toBe(false);
      }),
      { numRuns: 10_000 },
    );
  });

  it("counts what was said, up to what was paid, whichever line it was for", () => {
    fc.assert(
      fc.property(bought, fc.array(minor, { maxLength: 5 }), (bought, amounts) => {
        const said = amounts.reduce((sum, one) => sum + one, 0n);
        const paid = bought.totalMinor;
        const byLine = amounts.map((one, index) => back(SKUS[index % 3]!, 0, one));
        expect(orderLeft(bought, byLine).refundedMinor).toBe(said < paid ? said : paid);
      }),
    );
  });

  it("takes nothing back: each refund counts 0 or more, and together what was refunded", () => {
    fc.assert(
      fc.property(bought, refunds, (bought, refunds) => {
        const counted = countedRefunds(bought, refunds);
        expect(counted.every((one) => one >= 0n)).toBe(true);
        expect(counted.reduce((sum, one) => sum + one, 0n)).toBe(
          orderLeft(bought, refunds).refundedMinor,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
