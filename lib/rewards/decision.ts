import { ALWAYS, type Fallback, type Rule, type Terms } from "@/lib/terms/schema";
import { leavesOf } from "@/lib/terms/rules/asked";
import type { ConditionFacts } from "@/lib/terms/facts/conditions";
import type { Verdict } from "@/lib/terms/kinds/conditions/verdict";
import { decideWithin, type Limits } from "./limits";
import { decideRule, type PointPrice, type Worth, worthOf } from "./rules";
import type { FrozenTerms } from "./schema";

/** What is given in the end: the rule's own benefit, or its smaller one. */
export type Chosen = Fallback & {
  worth: Worth;
  isFallback: boolean;
  heldUntil: Date;
  reasons: Verdict[];
};
export type GrantDecision = ({ granted: true } & Chosen) | { granted: false; reasons: Verdict[] };

/**
 * The whole decision on one due reward, with every reason: conditions and worth first, then the
 * room that limits leave, and where they leave none the rule's smaller benefit.
 * @param limits null where nothing limits the rule
 */
export function decideGrant(
  rule: Rule,
  facts: ConditionFacts,
  at: Date,
  price: PointPrice,
  limits: Limits | null,
): GrantDecision {
  const decision = decideRule(rule, facts, at, price);
  if (!decision.granted) return decision;
  const fallback = rule.fallback && worthOf(rule.fallback, facts, price);
  const fallbackCost = fallback && fallback.amount?.minor !== 0n ? fallback.costMinor : null;
  const within = limits
    ? decideWithin(limits, decision.worth.costMinor, fallbackCost)
    : { give: "benefit" as const, reasons: [] };
  const { heldUntil } = decision;
  const reasons = [...decision.reasons, ...within.reasons];
  if (within.give === "nothing") return { granted: false, reasons };
  if (within.give === "fallback")
    return {
      granted: true,
      ...rule.fallback!,
      worth: fallback!,
      isFallback: true,
      heldUntil,
      reasons,
    };
  return {
    granted: true,
    benefit: rule.benefit,
    calculator: rule.calculator,
    worth: decision.worth,
    isFallback: false,
    heldUntil,
    reasons,
  };
}

/**
 * Whether a rule depends on how many confirmed referrals there are: then they must not be counted
 * by two at once.
 */
export function countsConfirmed({ conditions, calculator, fallback }: Rule): boolean {
  return (
    leavesOf(conditions).some(
      (leaf) => leaf.kind === "count" && leaf.of === "confirmed_referrals",
    ) ||
    [calculator, fallback?.calculator].some(
      (one) => one?.kind === "tiered_by_count" && one.of === "confirmed_referrals",
    )
  );
}

/**
 * The facts with the number of confirmed referrals as it stands when the rule is decided; a
 * milestone keeps its own.
 */
export function withConfirmed(
  rule: Rule,
  facts: ConditionFacts,
  confirmedReferrals: number,
): ConditionFacts {
  if (!countsConfirmed(rule) || rule.on.kind === "milestone") return facts;
  return { ...facts, counts: { ...facts.counts, confirmed_referrals: confirmedReferrals } };
}

/** What a grant copies from its rule and its terms. */
export function freezeTerms(
  rule: Rule,
  terms: Pick<Terms, "currency" | "qualification">,
  chosen: Pick<Chosen, "benefit" | "calculator" | "isFallback">,
  price: PointPrice,
): FrozenTerms {
  const isMultiplied =
    chosen.benefit.kind === "points" &&
    price.multiplierBp !== undefined &&
    price.multiplierBp !== 10_000;
  return {
    currency: terms.currency,
    benefit: chosen.benefit,
    calculator: chosen.calculator,
    holdDays: rule.holdDays,
    conditions: rule.conditions,
    pointCostMilli: price.pointCostMilli,
    on: rule.on.kind,
    // What does not wait for the referral to be confirmed does not fall with it either.
    qualificationConditions: restsOnConfirmation(rule) ? terms.qualification.conditions : ALWAYS,
    ...(rule.expiry && { expiry: rule.expiry }),
    ...(isMultiplied && { multiplierBp: price.multiplierBp }),
    ...(chosen.isFallback && { fallback: true as const }),
  };
}

/** Whether a refund that undoes the confirmation of a referral takes this reward with it. */
function restsOnConfirmation({ on }: Rule): boolean {
  return on.kind === "qualified" || on.kind === "second_level";
}
