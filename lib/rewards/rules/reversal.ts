import type { ConditionFacts, LineFact } from "@/lib/terms/facts/conditions";
import { evaluate } from "@/lib/terms/rules/evaluate";
import { worthOf } from "@/lib/terms/rules/worth";
import type { Benefit, Calculator, Condition } from "@/lib/terms/schema";

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
 * @returns `whole` when nothing of the reward remains, else the amount to reverse now (0 for none)
 */
export function reversalFor(
  reward: GrantedReward,
  left: OrderLeft,
): { whole: true } | { whole: false; minor: bigint } {
  const facts = factsLeft(reward.facts, left);
  const remains =
    left.remainingMinor > 0n &&
    evaluate(reward.conditions, facts).holds &&
    evaluate(reward.qualificationConditions, facts).holds;
  if (!remains) return { whole: true };
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

/** The part of a cost that is reversed when `recovered` of `whole` is; all of it for the whole. */
export function shareOfCost(costMinor: bigint, recovered: bigint, whole: bigint): bigint {
  return whole === 0n ? 0n : (costMinor * recovered) / whole;
}
