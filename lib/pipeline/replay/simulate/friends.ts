import type { Terms } from "@/lib/terms/schema";
import { type Doing, type Due, dueOfDoing, type Friend, milestoneOf } from "@/lib/rewards/due";
import type { AdvocateRecord } from "../read/past";
import { keyOf } from "./granted-rewards";
import { advocateAround, grant, type Run, type RunFriend, termsOf } from "./state";

const FELL = "A confirmed friend that it rested on no longer counts.";
const FRIEND_STATES: readonly RunFriend["state"][] = ["joined", "expired", "qualified", "reversed"];

/** A reward of a run that rests on an advocate's friends. */
type Resting = { key: string; causeKey: string; referralId: string | null };

/**
 * Brings milestones and the second level to where confirmed friends lead, in memory: as
 * `settleFriends` of the pipeline does.
 */
export function friendsRun(run: Run): { settle: (friend: RunFriend) => void } {
  const rules = run.terms.rules.filter(
    ({ on }) => on.kind === "milestone" || on.kind === "second_level",
  );
  if (rules.length === 0) return { settle: () => {} };
  const resting = new Map<string, Resting[]>();
  const refused = new Set<string>();
  const settleAdvocate = (advocate: AdvocateRecord | undefined) => {
    if (!advocate) return;
    const confirmed = confirmedOf(run, advocate.advocateId);
    const seconds = secondLevel(run, advocate);
    const due = [
      ...reached(run, confirmed),
      ...seconds.map((referral) => ({
        referral,
        doing: { kind: "second_level", referral: friendOf(run, referral) } as Doing,
      })),
    ]
      .filter(({ referral }) => referral.confirmedBy!.at >= run.history.fromAt)
      .flatMap(({ referral, doing }) => dueFor(run, advocate, referral, doing))
      .filter((one) => !refused.has(`${one.due.cause.eventId} ${keyOfDue(one, advocate)}`));
    const standing = new Set(seconds.map(({ referralId }) => referralId));
    const mine = resting.get(advocate.advocateId) ?? [];
    for (const { key, causeKey, referralId } of mine) {
      const milestone = milestoneOf(causeKey);
      const stands =
        milestone === null
          ? referralId !== null && standing.has(referralId)
          : milestone <= confirmed.length;
      if (stands) run.purse.putBack(key, FELL);
      else run.purse.take(key, FELL);
    }
    for (const one of due) {
      const { due, terms, referralId } = one;
      const key = keyOfDue(one, advocate);
      if (run.purse.rewards.has(key) || run.history.given.has(key)) continue;
      if (
        grant(run, terms, due, {
          customerId: advocate.customerId,
          advocateId: advocate.advocateId,
          referralId,
        })
      ) {
        mine.push({ key, causeKey: due.causeKey, referralId });
      } else refused.add(`${due.cause.eventId} ${key}`);
    }
    resting.set(advocate.advocateId, mine);
  };
  return {
    settle({ advocateId }) {
      const advocate = run.history.advocates.get(advocateId);
      settleAdvocate(advocate);
      const up = advocate && run.friends.get(advocate.customerId);
      if (up) settleAdvocate(run.history.advocates.get(up.advocateId));
    },
  };
}

type DueFriend = { due: Due; terms: Terms; referralId: string | null };

function keyOfDue({ due }: DueFriend, { customerId }: AdvocateRecord): string {
  return keyOf({ ruleId: due.rule.id, causeKey: due.causeKey, customerId });
}

/** Those that nobody has to look at first, by when they were confirmed. */
function confirmedOf({ byAdvocate }: Run, advocateId: string): RunFriend[] {
  return (byAdvocate.get(advocateId) ?? [])
    .filter(
      ({ state, underReview, confirmedBy }) =>
        state === "qualified" && confirmedBy !== null && !underReview,
    )
    .sort(
      (one, other) =>
        one.confirmedBy!.at.getTime() - other.confirmedBy!.at.getTime() ||
        (one.referralId < other.referralId ? -1 : 1),
    );
}

/** The referrals that made a milestone full. */
function reached(run: Run, confirmed: RunFriend[]): { referral: RunFriend; doing: Doing }[] {
  const numbers = new Set<number>();
  for (const { on } of run.terms.rules) {
    if (on.kind !== "milestone") continue;
    for (
      let number = on.count;
      number <= confirmed.length;
      number += on.repeats ? on.count : Infinity
    )
      numbers.add(number);
  }
  return [...numbers]
    .sort((one, other) => one - other)
    .map((number) => {
      const referral = confirmed[number - 1]!;
      return { referral, doing: { kind: "confirmed", number, referral: friendOf(run, referral) } };
    });
}

/** The confirmed friends whom the advocate's friends brought since they came themselves. */
function secondLevel(run: Run, { advocateId, customerId }: AdvocateRecord): RunFriend[] {
  if (!run.terms.rules.some(({ on }) => on.kind === "second_level")) return [];
  return (run.byAdvocate.get(advocateId) ?? [])
    .filter(({ state }) => FRIEND_STATES.includes(state))
    .flatMap((up) => {
      const between = run.advocateOf.get(up.friendId);
      return between
        ? (run.byAdvocate.get(between.advocateId) ?? []).filter(
            ({ state, confirmedBy, joinedAt, friendId }) =>
              state === "qualified" &&
              confirmedBy !== null &&
              joinedAt >= up.joinedAt &&
              friendId !== customerId,
          )
        : [];
    })
    .sort(
      (one, other) =>
        one.confirmedBy!.at.getTime() - other.confirmedBy!.at.getTime() ||
        (one.referralId < other.referralId ? -1 : 1),
    );
}

function friendOf(run: Run, referral: RunFriend): Friend {
  const { referralId, friendId, countedChannel, countedClick, joinedAt, firstOrderAt, startedAt } =
    referral;
  const { eventId, at } = referral.confirmedBy!;
  const order =
    run.ordersOf.get(friendId)?.find(({ fact }) => fact.eventId === eventId)?.fact ?? null;
  return {
    referralId,
    eventId,
    order,
    at,
    friend: run.history.people.get(friendId) ?? null,
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
  doing: Doing,
): DueFriend[] {
  const terms = termsOf(run, advocate.advocateId);
  return dueOfDoing(terms, doing, advocateAround(run, advocate)).map((due) => ({
    due,
    terms,
    referralId: doing.kind === "confirmed" ? null : referral.referralId,
  }));
}
