import { addDays, DAY_MS } from "@/lib/core/time";
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
  /** It is proven that the friend accepted; else the advocate earns nothing by it yet. */
  isProven: boolean;
  /** While it is not, its friend's own rewards wait too: the day's were used up. */
  isHeldBack: boolean;
  /** What another referral of the friend in the program makes of it. */
  hindrance: Hindrance | null;
};

/**
 * `invited_before`: an earlier referral keeps the friend. `gave_way`: it is not proven, and one
 * that is takes the friend. `waits`: it is not proven, nor is an earlier one that has their
 * rewards.
 */
export type Hindrance = "invited_before" | "gave_way" | "waits";

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
  /** Whose rules are asked: those of a rejected referral earn nothing. */
  earns: "both" | "friend" | "nobody";
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
  const { terms, facts, context, now, at } = input;
  const wasRejected = facts.state === "rejected";
  if (wasRejected && !mayReopen(facts.reason)) return closed(null);
  const refusal = refusalOf(terms, facts);
  if (refusal !== null)
    return closed(
      facts.reason === refusal ? null : { to: "rejected", reason: refusal, at, eventId: null },
    );
  const counted = countingThis(facts, context);
  const cause = qualifyingCause(terms, facts, counted);
  if (!facts.isProven)
    return {
      step: stepTo(input, now > facts.expiresAt ? "expired" : "joined"),
      qualifiedBy: cause,
      earns: earningOf(facts),
    };
  const step = cause ? qualifyingStep(terms, facts, cause) : unqualifiedStep(input, counted);
  return { step, qualifiedBy: cause, earns: earningOf(facts) };
}

/** Who earns by a referral that is not rejected. */
export function earningOf({
  isProven,
  isHeldBack,
  hindrance,
}: Pick<ReferralFacts, "isProven" | "isHeldBack" | "hindrance">): Course["earns"] {
  if (isProven) return "both";
  return hindrance === null && !isHeldBack ? "friend" : "nobody";
}

/** Terms with the rules for those who earn by a referral. */
export function earning(terms: Terms, earns: Course["earns"]): Terms {
  if (earns === "both") return terms;
  return { ...terms, rules: terms.rules.filter(({ side }) => side === earns) };
}

/** Why a referral earns nothing, whatever its friend buys. A member's approval settles it. */
function refusalOf(
  { newCustomersOnly }: CourseInput["terms"],
  { hasEarlierOrder, hindrance, isApproved }: ReferralFacts,
): ReferralReason | null {
  if (isApproved) return null;
  if (newCustomersOnly && hasEarlierOrder) return "existing_customer";
  return hindrance === "waits" ? null : hindrance;
}

function closed(step: Step | null): Course {
  return { step, qualifiedBy: null, earns: "nobody" };
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
function unqualifiedStep(input: CourseInput, counted: ReferralContext): Step | null {
  const { terms, facts, now } = input;
  const isReversed = qualifyingCause(terms, beforeRefunds(facts), counted) !== null;
  return stepTo(input, isReversed ? "reversed" : now > facts.expiresAt ? "expired" : "joined");
}

/** The step to where nothing qualifies it; null where it is there. */
function stepTo({ facts, at }: CourseInput, to: "reversed" | "expired" | "joined"): Step | null {
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

/** How many claims of a day had their friends' own rewards shown at once. */
export type ClaimsOfDay = { ofProgram: number; ofAdvocate: number };

/**
 * How many claims a day are shown what the friend gets before it is proven that they accepted:
 * whoever types invented addresses into an invitation sees a coupon for each.
 */
export const MOST_CLAIMS_A_DAY: ClaimsOfDay = { ofProgram: 300, ofAdvocate: 30 };

/** Whether what the friend gets by one more claim waits until it is proven, too. */
export function isHeldBack({ ofProgram, ofAdvocate }: ClaimsOfDay): boolean {
  return ofProgram >= MOST_CLAIMS_A_DAY.ofProgram || ofAdvocate >= MOST_CLAIMS_A_DAY.ofAdvocate;
}

/** What an advocate may be reminded of. */
export type Nudge =
  | { kind: "tier"; tier: string }
  | { kind: "waiting"; name: string | null; days: number }
  | { kind: "share" };

export type NudgeFacts = {
  /** Whether they ever shared their link, or anybody came by it. */
  shared: boolean;
  /** The newest first. */
  friends: readonly {
    name: string | null;
    state: string;
    underReview: boolean;
    joinedAt: Date | null;
    expiresAt: Date;
  }[];
  /** The tier they can reach by friends, and how many are missing. */
  nextTier: { name: string; friends: number } | null;
  now: Date;
};

/** A friend is left in peace for so long after they accepted. */
const PATIENCE_DAYS = 3;

/**
 * The one reminder that fits the moment best, or none: one friend short of a tier, then a friend
 * who accepted and waits, then nothing shared yet. Pure.
 */
export function nudgeOf({ shared, friends, nextTier, now }: NudgeFacts): Nudge | null {
  if (nextTier?.friends === 1) return { kind: "tier", tier: nextTier.name };
  const daysSince = (at: Date) => Math.floor((now.getTime() - at.getTime()) / DAY_MS);
  const waiting = friends.find(
    ({ state, underReview, joinedAt, expiresAt }) =>
      state === "joined" &&
      !underReview &&
      expiresAt > now &&
      joinedAt !== null &&
      daysSince(joinedAt) >= PATIENCE_DAYS,
  );
  if (waiting) return { kind: "waiting", name: waiting.name, days: daysSince(waiting.joinedAt!) };
  return shared || friends.length > 0 ? null : { kind: "share" };
}
