import { type Action, causeOfAction } from "../facts/actions";
import type { ConditionFacts } from "../facts/conditions";
import {
  type AdvocateContext,
  asBought,
  factsOfAction,
  factsOfCause,
  type ReferralContext,
} from "../facts/known";
import type { Cause, FriendFacts, OrderFact } from "../facts/referrals";
import type { FriendTrigger } from "../kinds/trigger";
import { triggerKind } from "../kinds/triggers";
import type { Rule, RuleTrigger, Terms } from "../schema";
import { evaluate } from "./evaluate";

/**
 * What facts call for, as pure functions: which rule is due for which cause, on which facts.
 * Whether it is granted is decided in lib/rewards, by its conditions, worth, caps and budget. The
 * pipeline and the replay of changed terms use the same functions.
 */

/** A rule whose cause has come. With the rule and the person, `causeKey` is rewarded once. */
export type Due = {
  rule: Rule;
  causeKey: string;
  cause: { eventId: string | null; order: OrderFact | null; at: Date };
  /** As they are now: an order less its refunds. */
  facts: ConditionFacts;
};

export type ReferralDue = {
  /** Of the advocate's arm only: see `termsForArm`. */
  terms: Terms;
  referralId: string;
  facts: FriendFacts;
  context: ReferralContext;
  /** What qualified the referral, as long as it is qualified. */
  qualifiedBy: Cause | null;
  /** Whether this rule was rewarded for this cause before. */
  isKnown: (ruleId: string, causeKey: string) => boolean;
};

/**
 * Every rule about what the friend does whose cause has come: once per referral, or once per
 * purchase.
 */
export function dueOfReferral(input: ReferralDue): Due[] {
  const { terms, referralId, facts, context, isKnown } = input;
  return terms.rules.flatMap((rule) => {
    const trigger = triggerKind(rule.on.kind);
    if (trigger.of !== "friend") return [];
    return causesOf(trigger, rule, input).flatMap((cause): Due[] => {
      const causeKey = trigger.isPerOrder
        ? `order:${cause.order!.orderId}`
        : `referral:${referralId}`;
      if (isKnown(rule.id, causeKey) || cause.order?.remainingMinor === 0n) return [];
      const known = factsOfCause(terms, rule.side, facts, context, cause);
      return [{ rule, causeKey, cause, facts: known }];
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
  const meeting = causes.filter((cause) => {
    const known = factsOfCause(terms, side, facts, context, cause);
    return evaluate(conditions, asBought(known, cause.order)).holds;
  });
  return meeting.slice(...(trigger.take?.(on) ?? [0, 1]));
}

/**
 * The fact within the referral's window that qualifies it, or null while there is none. An order
 * counts as it was bought, so that it is the same one whether a refund is known already or comes
 * later; what the refund reverses is decided after that.
 */
export function qualifyingCause(
  terms: Pick<Terms, "qualification" | "currency">,
  facts: FriendFacts,
  context: ReferralContext,
): Cause | null {
  const { trigger } = terms.qualification;
  const kind = triggerKind(trigger.kind);
  if (kind.of !== "friend") return null;
  const meeting = kind
    .causes(trigger, facts, null)
    .filter((cause) => meetsQualification(terms, facts, context, cause, "as_bought"));
  return meeting.slice(...(kind.take?.(trigger) ?? [0, 1]))[0] ?? null;
}

/**
 * Whether a cause meets the conditions under which a referral qualifies: as it was bought, or as
 * its refunds left it.
 */
export function meetsQualification(
  terms: Pick<Terms, "qualification" | "currency">,
  facts: FriendFacts,
  context: ReferralContext,
  cause: Cause,
  how: "as_bought" | "as_left",
): boolean {
  const known = factsOfCause(terms, "advocate", facts, context, cause);
  return evaluate(
    terms.qualification.conditions,
    how === "as_bought" ? asBought(known, cause.order) : known,
  ).holds;
}

/**
 * Every rule that an action of an advocate calls for, under the terms of their arm that were in
 * effect then.
 */
export function dueOfAction(terms: Terms, action: Action, context: AdvocateContext): Due[] {
  const cause = causeOfAction(action);
  if (cause.at < context.joinedAt || cause.order?.remainingMinor === 0n) return [];
  return terms.rules.flatMap((rule): Due[] => {
    const trigger = triggerKind(rule.on.kind);
    const causeKey = trigger.of === "advocate" ? trigger.causeKey(rule.on, action) : null;
    if (causeKey === null) return [];
    return [{ rule, causeKey, cause, facts: factsOfAction(terms, action, context) }];
  });
}
