import { addDays } from "@/lib/core/time";
import type { ReferralContext } from "@/lib/terms/facts/known";
import type { Cause, FriendFacts } from "@/lib/terms/facts/referrals";
import { meetsQualification, qualifyingCause } from "@/lib/terms/rules/due";
import type { Terms } from "@/lib/terms/schema";
import type { ReferralReason, ReferralState } from "./schema";

/** A referral, and what its friend did since it began. */
export type ReferralFacts = FriendFacts & {
  state: ReferralState;
  /** A member approved it: conditions on who the friend is are settled. */
  isApproved: boolean;
};

export type Step =
  | { to: "qualified"; reason: ReferralReason; cause: Cause }
  | { to: "rejected" | "expired"; reason: ReferralReason; at: Date };

/**
 * The next step of a referral that has joined, from facts alone: the same facts give the same step
 * in whatever order they arrived. One that expired goes on when a fact from within its window comes
 * in late, and one that qualified but is not rewarded yet is rejected when it comes out that the
 * friend was a customer before.
 * @param now the merchant's time
 */
export function nextStep(
  facts: ReferralFacts,
  terms: Pick<Terms, "qualification" | "newCustomersOnly" | "currency">,
  context: ReferralContext,
  now: Date,
): Step | null {
  const isOpen = facts.state === "joined" || facts.state === "expired";
  if (!isOpen && facts.state !== "qualified") return null;
  if (terms.newCustomersOnly && facts.hasEarlierOrder && !facts.isApproved)
    return { to: "rejected", reason: "existing_customer", at: now };
  if (!isOpen) return null;
  const cause = qualifyingCause(terms, facts, context);
  if (cause) return { to: "qualified", reason: terms.qualification.trigger.kind, cause };
  return facts.state === "joined" && now > facts.expiresAt
    ? { to: "expired", reason: "window_passed", at: facts.expiresAt }
    : null;
}

/** How far the facts carry a referral. */
export type Course = {
  step: Step | null;
  /** What qualifies it now; null where nothing does, or something did before. */
  qualifies: Cause | null;
  /** What qualified it, now or before, as long as refunds leave that in place. */
  qualifiedBy: Cause | null;
  /** As its rewards are to see it: counting this referral, once it is qualified. */
  context: ReferralContext;
};

/**
 * How far the facts on record carry a referral that has joined. One that is qualified by an order
 * which a refund had undone before it counted `qualifies`, but has no `qualifiedBy`.
 * @param earlier what qualified it before, as the facts have it now
 * @param now the merchant's time
 */
export function courseOf({
  terms,
  facts,
  context,
  earlier,
  now,
}: {
  terms: Terms;
  facts: ReferralFacts;
  context: ReferralContext;
  earlier: Cause | null;
  now: Date;
}): Course {
  const wasQualified = facts.state === "qualified" || facts.state === "rewarded";
  const counted =
    context.qualifiedReferrals === null || wasQualified
      ? context
      : { ...context, qualifiedReferrals: context.qualifiedReferrals + 1 };
  const step = nextStep(facts, terms, counted, now);
  const qualifies = step?.to === "qualified" ? step.cause : null;
  const cause = qualifies ?? earlier;
  const remains =
    cause !== null &&
    (cause.order === null ||
      (cause.order.remainingMinor > 0n &&
        meetsQualification(terms, facts, counted, cause, "as_left")));
  return {
    step,
    qualifies,
    qualifiedBy: remains ? cause : null,
    context: wasQualified || qualifies ? counted : context,
  };
}

/** When a referral that starts now expires. @param windowDays from the start to the conversion */
export function expiryOf(startedAt: Date, windowDays: number): Date {
  return addDays(startedAt, windowDays);
}

/** The states from which a member may reject, and into which an undo of that leads back. */
export function mayReject(state: ReferralState): boolean {
  return state === "joined" || state === "qualified" || state === "rewarded";
}
