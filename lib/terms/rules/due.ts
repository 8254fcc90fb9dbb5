import { type Action, causeOfAction } from "../facts/actions";
import type { CauseRef } from "../facts/causes";
import type { ConditionFacts } from "../facts/conditions";
import {
  type AdvocateContext,
  factsOfAction,
  factsOfCause,
  type ReferralContext,
} from "../facts/known";
import { type Cause, type FriendFacts, stands } from "../facts/referrals";
import type { FriendTrigger } from "../kinds/trigger";
import { triggerKind } from "../kinds/triggers";
import type { Rule, RuleTrigger, Terms } from "../schema";
import { evaluate } from "./evaluate";

/**
 * What facts call for, as pure functions: which rule is due for which cause, on which facts. It is
 * worked out from the facts that stand, the same in whatever order they arrived. Whether it is
 * granted is decided in lib/rewards, by its conditions, worth, caps and budget. The pipeline and
 * the replay of changed terms use the same functions.
 */

/** A rule whose cause has come. */
export type Due = {
  rule: Rule;
  /** What it is for: with the rule and the person, it is granted once. */
  causeRef: CauseRef;
  cause: Pick<Cause, "order" | "at" | "recordedAt"> & { eventId: string | null };
  /** As they are now: an order less its refunds. */
  facts: ConditionFacts;
};

export type ReferralDue = {
  /** Of the advocate's arm only: see `termsForArm`. */
  terms: Terms;
  referralId: string;
  facts: FriendFacts;
  context: ReferralContext;
  /** What qualifies the referral; null while nothing does. */
  qualifiedBy: Cause | null;
};

/**
 * Every rule about what the friend does whose cause has come: once per referral, or once per
 * purchase.
 */
export function dueOfReferral(input: ReferralDue): Due[] {
  const { terms, referralId, facts, context } = input;
  return terms.rules.flatMap((rule) => {
    const trigger = triggerKind(rule.on.kind);
    if (trigger.of !== "friend") return [];
    return causesOf(trigger, rule, input).map((cause): Due => {
      const causeRef: CauseRef = trigger.isPerOrder
        ? { kind: "order", ref: cause.order!.orderId }
        : { kind: "referral", ref: referralId };
      return {
        rule,
        causeRef,
        cause,
        facts: factsOfCause(terms, rule.side, facts, context, cause),
      };
    });
  });
}

function causesOf(
  trigger: FriendTrigger<RuleTrigger>,
  { on, conditions, side }: Rule,
  { terms, facts, context, qualifiedBy }: ReferralDue,
): Cause[] {
  const causes = trigger.causes(on, facts, qualifiedBy);
  // The conditions of a rule on the qualification are decided on, not looked for.
  if (trigger.isQualification) return causes;
  const meeting = causes.filter(
    (cause) => evaluate(conditions, factsOfCause(terms, side, facts, context, cause)).holds,
  );
  return meeting.slice(...(trigger.take?.(on) ?? [0, 1]));
}

/**
 * The fact within the referral's window that qualifies it, or null while there is none: the first
 * that meets the conditions as its refunds have left it.
 */
export function qualifyingCause(
  terms: Pick<Terms, "qualification" | "currency">,
  facts: FriendFacts,
  context: ReferralContext,
): Cause | null {
  const { trigger, conditions } = terms.qualification;
  const kind = triggerKind(trigger.kind);
  if (kind.of !== "friend") return null;
  const meeting = kind
    .causes(trigger, facts, null)
    .filter(
      (cause) => evaluate(conditions, factsOfCause(terms, "advocate", facts, context, cause)).holds,
    );
  return meeting.slice(...(kind.take?.(trigger) ?? [0, 1]))[0] ?? null;
}

/**
 * Every rule that an action of an advocate calls for, under the terms of their arm that were in
 * effect then.
 */
export function dueOfAction(terms: Terms, action: Action, context: AdvocateContext): Due[] {
  const cause = causeOfAction(action);
  if (cause.at < context.joinedAt || (cause.order && !stands(cause.order))) return [];
  return terms.rules.flatMap((rule): Due[] => {
    const trigger = triggerKind(rule.on.kind);
    const causeRef = trigger.of === "advocate" ? trigger.causeRef(rule.on, action) : null;
    if (causeRef === null) return [];
    return [{ rule, causeRef, cause, facts: factsOfAction(terms, action, context) }];
  });
}
