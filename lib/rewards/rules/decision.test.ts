import { describe, expect, it } from "vitest";
import { ALWAYS, type Calculator, type Condition, type Rule } from "@/lib/terms/schema";
import { type ConditionFacts, factsOf } from "@/lib/terms/facts/conditions";
import { addDays } from "@/lib/core/time";
import { decideRule, holdEnd } from "./decision";

const at = new Date("2026-05-01T00:00:00Z");
const facts = (orderMinor: bigint | null, more: Partial<ConditionFacts> = {}) =>
  factsOf({ currency: "USD", orderMinor, isNewCustomer: true, ...more });
const atCost = (pointCostMilli: number, multiplierBp?: number) => ({
  pointCostMilli,
  multiplierBp,
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

describe("decideRule", () => {
  it("holds from when it happened", () => {
    expect(decideRule(rule(), facts(null), { at }, atCost(0))).toMatchObject({
      granted: true,
      heldUntil: new Date("2026-05-15T00:00:00Z"),
    });
  });
  it("holds from the later of cause and receipt, and not at all without a hold", () => {
    const late = { at, recordedAt: addDays(at, 40) };
    const early = { at, recordedAt: addDays(at, -1) };
    expect(
      [late, early, { at }].flatMap((cause) => [holdEnd(30, cause), holdEnd(0, cause)]),
    ).toEqual([addDays(at, 70), at, addDays(at, 30), at, addDays(at, 30), at]);
  });

  it("refuses with every reason", () => {
    const conditions: Condition = {
      all: [{ kind: "order_total", atLeast: "50" }, { kind: "new_customer" }],
    };
    const decision = decideRule(
      rule({ conditions }),
      { ...facts(100n), isNewCustomer: false },
      { at },
      atCost(0),
    );
    expect(decision).toMatchObject({ granted: false });
    expect(decision.reasons.map(({ code }) => code)).toEqual([
      "order_too_small",
      "existing_customer",
    ]);
  });
  it("grants nothing that is worth nothing", () => {
    expect(
      decideRule(rule({ calculator: share(100) }), facts(50n), { at }, atCost(0)),
    ).toMatchObject({
      granted: false,
    });
  });
});
