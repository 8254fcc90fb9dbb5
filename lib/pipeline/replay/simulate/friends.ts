import { milestoneOf } from "@/lib/terms/rules/milestones";
import { isMilestone, isSecondLevel, milestonesOf } from "@/lib/terms/rules/applying";
import type { Terms } from "@/lib/terms/schema";
import type { Action, QualifiedReferral } from "@/lib/terms/facts/actions";
import { type Due, dueOfAction } from "@/lib/terms/rules/due";
import type { AdvocateRecord } from "../read/past";
import { keyOf } from "./granted-rewards";
import type { SettleFriends } from "./advance";
import { advocateContext, grant, termsOf } from "./facts";
import type { Run, RunFriend } from "./state";

const FELL = "A friend it was based on no longer counts.";
const FRIEND_STATES: readonly RunFriend["state"][] = ["joined", "expired", "qualified", "reversed"];

/** A reward that a run has granted for an advocate's friends. */
type RewardForFriend = { key: string; causeKey: string; referralId: string | null };

/**
 * What brings rewards for milestones and the second level up to date after a friend's referral has
 * changed, as `settleFriends` of the pipeline does.
 */
export function friendsSettler(run: Run): SettleFriends {
  const rules = run.terms.rules.filter((rule) => isMilestone(rule) || isSecondLevel(rule));
  if (rules.length === 0) return () => {};
  const kept = new Map<string, RewardForFriend[]>();
  const refused = new Set<string>();
  const settleAdvocate = (advocate: AdvocateRecord | undefined) => {
    if (!advocate) return;
    const qualified = qualifiedOf(run, advocate.advocateId);
    const seconds = secondLevel(run, advocate);
    const due = dueForFriends(run, advocate, qualified, seconds);
    const rewards = kept.get(advocate.advocateId) ?? [];
    correctRewards(run, rewards, qualified.length, seconds);
    for (const one of due) {
      const key = keyOfDue(one, advocate);
      const cause = `${one.due.cause.eventId} ${key}`;
      if (refused.has(cause) || run.granted.rewards.has(key) || run.past.granted.has(key)) continue;
      const { customerId, advocateId } = advocate;
      const { referralId, terms } = one;
      if (grant(run, terms, one.due, { customerId, advocateId, referralId }))
        rewards.push({ key, causeKey: one.due.causeKey, referralId });
      else refused.add(cause);
    }
    kept.set(advocate.advocateId, rewards);
  };
  return ({ advocateId }) => {
    const advocate = run.past.advocates.get(advocateId);
    settleAdvocate(advocate);
    const up = advocate && run.friends.get(advocate.customerId);
    if (up) settleAdvocate(run.past.advocates.get(up.advocateId));
  };
}

/** Reverses rewards whose friends no longer count, and reinstates those whose friends do again. */
function correctRewards(
  run: Run,
  rewards: readonly RewardForFriend[],
  qualified: number,
  seconds: readonly RunFriend[],
): void {
  const secondLevel = new Set(seconds.map(({ referralId }) => referralId));
  for (const { key, causeKey, referralId } of rewards) {
    const milestone = milestoneOf(causeKey);
    const counts =
      milestone === null
        ? referralId !== null && secondLevel.has(referralId)
        : milestone <= qualified;
    if (counts) run.granted.reinstate(key, FELL);
    else run.granted.reverse(key, FELL);
  }
}

function dueForFriends(
  run: Run,
  advocate: AdvocateRecord,
  qualified: RunFriend[],
  seconds: RunFriend[],
): DueFriend[] {
  const second = seconds.map((referral) => ({
    referral,
    action: { kind: "second_level", referral: friendOf(run, referral) } as Action,
  }));
  return [...reachedMilestones(run, qualified), ...second]
    .filter(({ referral }) => referral.qualifiedBy!.at >= run.past.fromAt)
    .flatMap(({ referral, action }) => dueFor(run, advocate, referral, action));
}

type DueFriend = { due: Due; terms: Terms; referralId: string | null };

function keyOfDue({ due }: DueFriend, { customerId }: AdvocateRecord): string {
  return keyOf({ ruleId: due.rule.id, causeKey: due.causeKey, customerId });
}

/** Qualified referrals without a pending review, in the order in which they qualified. */
function qualifiedOf({ byAdvocate }: Run, advocateId: string): RunFriend[] {
  return (byAdvocate.get(advocateId) ?? [])
    .filter(
      ({ state, underReview, qualifiedBy }) =>
        state === "qualified" && qualifiedBy !== null && !underReview,
    )
    .sort(
      (one, other) =>
        one.qualifiedBy!.at.getTime() - other.qualifiedBy!.at.getTime() ||
        (one.referralId < other.referralId ? -1 : 1),
    );
}

/** The referrals that reached a milestone. */
function reachedMilestones(
  run: Run,
  qualified: RunFriend[],
): { referral: RunFriend; action: Action }[] {
  const numbers = new Set<number>();
  for (const rule of run.terms.rules)
    for (const number of milestonesOf(rule, qualified.length)) numbers.add(number);
  return [...numbers]
    .sort((one, other) => one - other)
    .map((number) => {
      const referral = qualified[number - 1]!;
      return { referral, action: { kind: "qualified", number, referral: friendOf(run, referral) } };
    });
}

/** The qualified friends that the advocate's own friends brought after they came themselves. */
function secondLevel(run: Run, { advocateId, customerId }: AdvocateRecord): RunFriend[] {
  if (!run.terms.rules.some(isSecondLevel)) return [];
  return (run.byAdvocate.get(advocateId) ?? [])
    .filter(({ state }) => FRIEND_STATES.includes(state))
    .flatMap((up) => {
      const between = run.advocateOf.get(up.friendId);
      return between
        ? (run.byAdvocate.get(between.advocateId) ?? []).filter(
            ({ state, qualifiedBy, joinedAt, friendId }) =>
              state === "qualified" &&
              qualifiedBy !== null &&
              joinedAt >= up.joinedAt &&
              friendId !== customerId,
          )
        : [];
    })
    .sort(
      (one, other) =>
        one.qualifiedBy!.at.getTime() - other.qualifiedBy!.at.getTime() ||
        (one.referralId < other.referralId ? -1 : 1),
    );
}

function friendOf(run: Run, referral: RunFriend): QualifiedReferral {
  const { referralId, friendId, countedChannel, countedClick, joinedAt, firstOrderAt, startedAt } =
    referral;
  const { eventId, at } = referral.qualifiedBy!;
  const order =
    run.ordersOf.get(friendId)?.find(({ fact }) => fact.eventId === eventId)?.fact ?? null;
  return {
    referralId,
    eventId,
    order,
    at,
    friend: run.past.people.get(friendId) ?? null,
    channel: countedChannel,
    clickedAt: countedClick,
    joinedAt,
    isNewCustomer: !(firstOrderAt !== null && firstOrderAt < startedAt),
  };
}

function dueFor(
  run: Run,
  advocate: AdvocateRecord,
  referral: RunFriend,
  action: Action,
): DueFriend[] {
  const terms = termsOf(run, advocate.advocateId);
  return dueOfAction(terms, action, advocateContext(run, advocate)).map((due) => ({
    due,
    terms,
    referralId: action.kind === "qualified" ? null : referral.referralId,
  }));
}
