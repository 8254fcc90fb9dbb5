import { givesPoints } from "@/lib/terms/rules/worth";
import { multiply } from "@/lib/loyalty/points/queries/points-multiplier";
import type { ReferralFacts } from "@/lib/referrals/rules";
import type { ReferralState } from "@/lib/referrals/schema";
import type { AdvocateContext, ReferralContext } from "@/lib/terms/facts/known";
import type { Due } from "@/lib/terms/rules/due";
import { factsOf } from "@/lib/terms/facts/conditions";
import { termsForArm } from "@/lib/terms/rules/applying";
import { armFor } from "@/lib/terms/rules/arms";
import { askedBy } from "@/lib/terms/rules/asked";
import type { Terms } from "@/lib/terms/schema";
import type { AdvocateRecord } from "../read/past";
import type { Run, RunFriend } from "./state";

/** What the terms may ask about a referral at this point of the run. */
export function factsOfReferral(run: Run, friend: RunFriend): ReferralFacts {
  const { startedAt, expiresAt, joinedAt, joinEventId, firstOrderAt, isApproved, goals } = friend;
  return {
    state: friend.state as ReferralState,
    joinEventId,
    startedAt,
    joinedAt,
    expiresAt,
    goals,
    isApproved,
    orders: (run.ordersOf.get(friend.friendId) ?? []).map(({ fact }) => fact),
    hasEarlierOrder: firstOrderAt !== null && firstOrderAt < startedAt,
  };
}

/** The people of a referral and what else conditions may ask of it. */
export function contextOf(
  { past, qualified }: Run,
  friend: RunFriend,
  terms: Terms,
): ReferralContext {
  const advocate = past.advocates.get(friend.advocateId);
  return {
    timeZone: past.timeZone,
    advocate: (advocate && past.people.get(advocate.customerId)) ?? null,
    friend: past.people.get(friend.friendId) ?? null,
    channel: friend.countedChannel,
    clickedAt: friend.countedClick,
    qualifiedReferrals: askedBy(terms).counts.has("confirmed_referrals")
      ? (qualified.get(friend.advocateId) ?? 0)
      : null,
  };
}

const armedTerms = new WeakMap<Run, Map<string | null, Terms>>();

/**
 * The terms for an advocate's arm of the experiment. One object for each arm: others remember by
 * the terms what they derive from them.
 */
export function termsOf(run: Run, advocateId: string): Terms {
  const { experiment } = run.terms;
  const advocate = run.past.advocates.get(advocateId);
  const arm =
    !experiment || !advocate
      ? null
      : advocate.experiment === experiment.id && advocate.arm !== null
        ? advocate.arm
        : armFor(
            experiment,
            advocateId,
            factsOf({
              currency: run.terms.currency,
              timeZone: run.past.timeZone,
              advocate: run.past.people.get(advocate.customerId) ?? null,
            }),
          );
  const byArm = armedTerms.get(run) ?? new Map<string | null, Terms>();
  armedTerms.set(run, byArm);
  const found = byArm.get(arm) ?? termsForArm(run.terms, arm);
  byArm.set(arm, found);
  return found;
}

/** The same for an advocate's own actions. */
export function advocateContext(
  { past, qualified }: Run,
  { advocateId, customerId, joinedAt }: AdvocateRecord,
): AdvocateContext {
  return {
    timeZone: past.timeZone,
    joinedAt,
    advocate: past.people.get(customerId) ?? null,
    qualifiedReferrals: qualified.get(advocateId) ?? 0,
  };
}

/** Grants a reward in this run, with the point multipliers of its time. @returns whether it did */
export function grant(
  run: Run,
  terms: Terms,
  due: Due,
  to: { customerId: string; advocateId: string; referralId: string | null },
): boolean {
  const { past } = run;
  const multiplierBp = givesPoints(due.rule)
    ? multiply(past.tiers.get(to.customerId) ?? null, past.campaigns, past.programId, due.cause.at)
        .multiplierBp
    : undefined;
  return run.granted.grant(due, terms, to, {
    price: { pointCostMilli: past.pointCostMilli, multiplierBp },
    qualifiedFriends: run.qualified.get(to.advocateId) ?? 0,
  });
}
