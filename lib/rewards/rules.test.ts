import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ALWAYS } from "@/lib/programs/rules";
import type { Benefit, Calculator, Condition, Rule } from "@/lib/programs/schema";
import { evaluate } from "./conditions";
import { costOf, decideRule, refusedByLimits, reversalFor, worthOf } from "./rules";

const at = new Date("2026-05-01T00:00:00Z");
const facts = (orderMinor: bigint | null) => ({ currency: "USD", orderMinor, isNewCustomer: true });
const share = (shareBp: number, atMost: string | null = null): Calculator => ({ kind: "share_of_order", shareBp, atMost });
const rule = (change: Partial<Rule> = {}): Rule => ({
  id: "r", side: "advocate", on: { kind: "qualified" }, conditions: ALWAYS, benefit: { kind: "credit" },
  calculator: { kind: "fixed", amount: "10.00" }, holdDays: 14, ...change,
});

describe("worth", () => {
  it.each<[Benefit, Calculator, bigint | null, bigint | null, bigint]>([
    [{ kind: "credit" }, { kind: "fixed", amount: "10.00" }, null, 1000n, 1000n],
    [{ kind: "cash" }, share(1000), 4995n, 499n, 499n],
    [{ kind: "amount_off" }, share(1000, "3.00"), 4995n, 300n, 300n],
    [{ kind: "points" }, { kind: "fixed", amount: "250" }, null, 250n, 125n],
    [{ kind: "percent_off", percentBp: 1500, unitCost: "4.20" }, { kind: "none" }, 9900n, null, 420n],
    [{ kind: "gift", title: "A tin of tea", unitCost: "6" }, { kind: "none" }, null, null, 600n],
  ])("of $0.kind by $1.kind", (benefit, calculator, order, minor, cost) => {
    const worth = worthOf({ benefit, calculator }, facts(order), 500);
    expect([worth.amount?.minor ?? null, worth.costMinor]).toEqual([minor, cost]);
  });

  it("never exceeds the promised share of an order nor its cap", () => {
    fc.assert(fc.property(fc.bigInt(0n, 10n ** 12n), fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 0, max: 100_000 }), (order, bp, cap) => {
      const { amount } = worthOf({ benefit: { kind: "credit" }, calculator: share(bp, String(cap)) }, facts(order), 0);
      expect(amount!.minor * 10_000n).toBeLessThanOrEqual(order * BigInt(bp));
      expect(amount!.minor).toBeLessThanOrEqual(BigInt(cap) * 100n);
    }));
  });

  it("counts points at their unit cost, never below it", () => {
    expect(costOf({ minor: 3n, asset: "PTS/0" }, 500)).toBe(2n);
  });
});

describe("decideRule", () => {
  it("holds from when it happened", () => {
    expect(decideRule(rule(), facts(null), at, 0)).toMatchObject({ granted: true, heldUntil: new Date("2026-05-15T00:00:00Z") });
  });
  it("refuses with every reason", () => {
    const conditions: Condition = { all: [{ kind: "order_total", atLeast: "50" }, { kind: "new_customer" }] };
    const decision = decideRule(rule({ conditions }), { ...facts(100n), isNewCustomer: false }, at, 0);
    expect(decision).toMatchObject({ granted: false });
    expect(decision.reasons.map(({ code }) => code)).toEqual(["order_too_small", "existing_customer"]);
  });
  it("grants nothing that is worth nothing", () => {
    expect(decideRule(rule({ calculator: share(100) }), facts(50n), at, 0)).toMatchObject({ granted: false });
  });
});

describe("conditions", () => {
  const yes: Condition = { kind: "new_customer" };
  const no: Condition = { kind: "order_total", atLeast: "50" };
  it.each<[Condition, boolean]>([
    [{ all: [] }, true], [{ any: [yes, no] }, true], [{ any: [no] }, false], [{ none: [no] }, true], [{ none: [yes, no] }, false],
    [{ all: [yes, { none: [no] }] }, true], [{ all: [yes, no] }, false],
  ])("%j is %s", (condition, holds) => expect(evaluate(condition, facts(4999n)).holds).toBe(holds));
  it("take an order of exactly the least amount", () => expect(evaluate(no, facts(5000n)).holds).toBe(true));
});

describe("limits", () => {
  const free = { advocateCap: null, advocateRewards: 9, budgetRewards: null, programRewards: 9, budgetCostMinor: null, programCostMinor: 900n };
  it.each([
    [{}, null], [{ advocateCap: 9 }, "advocate_cap_reached"], [{ advocateCap: 10 }, null], [{ budgetRewards: 9 }, "budget_reached"],
    [{ budgetCostMinor: 1000n }, null], [{ budgetCostMinor: 999n }, "budget_reached"],
  ])("case %# leaves $1", (change, code) => expect(refusedByLimits({ ...free, ...change }, 100n)?.code ?? null).toBe(code));
});

describe("reversalFor", () => {
  const granted = (calculator: Calculator, amountMinor: bigint | null, reversedMinor = 0n) => ({
    benefit: { kind: "credit" } as const, calculator, conditions: ALWAYS, qualificationConditions: ALWAYS, amountMinor, reversedMinor,
    isNewCustomer: true,
  });
  const left = (remainingMinor: bigint) => ({ currency: "USD", totalMinor: 10_000n, remainingMinor });

  it("takes all when nothing of the order stands or the order fell below the least", () => {
    expect(reversalFor(granted(share(1000), 1000n), left(0n))).toEqual({ whole: true });
    const least = { ...granted({ kind: "fixed", amount: "10" }, 1000n), qualificationConditions: { kind: "order_total", atLeast: "60" } as const };
    expect(reversalFor(least, left(5999n))).toEqual({ whole: true });
    expect(reversalFor(least, left(6000n))).toEqual({ whole: false, minor: 0n });
  });

  it("takes the same whole in any slices, and each slice once", () => {
    fc.assert(fc.property(fc.array(fc.bigInt(0n, 3_000n), { maxLength: 6 }), fc.integer({ min: 1, max: 10_000 }), (slices, bp) => {
      const amount = (10_000n * BigInt(bp)) / 10_000n;
      let [remaining, reversed] = [10_000n, 0n];
      for (const slice of slices) {
        remaining = remaining > slice ? remaining - slice : 0n;
        for (const repeat of [1, 2]) {
          const step = reversalFor(granted(share(bp), amount, reversed), left(remaining));
          const minor = step.whole ? amount - reversed : step.minor;
          if (repeat === 2 && !step.whole) expect(minor).toBe(0n);
          reversed += minor;
        }
        const stands = remaining === 0n ? 0n : (remaining * BigInt(bp)) / 10_000n;
        expect(reversed).toBe(amount - stands);
      }
    }));
  });
});
