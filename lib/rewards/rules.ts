import {
  type Asset,
  currencyAsset,
  costOfPoints,
  type Money,
  parseMoney,
  POINTS,
  shareOf,
} from "@/lib/core/money";
import { addDays } from "@/lib/core/time";
import {
  type Benefit,
  type Calculator,
  type Condition,
  hasAmount,
  type Rule,
} from "@/lib/terms/schema";
import { type ConditionFacts, type LineFact } from "@/lib/terms/facts/conditions";
import { evaluate } from "@/lib/terms/rules/evaluate";
import { type Verdict } from "@/lib/terms/kinds/conditions/verdict";

/**
 * What a rule gives when its conditions hold: the amount (null for what is not an amount) and what
 * it costs.
 */
export type Worth = { amount: Money | null; costMinor: bigint };

/**
 * What points are worth to the merchant, and how many more of them there are for this person now.
 */
export type PointPrice = {
  /** What a point costs, in thousandths of a minor unit. */
  pointCostMilli: number;
  /** 10,000 is once, 20,000 twice; once unless told. Only points are multiplied. */
  multiplierBp?: number | undefined;
};

export type RuleDecision =
  | { granted: true; worth: Worth; heldUntil: Date; reasons: Verdict[] }
  | { granted: false; reasons: Verdict[] };

/**
 * Decides one rule for one cause; limits are another question (`decideWithin`).
 * @param at when the cause happened; the hold counts from there
 */
export function decideRule(
  rule: Rule,
  facts: ConditionFacts,
  at: Date,
  price: PointPrice,
): RuleDecision {
  const { holds, reasons } = evaluate(rule.conditions, facts);
  if (!holds) return { granted: false, reasons };
  const worth = worthOf(rule, facts, price);
  if (worth.amount !== null && worth.amount.minor === 0n) {
    return {
      granted: false,
      reasons: [
        ...reasons,
        { holds: false, code: "worth_nothing", message: "The reward would be worth nothing." },
      ],
    };
  }
  return { granted: true, worth, heldUntil: addDays(at, rule.holdDays), reasons };
}

type Given = { benefit: Benefit; calculator: Calculator };
type WorthFacts = Pick<ConditionFacts, "currency" | "orderMinor" | "lines" | "counts">;

/** The worth of a benefit. All fractions round down: a program never pays more than it promised. */
export function worthOf(
  { benefit, calculator }: Given,
  facts: WorthFacts,
  price: PointPrice,
): Worth {
  const currency = currencyAsset(facts.currency);
  if (!hasAmount(benefit)) {
    return {
      amount: null,
      costMinor: "unitCost" in benefit ? parseMoney(benefit.unitCost, currency).minor : 0n,
    };
  }
  const asset: Asset = benefit.kind === "points" ? POINTS : currency;
  const once = calculate(calculator, asset, facts);
  const minor =
    benefit.kind === "points" ? shareOf(once, price.multiplierBp ?? 10_000, "down") : once;
  return { amount: { minor, asset }, costMinor: costOf({ minor, asset }, price.pointCostMilli) };
}

/**
 * What an amount costs the merchant in minor units of its currency; points at their unit cost,
 * rounded up.
 */
export function costOf(amount: Money, pointCostMilli: number): bigint {
  return amount.asset === POINTS ? costOfPoints(amount.minor, pointCostMilli) : amount.minor;
}

function calculate(calculator: Calculator, asset: Asset, facts: WorthFacts): bigint {
  const inAsset = (text: string) => parseMoney(text, asset).minor;
  const upTo = (minor: bigint, most: string | null) =>
    most === null ? minor : least(minor, inAsset(most));
  switch (calculator.kind) {
    case "none":
      return 0n;
    case "fixed":
      return inAsset(calculator.amount);
    case "share_of_order": {
      const base = baseOf(calculator, facts);
      if (base === 0n) return 0n;
      const share = shareOf(base, calculator.shareBp, "down");
      const floor = calculator.atLeast === undefined ? 0n : inAsset(calculator.atLeast);
      return upTo(share > floor ? share : floor, calculator.atMost);
    }
    case "tiered_by_count": {
      const count = facts.counts[calculator.of] ?? 0;
      const step = calculator.steps.findLast(({ from }) => from <= count);
      return step ? inAsset(step.amount) : 0n;
    }
    case "tiered_by_amount": {
      const currency = currencyAsset(facts.currency);
      const step = calculator.steps.findLast(
        ({ from }) => parseMoney(from, currency).minor <= (facts.orderMinor ?? 0n),
      );
      return step && facts.orderMinor ? inAsset(step.amount) : 0n;
    }
    case "per_unit": {
      const units =
        baseOf(calculator, facts) / parseMoney(calculator.per, currencyAsset(facts.currency)).minor;
      return upTo(units * inAsset(calculator.amount), calculator.atMost);
    }
  }
}

type Lines = { skus?: string[] | undefined; categories?: string[] | undefined };

/** What a share is taken of: the order, or its matching lines. */
function baseOf(
  { lines: wanted }: { lines?: Lines | undefined },
  { orderMinor, lines }: WorthFacts,
): bigint {
  if (!wanted) return orderMinor ?? 0n;
  return (lines ?? [])
    .filter((line) => matches(wanted, line))
    .reduce((sum, { minor }) => sum + minor, 0n);
}

function matches({ skus, categories }: Lines, { sku, category }: LineFact): boolean {
  const isIn = (names: string[] | undefined, name: string) =>
    names?.some((one) => one.toLowerCase() === name.toLowerCase()) ?? false;
  return isIn(skus, sku) || (category !== null && isIn(categories, category));
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

/** A grant as its reversal sees it. Amounts in minor units. */
export type GrantedReward = {
  benefit: Benefit;
  calculator: Calculator;
  conditions: Condition;
  qualificationConditions: Condition;
  multiplierBp?: number | undefined;
  amountMinor: bigint | null;
  reversedMinor: bigint;
  /** As they were when it was granted: a refund changes what was bought, and nothing else. */
  facts: ConditionFacts;
};

/** An order as its refunds have left it. Lines that came back whole are not among `lines`. */
export type OrderLeft = { remainingMinor: bigint; lines: readonly LineFact[] };

/**
 * How much of a grant what is left of its order no longer carries: the frozen terms are worked out
 * again for the order less its refunds. Depends on the order's state alone, so slices give the same
 * whole in any order, and each counts once.
 * @returns `whole` when nothing of the reward stands, else the amount to call back now (0 for none)
 */
export function reversalFor(
  reward: GrantedReward,
  left: OrderLeft,
): { whole: true } | { whole: false; minor: bigint } {
  const facts = factsLeft(reward.facts, left);
  const stands =
    left.remainingMinor > 0n &&
    evaluate(reward.conditions, facts).holds &&
    evaluate(reward.qualificationConditions, facts).holds;
  if (!stands) return { whole: true };
  if (reward.amountMinor === null) return { whole: false, minor: 0n };
  const worth =
    worthOf(reward, facts, { pointCostMilli: 0, multiplierBp: reward.multiplierBp }).amount
      ?.minor ?? 0n;
  if (worth === 0n) return { whole: true };
  const target = reward.amountMinor - worth;
  return {
    whole: false,
    minor: target > reward.reversedMinor ? target - reward.reversedMinor : 0n,
  };
}

/**
 * The facts of a grant with what is left of its order; lines that nobody asked for stay unknown.
 */
export function factsLeft(facts: ConditionFacts, left: OrderLeft): ConditionFacts {
  return {
    ...facts,
    orderMinor: left.remainingMinor,
    lines: facts.lines === null ? null : left.lines,
  };
}

/** The part of a cost that comes back when `recovered` of `whole` does; all of it for the whole. */
export function shareOfCost(costMinor: bigint, recovered: bigint, whole: bigint): bigint {
  return whole === 0n ? 0n : (costMinor * recovered) / whole;
}
