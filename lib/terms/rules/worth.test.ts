import fc from "fast-check";
import { orderCalculators } from "@/lib/terms/testing";
import { describe, expect, it } from "vitest";
import { type Benefit, type Calculator, type WorthTerms } from "@/lib/terms/schema";
import {
  type ConditionFacts,
  factsOf,
  type LineFact,
  NO_COUNTS,
} from "@/lib/terms/facts/conditions";
import { costOf, worthOf } from "./worth";

const facts = (orderMinor: bigint | null, more: Partial<ConditionFacts> = {}) =>
  factsOf({ currency: "USD", orderMinor, isNewCustomer: true, ...more });
const atCost = (pointCostMilli: number, multiplierBp?: number) => ({
  pointCostMilli,
  multiplierBp,
});
const line = (sku: string, minor: bigint, category: string | null = null): LineFact => ({
  sku,
  category,
  minor,
});
const share = (shareBp: number, atMost: string | null = null): Calculator => ({
  kind: "share_of_order",
  shareBp,
  atMost,
});

describe("worth", () => {
  it.each<[Benefit, Calculator, bigint | null, bigint | null, bigint]>([
    [{ kind: "credit" }, { kind: "fixed", amount: "10.00" }, null, 1000n, 1000n],
    [{ kind: "cash" }, share(1000), 4995n, 499n, 499n],
    [{ kind: "amount_off" }, share(1000, "3.00"), 4995n, 300n, 300n],
    [{ kind: "points" }, { kind: "fixed", amount: "250" }, null, 250n, 125n],
    [
      { kind: "percent_off", percentBp: 1500, unitCost: "4.20" },
      { kind: "none" },
      9900n,
      null,
      420n,
    ],
    [{ kind: "gift", title: "A tin of tea", unitCost: "6" }, { kind: "none" }, null, null, 600n],
    [{ kind: "free_shipping", unitCost: "3.90" }, { kind: "none" }, 9900n, null, 390n],
    [
      { kind: "event_access", title: "Tea evening", at: null, unitCost: "12" },
      { kind: "none" },
      null,
      null,
      1200n,
    ],
    [{ kind: "donation", to: "Sea rescue" }, { kind: "fixed", amount: "2.00" }, null, 200n, 200n],
    [
      { kind: "credit" },
      { kind: "share_of_order", shareBp: 100, atLeast: "1.00", atMost: "5.00" },
      4995n,
      100n,
      100n,
    ],
    [
      { kind: "credit" },
      { kind: "share_of_order", shareBp: 100, atLeast: "1.00", atMost: null },
      0n,
      0n,
      0n,
    ],
    [
      { kind: "points" },
      { kind: "per_unit", amount: "1", per: "1.00", atMost: null },
      4995n,
      49n,
      25n,
    ],
    [
      { kind: "points" },
      { kind: "per_unit", amount: "5", per: "10.00", atMost: "15" },
      4995n,
      15n,
      8n,
    ],
    [
      { kind: "cash" },
      {
        kind: "tiered_by_amount",
        steps: [
          { from: "20", amount: "2" },
          { from: "50", amount: "7" },
        ],
      },
      4999n,
      200n,
      200n,
    ],
    [
      { kind: "cash" },
      {
        kind: "tiered_by_amount",
        steps: [
          { from: "20", amount: "2" },
          { from: "50", amount: "7" },
        ],
      },
      1999n,
      0n,
      0n,
    ],
  ])("of $0.kind by $1.kind", (benefit, calculator, order, minor, cost) => {
    const worth = worthOf({ benefit, calculator }, facts(order), atCost(500));
    expect([worth.amount?.minor ?? null, worth.costMinor]).toEqual([minor, cost]);
  });

  it("never exceeds the promised share of an order nor its cap", () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 12n),
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        (order, bp, cap) => {
          const { amount } = worthOf(
            { benefit: { kind: "credit" }, calculator: share(bp, String(cap)) },
            facts(order),
            atCost(0),
          );
          expect(amount!.minor * 10_000n).toBeLessThanOrEqual(order * BigInt(bp));
          expect(amount!.minor).toBeLessThanOrEqual(BigInt(cap) * 100n);
        },
      ),
    );
  });

  it("takes its share of the lines that match, and of no other", () => {
    const order = facts(9_000n, {
      lines: [line("tea", 3_000n, "Drinks"), line("cup", 5_000n, "Ware"), line("TEA", 1_000n)],
    });
    const worth = (lines: { skus?: string[]; categories?: string[] }) =>
      worthOf(
        {
          benefit: { kind: "credit" },
          calculator: { kind: "share_of_order", shareBp: 1_000, lines, atMost: null },
        },
        order,
        atCost(0),
      ).amount!.minor;
    expect([
      worth({ skus: ["tea"] }),
      worth({ categories: ["ware"] }),
      worth({ skus: ["tea"], categories: ["ware"] }),
      worth({ skus: ["pot"] }),
    ]).toEqual([400n, 500n, 900n, 0n]);
  });

  it("pays the step that a count has reached", () => {
    const calculator: Calculator = {
      kind: "tiered_by_count",
      of: "confirmed_referrals",
      steps: [
        { from: 2, amount: "5" },
        { from: 4, amount: "9" },
      ],
    };
    const worth = (confirmed_referrals: number | null) =>
      worthOf(
        { benefit: { kind: "credit" }, calculator },
        facts(null, { counts: { ...NO_COUNTS, confirmed_referrals } }),
        atCost(0),
      ).amount!.minor;
    expect([null, 1, 2, 3, 4, 99].map(worth)).toEqual([0n, 0n, 500n, 500n, 900n, 900n]);
  });

  it("multiplies points, and only points, and rounds down", () => {
    const three: Calculator = { kind: "fixed", amount: "3" };
    expect(
      worthOf(
        { benefit: { kind: "points" }, calculator: three },
        facts(null),
        atCost(1_000, 12_500),
      ),
    ).toMatchObject({ amount: { minor: 3n, asset: "PTS/0" }, costMinor: 3n });
    expect(
      worthOf(
        { benefit: { kind: "points" }, calculator: three },
        facts(null),
        atCost(1_000, 20_000),
      ).amount!.minor,
    ).toBe(6n);
    expect(
      worthOf(
        { benefit: { kind: "credit" }, calculator: three },
        facts(null),
        atCost(1_000, 20_000),
      ).amount!.minor,
    ).toBe(300n);
  });

  it("never promises more for less: each calculator grows with the order up to its most", () => {
    fc.assert(
      fc.property(
        orderCalculators,
        fc.bigInt(0n, 10n ** 9n),
        fc.bigInt(0n, 10n ** 9n),
        (calculator, one, other) => {
          const worth = (minor: bigint) =>
            worthOf(
              { benefit: { kind: "credit" }, calculator },
              facts(minor, { lines: [line("tea", minor)] }),
              atCost(0),
            ).amount!.minor;
          const [less, more] = one < other ? [one, other] : [other, one];
          expect(worth(less)).toBeLessThanOrEqual(worth(more));
          if ("atMost" in calculator && calculator.atMost !== null)
            expect(worth(more)).toBeLessThanOrEqual(BigInt(calculator.atMost) * 100n);
          if (calculator.kind === "per_unit")
            expect(worth(more) * BigInt(calculator.per) * 100n).toBeLessThanOrEqual(
              more * BigInt(calculator.amount) * 100n,
            );
        },
      ),
    );
  });

  const points = (shareBp: number, currency: string, orderMinor: bigint, pointsPer?: string) =>
    worthOf(
      {
        benefit: { kind: "points" },
        calculator: { ...share(shareBp), ...(pointsPer !== undefined && { pointsPer }) },
      } as WorthTerms,
      facts(orderMinor, { currency }),
      atCost(1_000),
    ).amount!.minor;

  it("gives the same points for the same price in every currency", () => {
    expect(points(1_000, "USD", 10_000n)).toBe(10n);
    expect(points(1_000, "JPY", 100n)).toBe(10n);
    expect(points(1_000, "KWD", 100_000n)).toBe(10n);
    expect(points(500, "USD", 4_995n)).toBe(2n);
    // A point for each cent, or for each 10 yen, where the shop wants that.
    expect(points(1_000, "USD", 10_000n, "0.01")).toBe(1_000n);
    expect(points(1_000, "JPY", 10_000n, "10")).toBe(100n);
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 9n),
        fc.integer({ min: 1, max: 10_000 }),
        (price, shareBp) => {
          const inYen = points(shareBp, "JPY", price);
          expect(points(shareBp, "USD", price * 100n)).toBe(inYen);
          expect(points(shareBp, "KWD", price * 1_000n)).toBe(inYen);
          expect(inYen * 10_000n).toBeLessThanOrEqual(price * BigInt(shareBp));
        },
      ),
    );
  });

  it("counts points at their unit cost, never below it", () => {
    expect(costOf({ minor: 3n, asset: "PTS/0" }, 500)).toBe(2n);
  });
});
