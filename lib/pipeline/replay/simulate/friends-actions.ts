import { isMilestone, isSecondLevel, milestonesOf } from "@/lib/terms/rules/applying";
import type { Action, QualifiedReferral } from "@/lib/terms/facts/actions";
import type { AdvocateRecord } from "../read/past";
import type { Run, RunFriend } from "./state";

const FRIEND_STATES: readonly RunFriend["state"][] = ["joined", "expired", "qualified", "reversed"];

/** Whether the run's terms reward what friends make of an advocate. */
export function rewardsFriends({ terms }: Run): boolean {
  return terms.rules.some((rule) => isMilestone(rule) || isSecondLevel(rule));
}

/** What an advocate's friends make of them at this point: see `readFriendsActions`. */
export function friendsActions(run: Run, advocate: AdvocateRecord): Action[] {
  return [
    ...reachedMilestones(run, advocate),
    ...secondLevel(run, advocate).map((referral): Action => ({
      kind: "second_level",
      referral: referralOf(run, referral),
    })),
  ];
}

function reachedMilestones(run: Run, { advocateId }: AdvocateRecord): Action[] {
  const qualified = qualifiedOf(run, advocateId);
  const numbers = new Set(run.terms.rules.flatMap((rule) => milestonesOf(rule, qualified.length)));
  return [...numbers]
    .sort((one, other) => one - other)
    .map((number) => ({
      kind: "qualified",
      number,
      referral: referralOf(run, qualified[number - 1]!),
    }));
}

/** Qualified referrals without a pending review, in the order in which they qualified. */
function qualifiedOf({ byAdvocate }: Run, advocateId: string): RunFriend[] {
  return (byAdvocate.get(advocateId) ?? [])
    .filter(
      ({ state, underReview, qualifiedBy }) =>
        state === "qualified" && qualifiedBy !== null && !underReview,
    )
    .sort(byQualification);
}

/** The qualified friends that the advocate's own friends brought after they came themselves. */
function secondLevel(run: Run, { advocateId, customerId }: AdvocateRecord): RunFriend[] {
  if (!run.terms.rules.some(isSecondLevel)) return [];
  return (run.byAdvocate.get(advocateId) ?? [])
    .filter(({ state, provenAt }) => FRIEND_STATES.includes(state) && provenAt !== null)
    .flatMap((up) => {
      const between = run.advocateOf.get(up.friendId);
      const brought = between ? (run.byAdvocate.get(between.advocateId) ?? []) : [];
      return brought.filter(
        ({ state, qualifiedBy, joinedAt, friendId }) =>
          state === "qualified" &&
          qualifiedBy !== null &&
          joinedAt >= up.joinedAt &&
          friendId !== customerId,
      );
    })
    .sort(byQualification);
}

function byQualification(one: RunFriend, other: RunFriend): number {
  return (
    one.qualifiedBy!.at.getTime() - other.qualifiedBy!.at.getTime() ||
    (one.referralId < other.referralId ? -1 : 1)
  );
}

function referralOf(run: Run, friend: RunFriend): QualifiedReferral {
  const { eventId, at } = friend.qualifiedBy!;
  const orders = run.ordersOf.get(friend.friendId) ?? [];
  return {
    referralId: friend.referralId,
    eventId,
    order: orders.find(({ fact }) => fact.eventId === eventId)?.fact ?? null,
    at,
    friend: run.past.people.get(friend.friendId) ?? null,
    channel: friend.countedChannel,
    clickedAt: friend.countedClick,
    joinedAt: friend.joinedAt,
    isNewCustomer: !(friend.firstOrderAt !== null && friend.firstOrderAt < friend.startedAt),
    underReview: friend.underReview,
  };
}
