import { addDays } from "@/lib/core/time";
import type { ConditionFacts } from "@/lib/terms/facts/conditions";
import type { Cause } from "@/lib/terms/facts/referrals";
import { isInPoints } from "@/lib/terms/kinds/benefits";
import type { Verdict } from "@/lib/terms/kinds/condition";
import { restsOnQualification } from "@/lib/terms/rules/applying";
import { evaluate } from "@/lib/terms/rules/evaluate";
import { type PointPrice, type Worth, worthOf } from "@/lib/terms/rules/worth";
import { ALWAYS, type Fallback, type Rule, type Terms } from "@/lib/terms/schema";
import type { FrozenTerms } from "../schema";
import { decideWithin, type Limits } from "./limits";

type RuleDecision =
  | { granted: true; worth: Worth; heldUntil: Date; reasons: Verdict[] }
  | { granted: false; reasons: Verdict[] };

/**
 * When the hold of a reward ends: counted from when its cause happened, or from when we learned of
 * it, if that was later; else a fact that comes late, or is dated back, would get round it. Without
 * a hold it is released as of its cause.
 */
export function holdEnd(
  holdDays: number,
  { at, recordedAt }: Pick<Cause, "at" | "recordedAt">,
): Date {
  const isLate = holdDays > 0 && recordedAt !== undefined && recordedAt > at;
  return addDays(isLate ? recordedAt : at, holdDays);
}

/** Decides one rule for one cause; limits are another question (`decideWithin`). */
export function decideRule(
  rule: Rule,
  facts: ConditionFacts,
  cause: Pick<Cause, "at" | "recordedAt">,
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
  return { granted: true, worth, heldUntil: holdEnd(rule.holdDays, cause), reasons };
}

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
  cause: Pick<Cause, "at" | "recordedAt">,
  price: PointPrice,
  limits: Limits | null,
): GrantDecision {
  const decision = decideRule(rule, facts, cause, price);
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

/** What a grant copies from its rule and its terms. */
export function freezeTerms(
  rule: Rule,
  terms: Pick<Terms, "currency" | "qualification">,
  chosen: Pick<Chosen, "benefit" | "calculator" | "isFallback">,
  price: PointPrice,
): FrozenTerms {
  const isMultiplied =
    isInPoints(chosen.benefit) && price.multiplierBp !== undefined && price.multiplierBp !== 10_000;
  return {
    currency: terms.currency,
    benefit: chosen.benefit,
    calculator: chosen.calculator,
    holdDays: rule.holdDays,
    conditions: rule.conditions,
    pointCostMilli: price.pointCostMilli,
    on: rule.on.kind,
    // What does not wait for the referral to qualify does not fall with it either.
    qualificationConditions: restsOnQualification(rule) ? terms.qualification.conditions : ALWAYS,
    ...(rule.expiry && { expiry: rule.expiry }),
    ...(isMultiplied && {
      multiplierBp: price.multiplierBp,
      ...(price.factors && { factors: [...price.factors] }),
    }),
    ...(chosen.isFallback && { fallback: true as const }),
  };
}
