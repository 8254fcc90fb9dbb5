import { addDays } from "@/lib/core/time";
import type { ReferralContext } from "@/lib/terms/facts/known";
import { beforeRefunds, type Cause, type FriendFacts } from "@/lib/terms/facts/referrals";
import { qualifyingCause } from "@/lib/terms/rules/due";
import type { Terms } from "@/lib/terms/schema";
import { mayReopen, type ReferralReason, type ReferralState } from "./schema";

/** A referral, and what its friend did since it began. */
export type ReferralFacts = FriendFacts & {
  state: ReferralState;
  reason: string;
  /** The event that qualified it last; null where none did. */
  qualifiedByEventId: string | null;
  /** When that was, as was known then: an order may turn out to be older. */
  qualifiedByAt: Date | null;
  /** A member approved it: conditions on who the friend is are settled. */
  isApproved: boolean;
  /** An earlier referral in the program keeps the friend. */
  isTaken: boolean;
};

/** The next step of a referral, and the event behind it where one qualifies it. */
export type Step = {
  to: Exclude<ReferralState, "clicked" | "rewarded">;
  reason: ReferralReason;
  at: Date;
  eventId: string | null;
};

/** Where the facts take a referral. */
export type Course = {
  step: Step | null;
  /** What qualifies it, once the step is taken; null where nothing does. */
  qualifiedBy: Cause | null;
  /** Whether its rules are asked: those of a rejected referral earn nothing. */
  isOpen: boolean;
};

type CourseInput = {
  terms: Pick<Terms, "qualification" | "newCustomersOnly" | "currency">;
  facts: ReferralFacts;
  context: ReferralContext;
  /** The merchant's time. */
  now: Date;
  /** When the fact happened that made it look again: dates what is undone. */
  at: Date;
};

/**
 * Where the facts that stand take a referral: the same facts take it to the same place in whatever
 * order they arrived. It may qualify by another purchase than before, no longer qualify, or turn
 * out to be of somebody who was a customer already, or was not after all. What a member or a sign
 * of fraud rejected stays rejected.
 */
export function courseOf(input: CourseInput): Course {
  const { terms, facts, context, at } = input;
  const wasRejected = facts.state === "rejected";
  if (wasRejected && !mayReopen(facts.reason)) return closed(null);
  const refusal = refusalOf(terms, facts);
  if (refusal !== null)
    return closed(
      facts.reason === refusal ? null : { to: "rejected", reason: refusal, at, eventId: null },
    );
  const counted = countingThis(facts, context);
  const cause = qualifyingCause(terms, facts, counted);
  const step = cause ? qualifyingStep(terms, facts, cause) : unqualifiedStep(input, counted);
  return { step, qualifiedBy: cause, isOpen: true };
}

/** Why a referral earns nothing, whatever its friend buys. A member's approval settles it. */
function refusalOf(
  { newCustomersOnly }: CourseInput["terms"],
  { hasEarlierOrder, isTaken, isApproved }: ReferralFacts,
): ReferralReason | null {
  if (isApproved) return null;
  if (newCustomersOnly && hasEarlierOrder) return "existing_customer";
  return isTaken ? "invited_before" : null;
}

function closed(step: Step | null): Course {
  return { step, qualifiedBy: null, isOpen: false };
}

/** The number of the advocate's qualified referrals with this one counted, qualified or not. */
function countingThis(facts: ReferralFacts, context: ReferralContext): ReferralContext {
  if (context.qualifiedReferrals === null || isQualified(facts.state)) return context;
  return { ...context, qualifiedReferrals: context.qualifiedReferrals + 1 };
}

/** Whether a referral in this state counts as qualified. */
export function isQualified(state: ReferralState): boolean {
  return state === "qualified" || state === "rewarded";
}

function qualifyingStep(
  { qualification }: CourseInput["terms"],
  { state, qualifiedByEventId, qualifiedByAt }: ReferralFacts,
  { at, eventId }: Cause,
): Step | null {
  const isSame = qualifiedByEventId === eventId && qualifiedByAt?.getTime() === at.getTime();
  if (isQualified(state) && isSame) return null;
  return { to: "qualified", reason: qualification.trigger.kind, at, eventId };
}

/** Reversed where refunds are all that is in the way; else it waits, or its time is over. */
function unqualifiedStep(
  { terms, facts, now, at }: CourseInput,
  counted: ReferralContext,
): Step | null {
  const to = qualifyingCause(terms, beforeRefunds(facts), counted)
    ? "reversed"
    : now > facts.expiresAt
      ? "expired"
      : "joined";
  if (to === facts.state) return null;
  if (to === "reversed") return { to, reason: "refunded", at, eventId: null };
  if (to === "expired") return { to, reason: "window_passed", at: facts.expiresAt, eventId: null };
  return { to, reason: "nothing_qualifies", at, eventId: null };
}

/** When a referral that starts now expires. @param windowDays from the start to the conversion */
export function expiryOf(startedAt: Date, windowDays: number): Date {
  return addDays(startedAt, windowDays);
}

/** The states from which a member may reject, and into which an undo of that leads back. */
export function mayReject(state: ReferralState): boolean {
  return state === "joined" || state === "qualified" || state === "rewarded";
}
