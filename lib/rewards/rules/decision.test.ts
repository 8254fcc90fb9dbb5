import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALWAYS, type Calculator, type Condition, type Rule } from "@/lib/terms/schema";
import { type ConditionFacts, factsOf, type LineFact } from "@/lib/terms/facts/conditions";
import { worthOf } from "@/lib/terms/rules/worth";
import { decideRule } from "./decision";
import { reversalFor } from "./reversal";

const at = new Date("2026-05-01T00:00:00Z");
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
const rule = (change: Partial<Rule> = {}): Rule => ({
  id: "r",
  side: "advocate",
  on: { kind: "qualified" },
  conditions: ALWAYS,
  benefit: { kind: "credit" },
  calculator: { kind: "fixed", amount: "10.00" },
  holdDays: 14,
  ...change,
});

const whole = (most: number) => fc.integer({ min: 1, max: most }).map(String);
const most = fc.option(whole(1_000), { nil: null });
const lines = fc.constantFrom<{ skus: string[] } | undefined>(undefined, { skus: ["tea"] });
const steps = fc
  .uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 4 })
  .map((froms) =>
    froms
      .toSorted((left, right) => left - right)
      .map((from, index) => ({ from: String(from), amount: String(5 * (index + 1)) })),
  );
/** Any calculator that looks at the order, with steps that rise. */
const orderCalculators: fc.Arbitrary<Calculator> = fc.oneof(
  fc.record({
    kind: fc.constant("share_of_order" as const),
    shareBp: fc.integer({ min: 1, max: 10_000 }),
    lines,
    atLeast: fc.option(whole(20), { nil: undefined }),
    atMost: most,
  }),
  fc.record({ kind: fc.constant("tiered_by_amount" as const), steps }),
  fc.record({
    kind: fc.constant("per_unit" as const),
    amount: whole(50),
    per: whole(50),
    lines,
    atMost: most,
  }),
);

describe("decideRule", () => {
  it("holds from when it happened", () => {
    expect(decideRule(rule(), facts(null), at, atCost(0))).toMatchObject({
      granted: true,
      heldUntil: new Date("2026-05-15T00:00:00Z"),
    });
  });
  it("refuses with every reason", () => {
    const conditions: Condition = {
      all: [{ kind: "order_total", atLeast: "50" }, { kind: "new_customer" }],
    };
    const decision = decideRule(
      rule({ conditions }),
      { ...facts(100n), isNewCustomer: false },
      at,
      atCost(0),
    );
    expect(decision).toMatchObject({ granted: false });
    expect(decision.reasons.map(({ code }) => code)).toEqual([
      "order_too_small",
      "existing_customer",
    ]);
  });
  it("grants nothing that is worth nothing", () => {
    expect(decideRule(rule({ calculator: share(100) }), facts(50n), at, atCost(0))).toMatchObject({
      granted: false,
    });
  });
});

describe("reversalFor", () => {
  const bought = [line("tea", 4_000n), line("cup", 6_000n)];
  const granted = (calculator: Calculator, amountMinor: bigint | null, reversedMinor = 0n) => ({
    benefit: { kind: "credit" } as const,
    calculator,
    conditions: ALWAYS as Condition,
    qualificationConditions: ALWAYS,
    amountMinor,
    reversedMinor,
    facts: facts(10_000n, { lines: bought }),
  });
  const left = (remainingMinor: bigint, lines: LineFact[] = []) => ({ remainingMinor, lines });

  it("takes all when nothing of the order stands or the order fell below the least", () => {
    expect(reversalFor(granted(share(1000), 1000n), left(0n))).toEqual({ whole: true });
    const least = {
      ...granted({ kind: "fixed", amount: "10" }, 1000n),
      qualificationConditions: { kind: "order_total", atLeast: "60" } as const,
    };
    expect(reversalFor(least, left(5999n))).toEqual({ whole: true });
    expect(reversalFor(least, left(6000n))).toEqual({ whole: false, minor: 0n });
  });

  it("asks again for what was bought, and leaves all else as it was", () => {
    const conditions: Condition = {
      all: [
        { kind: "product", skus: ["cup"] },
        { kind: "tier", of: "advocate", tiers: ["gold"] },
      ],
    };
    const reward = { ...granted({ kind: "fixed", amount: "10" }, 1000n), conditions };
    const golden = {
      ...reward,
      facts: { ...reward.facts, advocate: { traits: {}, country: null, tier: "gold" } },
    };
    expect(reversalFor(golden, left(9_000n, [line("cup", 6_000n)]))).toEqual({
      whole: false,
      minor: 0n,
    });
    expect(reversalFor(golden, left(4_000n, [line("tea", 4_000n)]))).toEqual({ whole: true });
  });

  it("takes the share of the lines that came back, and nothing for the others", () => {
    const reward = granted(
      { kind: "share_of_order", shareBp: 1_000, lines: { skus: ["tea"] }, atMost: null },
      400n,
    );
    expect(reversalFor(reward, left(4_000n, [line("tea", 4_000n)]))).toEqual({
      whole: false,
      minor: 0n,
    });
    expect(reversalFor(reward, left(8_500n, [line("tea", 2_500n), line("cup", 6_000n)]))).toEqual({
      whole: false,
      minor: 150n,
    });
    expect(reversalFor(reward, left(6_000n, [line("cup", 6_000n)]))).toEqual({ whole: true });
  });

  it("multiplies what is left as it multiplied the grant", () => {
    const reward = {
      ...granted({ kind: "per_unit", amount: "1", per: "1.00", atMost: null }, 150n),
      benefit: { kind: "points" } as const,
      multiplierBp: 15_000,
    };
    expect(reversalFor(reward, left(6_650n))).toEqual({ whole: false, minor: 51n });
  });

  it("takes the same whole in any slices and any order of lines, and each slice once", () => {
    const slice = fc.record({ sku: fc.constantFrom("tea", "cup"), minor: fc.bigInt(1n, 3_000n) });
    fc.assert(
      fc.property(
        orderCalculators,
        fc.array(slice, { maxLength: 6 }),
        fc.integer({ min: 10_000, max: 25_000 }),
        fc.boolean(),
        (calculator, slices, multiplierBp, points) => {
          const benefit = { kind: points ? "points" : "credit" } as const;
          const worth = (lines: readonly LineFact[]) =>
            worthOf(
              { benefit, calculator },
              facts(
                lines.reduce((sum, { minor }) => sum + minor, 0n),
                { lines },
              ),
              atCost(0, multiplierBp),
            ).amount!.minor;
          const amount = worth(bought);
          if (amount === 0n) return;
          const ends = [slices, slices.toReversed()].map((order) => {
            let lines = bought;
            let reversed = 0n;
            for (const { sku, minor } of order) {
              lines = lines
                .map((one) =>
                  one.sku === sku
                    ? { ...one, minor: one.minor > minor ? one.minor - minor : 0n }
                    : one,
                )
                .filter((one) => one.minor > 0n);
              for (const repeat of [1, 2]) {
                const remaining = lines.reduce((sum, one) => sum + one.minor, 0n);
                const step = reversalFor(
                  { ...granted(calculator, amount, reversed), benefit, multiplierBp },
                  left(remaining, lines),
                );
                const back = step.whole ? amount - reversed : step.minor;
                if (repeat === 2) expect(back).toBe(0n);
                reversed += back;
              }
              expect(reversed).toBe(amount - worth(lines));
            }
            return reversed;
          });
          expect(ends[1]).toBe(ends[0]);
        },
      ),
    );
  });
});
