import { armFor } from "@/lib/terms/rules/arms";
import { termsForArm } from "@/lib/terms/rules/applying";
import { askedBy } from "@/lib/terms/rules/asked";
import { factsOf } from "@/lib/terms/facts/conditions";
import type { Action } from "@/lib/terms/facts/actions";
import type { ReferralState } from "@/lib/referrals/schema";
import type { Terms } from "@/lib/terms/schema";
import type { AdvocateWorld, FriendWorld, ReferralWorld } from "../../decide/world";
import type { AdvocateRecord } from "../read/past";
import { isWithin, type Run, type RunFriend } from "./state";

/** What the pipeline's decisions may ask about a friend at this point of a run. */
export function friendWorld(run: Run, friend: RunFriend): FriendWorld {
  return {
    friendId: friend.friendId,
    orders: (run.ordersOf.get(friend.friendId) ?? []).map(({ fact }) => fact),
    goals: friend.goals,
    firstOrderAt: friend.firstOrderAt,
    referrals: [referralWorld(run, friend)],
  };
}

function referralWorld(run: Run, friend: RunFriend): ReferralWorld {
  const { past, qualified, granted } = run;
  const advocate = past.advocates.get(friend.advocateId);
  const terms = termsOf(run, friend.advocateId);
  const counts = askedBy(terms).counts.has("confirmed_referrals");
  return {
    id: friend.referralId,
    programId: past.programId,
    programVersion: 0,
    advocateId: friend.advocateId,
    friendId: friend.friendId,
    state: friend.state as ReferralState,
    reason: friend.reason,
    clickedAt: friend.countedClick,
    joinedAt: friend.joinedAt,
    expiresAt: friend.expiresAt,
    provenAt: friend.provenAt,
    heldBack: friend.heldBack,
    reviewAt: friend.underReview ? friend.joinedAt : null,
    couponWaits: friend.underReview,
    approvedAt: friend.isApproved ? friend.joinedAt : null,
    joinEventId: friend.joinEventId,
    channel: friend.countedChannel,
    arm: null,
    firstOrderAt: friend.firstOrderAt,
    advocateCustomerId: advocate?.customerId ?? "",
    qualifiedCount: counts ? (qualified.get(friend.advocateId) ?? 0) : 0,
    qualifiedByEventId: friend.qualifiedBy?.eventId ?? null,
    qualifiedByAt: friend.qualifiedBy?.at ?? null,
    terms,
    people: {
      advocate: (advocate && past.people.get(advocate.customerId)) ?? null,
      friend: past.people.get(friend.friendId) ?? null,
    },
    peopleThen: new Map(),
    ...granted.recordsOf(friend.referralId),
  };
}

/** The same about some actions of an advocate. */
export function advocateWorld(
  run: Run,
  advocate: AdvocateRecord,
  actions: readonly Action[],
): AdvocateWorld {
  const { past, granted } = run;
  const { advocateId: id, customerId, joinedAt } = advocate;
  const terms = termsOf(run, id);
  return {
    id,
    programId: past.programId,
    customerId,
    joinedAt,
    qualifiedCount: run.qualified.get(id) ?? 0,
    termsAt: (at) => ({
      terms,
      version: 0,
      arm: null,
      isOpen: at >= past.fromAt && isWithin(run, at),
    }),
    person: past.people.get(customerId) ?? null,
    personThen: new Map(),
    reversedReferrals: new Set(
      [...run.friends.values()].flatMap(({ state, referralId }) =>
        state === "reversed" ? [referralId] : [],
      ),
    ),
    actions,
    ...granted.recordsOf(customerId),
  };
}

const armedTerms = new WeakMap<Run, Map<string | null, Terms>>();

/**
 * The terms for an advocate's arm of the experiment. One object for each arm: others remember by
 * the terms what they derive from them.
 */
function termsOf(run: Run, advocateId: string): Terms {
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
