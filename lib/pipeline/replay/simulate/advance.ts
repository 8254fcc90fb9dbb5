import type { Cause } from "@/lib/terms/facts/referrals";
import { courseOf, type ReferralFacts } from "@/lib/referrals/rules";
import { dueOfReferral } from "@/lib/terms/rules/due";
import { contextOf, factsOfReferral, grant, termsOf } from "./facts";
import type { Run, RunFriend } from "./state";

/** Brings rewards for milestones and the second level up to date after a referral has changed. */
export type SettleFriends = (friend: RunFriend) => void;

const OPEN: readonly RunFriend["state"][] = ["joined", "expired", "qualified"];

/** Advances a referral as far as what is known by now allows, as `advanceReferrals` does. */
export function advance(
  run: Run,
  friend: RunFriend,
  now: Date,
  settleFriends: SettleFriends,
): void {
  if (!OPEN.includes(friend.state)) return;
  const terms = termsOf(run, friend.advocateId);
  const facts = factsOfReferral(run, friend);
  const context = contextOf(run, friend, terms);
  const course = courseOf({
    terms,
    facts,
    context,
    earlier: earlierCause(friend, facts),
    now,
  });
  const { step, qualifies, qualifiedBy } = course;
  if (step && step.to !== "qualified") {
    friend.state = step.to;
    if (step.to === "rejected") return reverseRejected(run, friend, step.reason);
  }
  if (qualifies) {
    friend.state = "qualified";
    friend.qualifiedBy = { eventId: qualifies.eventId, at: qualifies.at };
    if (qualifiedBy) countQualified(run, friend, 1);
  }
  const due = dueOfReferral({
    terms,
    referralId: friend.referralId,
    facts,
    context: course.context,
    qualifiedBy,
    isKnown: (ruleId, causeKey) => run.granted.isKnown(ruleId, causeKey, friend.referralId),
  });
  const advocate = run.past.advocates.get(friend.advocateId);
  for (const one of due) {
    grant(run, terms, one, {
      customerId: one.rule.side === "friend" ? friend.friendId : advocate!.customerId,
      advocateId: friend.advocateId,
      referralId: friend.referralId,
    });
  }
  if (qualifies && !qualifiedBy) friend.state = "reversed";
  if (qualifies) settleFriends(friend);
}

function reverseRejected(run: Run, friend: RunFriend, reason: string): void {
  run.granted.reverseReferral(
    friend.referralId,
    reason === "existing_customer"
      ? "The friend was a customer before."
      : "The referral was rejected.",
  );
}

/** What qualified a referral that has qualified before. */
function earlierCause({ state, qualifiedBy }: RunFriend, facts: ReferralFacts): Cause | null {
  if (state !== "qualified" || !qualifiedBy) return null;
  const { eventId, at } = qualifiedBy;
  const order = facts.orders.find((candidate) => candidate.eventId === eventId) ?? null;
  const goal = facts.goals.find((candidate) => candidate.eventId === eventId);
  return { eventId, order, at, country: order?.country ?? goal?.country ?? null };
}

/** Counts a referral that has qualified, or, with -1, one that no longer does. */
export function countQualified({ qualified }: Run, { advocateId }: RunFriend, by: 1 | -1): void {
  qualified.set(advocateId, (qualified.get(advocateId) ?? 0) + by);
}
