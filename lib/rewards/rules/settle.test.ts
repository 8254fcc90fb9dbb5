import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALWAYS, type Calculator, type Condition, type Rule } from "@/lib/terms/schema";
import { type ConditionFacts, factsOf, type LineFact } from "@/lib/terms/facts/conditions";
import { orderCalculators } from "@/lib/terms/testing";
import { worthOf } from "@/lib/terms/rules/worth";
import { type DueReward, type RefusalRecord, type RewardRecord, settleRewards } from "./settle";
import { basisOf } from "./basis";

const at = new Date("2026-05-01T00:00:00Z");
const facts = (orderMinor: bigint | null, more: Partial<ConditionFacts> = {}) =>
  factsOf({ currency: "USD", orderMinor, isNewCustomer: true, ...more });
const line = (sku: string, minor: bigint): LineFact => ({ sku, category: null, minor });
const share = (shareBp: number): Calculator => ({ kind: "share_of_order", shareBp, atMost: null });
const rule: Rule = {
  id: "r",
  side: "advocate",
  on: { kind: "qualified" },
  conditions: ALWAYS,
  benefit: { kind: "credit" },
  calculator: { kind: "fixed", amount: "10.00" },
  holdDays: 14,
};
const due = (
  eventId: string,
  known: ConditionFacts,
  change: Partial<DueReward> = {},
): DueReward => ({
  rule,
  causeRef: { kind: "referral", ref: "ref_1" },
  cause: { eventId, order: null, at },
  facts: known,
  customerId: "mira",
  price: { pointCostMilli: 1_000 },
  priceReasons: [],
  ...change,
});
const record = (
  eventId: string,
  known: ConditionFacts,
  change: Partial<RewardRecord> = {},
): RewardRecord => ({
  id: "rwd_1",
  ruleId: "r",
  causeRef: { kind: "referral", ref: "ref_1" },
  customerId: "mira",
  referralId: "ref_1",
  eventId,
  orderId: null,
  state: "held",
  reversalReason: null,
  amountMinor: 1_000n,
  reversedMinor: 0n,
  recoveredMinor: 0n,
  terms: {
    currency: "USD",
    benefit: rule.benefit,
    calculator: rule.calculator,
    holdDays: 14,
    conditions: ALWAYS,
    qualificationConditions: ALWAYS,
    pointCostMilli: 1_000,
  },
  facts: known,
  ...change,
});
const settle = (
  called: readonly DueReward[],
  rewards: readonly RewardRecord[] = [],
  refusals: readonly RefusalRecord[] = [],
) => settleRewards({ due: called, rewards, refusals, lostBecause: () => "refunded" });

describe("settling rewards", () => {
  it("grants what is missing, and nothing twice", () => {
    expect(settle([due("e1", facts(100n))])).toMatchObject({ wanted: [{ kept: null }] });
    const same = settle([due("e1", facts(100n))], [record("e1", facts(100n))]);
    expect(same).toEqual({ wanted: [], refused: [], reversed: [], changed: [] });
  });

  it("reverses what has lost its cause", () => {
    expect(settle([], [record("e1", facts(100n))])).toMatchObject({
      reversed: [{ because: "refunded", reward: { id: "rwd_1" } }],
    });
  });

  it("moves a reward to another cause of its own, and does not pay it twice", () => {
    const moved = settle([due("e2", facts(300n))], [record("e1", facts(100n))]);
    expect(moved).toMatchObject({ wanted: [], reversed: [], changed: [{ worthMinor: 1_000n }] });
  });

  it("grants again what was reversed, but not what a person voided", () => {
    const reversed = record("e1", facts(0n), {
      state: "reversed",
      reversedMinor: 1_000n,
      recoveredMinor: 1_000n,
      reversalReason: "refunded",
    });
    expect(settle([due("e2", facts(300n))], [reversed])).toMatchObject({
      wanted: [{ kept: null }],
    });
    const spent = { ...reversed, recoveredMinor: 400n };
    expect(settle([due("e2", facts(300n))], [spent])).toMatchObject({
      wanted: [{ kept: { id: "rwd_1" } }],
    });
    const voided = { ...reversed, reversalReason: "voided_by_staff" as const };
    expect(settle([due("e2", facts(300n))], [voided]).wanted).toEqual([]);
  });

  it("decides a refusal again only when its facts turn out different", () => {
    const known = facts(100n);
    const refusal = {
      ruleId: "r",
      causeRef: { kind: "referral", ref: "ref_1" },
      customerId: "mira",
      basis: basisOf(due("e1", known)),
    };
    const later = { ...known, advocate: { traits: { vip: true }, country: null, tier: null } };
    expect(settle([due("e1", later)], [], [refusal]).wanted).toEqual([]);
    expect(settle([due("e1", facts(90n))], [], [refusal]).wanted).toHaveLength(1);
    expect(settle([due("e2", known)], [], [refusal]).wanted).toHaveLength(1);
  });
});

type Granted = Pick<RewardRecord, "amountMinor" | "reversedMinor" | "facts"> & {
  benefit: RewardRecord["terms"]["benefit"];
  calculator: Calculator;
  conditions: Condition;
  qualificationConditions: Condition;
  multiplierBp?: number;
};

/** What settling reverses of a grant when this is left of its order. */
function leftOf(granted: Granted, left: { remainingMinor: bigint; lines: readonly LineFact[] }) {
  const { amountMinor, reversedMinor, facts: known, ...terms } = granted;
  const reward = record("e1", known, { amountMinor, reversedMinor });
  const rest = { ...known, orderMinor: left.remainingMinor, lines: left.lines };
  // An order of which nothing is left calls for nothing.
  const called = left.remainingMinor > 0n ? [due("e1", rest)] : [];
  const { reversed, changed } = settle(called, [
    { ...reward, terms: { ...reward.terms, ...terms } },
  ]);
  if (reversed.length > 0) return { whole: true } as const;
  const worth = changed[0]?.worthMinor ?? null;
  const minor = worth === null ? 0n : amountMinor! - reversedMinor - worth;
  return { whole: false, minor } as const;
}

describe("what is left of a reward after a refund", () => {
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
    expect(leftOf(granted(share(1000), 1000n), left(0n))).toEqual({ whole: true });
    const least = {
      ...granted({ kind: "fixed", amount: "10" }, 1000n),
      qualificationConditions: { kind: "order_total", atLeast: "60" } as const,
    };
    expect(leftOf(least, left(5999n))).toEqual({ whole: true });
    expect(leftOf(least, left(6000n))).toEqual({ whole: false, minor: 0n });
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
    expect(leftOf(golden, left(9_000n, [line("cup", 6_000n)]))).toEqual({
      whole: false,
      minor: 0n,
    });
    expect(leftOf(golden, left(4_000n, [line("tea", 4_000n)]))).toEqual({ whole: true });
  });

  it("takes the share of the lines that came back, and nothing for the others", () => {
    const reward = granted(
      { kind: "share_of_order", shareBp: 1_000, lines: { skus: ["tea"] }, atMost: null },
      400n,
    );
    expect(leftOf(reward, left(4_000n, [line("tea", 4_000n)]))).toEqual({
      whole: false,
      minor: 0n,
    });
    expect(leftOf(reward, left(8_500n, [line("tea", 2_500n), line("cup", 6_000n)]))).toEqual({
      whole: false,
      minor: 150n,
    });
    expect(leftOf(reward, left(6_000n, [line("cup", 6_000n)]))).toEqual({ whole: true });
  });

  it("multiplies what is left as it multiplied the grant", () => {
    const reward = {
      ...granted({ kind: "per_unit", amount: "1", per: "1.00", atMost: null }, 150n),
      benefit: { kind: "points" } as const,
      multiplierBp: 15_000,
    };
    expect(leftOf(reward, left(6_650n))).toEqual({ whole: false, minor: 51n });
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
              { pointCostMilli: 0, multiplierBp },
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
                const step = leftOf(
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
