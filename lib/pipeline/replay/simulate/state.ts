import { attribute, type Evidence } from "@/lib/attribution/rules";
import { multiply } from "@/lib/loyalty/points/queries/points-multiplier";
import { termsForArm } from "@/lib/terms/rules/applying";
import { withinDates } from "@/lib/programs/rules";
import type { Terms } from "@/lib/terms/schema";
import { expiryOf, type GoalFact, type OrderFact, type ReferralFacts } from "@/lib/referrals/rules";
import type { ReferralState } from "@/lib/referrals/schema";
import { armFor } from "@/lib/terms/rules/arms";
import { askedBy } from "@/lib/terms/rules/asked";
import { factsOf } from "@/lib/terms/facts/conditions";
import type { AdvocateAround, Around, Due } from "@/lib/rewards/due";
import {
  type AdvocateRecord,
  type FriendRecord,
  groupedBy,
  type History,
  type OrderRecord,
} from "../read/past";
import { purse, type Purse } from "./granted-rewards";

/** A friend's referral as it goes in this run. */
export type RunFriend = FriendRecord & {
  state: ReferralState | "absent";
  startedAt: Date;
  expiresAt: Date;
  /** Null where the click is too old under these terms: then nothing but the code tells. */
  countedClick: Date | null;
  countedChannel: string | null;
  confirmedBy: { eventId: string; at: Date } | null;
  goals: GoalFact[];
};
export type RunOrder = {
  record: OrderRecord;
  fact: OrderFact;
  refunded: Map<number, { quantity: number; minor: bigint }>;
};

/** Everything that one run knows at its time. */
export type Run = {
  history: History;
  terms: Terms;
  purse: Purse;
  friends: Map<string, RunFriend>;
  byAdvocate: Map<string, RunFriend[]>;
  orders: Map<string, RunOrder>;
  ordersOf: Map<string, RunOrder[]>;
  advocateOf: Map<string, AdvocateRecord>;
  confirmed: Map<string, number>;
};

export function startRun(history: History, terms: Terms): Run {
  const friends = new Map(
    [...history.friends].map(([id, friend]): [string, RunFriend] => [
      id,
      {
        ...friend,
        ...startOf(friend, terms, history),
        goals: [],
        confirmedBy: friend.before?.confirmedBy ?? null,
        state: friend.before?.state ?? "absent",
      },
    ]),
  );
  const byAdvocate = groupedBy([...friends.values()], ({ advocateId }) => advocateId);
  return {
    history,
    terms,
    purse: purse(history, terms),
    friends,
    byAdvocate,
    orders: new Map(),
    ordersOf: new Map(),
    advocateOf: new Map(
      [...history.advocates.values()].map((advocate) => [advocate.customerId, advocate]),
    ),
    confirmed: new Map(
      [...byAdvocate].map(([id, brought]) => [
        id,
        brought.filter(({ state }) => state === "qualified").length,
      ]),
    ),
  };
}

/**
 * When a referral's window begins and ends under these terms, and whether the click behind it
 * counts.
 */
function startOf(
  friend: FriendRecord,
  terms: Terms,
  history: History,
): Pick<RunFriend, "startedAt" | "expiresAt" | "countedClick" | "countedChannel"> {
  const { clickedAt, joinedAt } = friend;
  const evidence = attribution(friend, terms, history);
  const countedClick = evidence?.clickedAt ?? null;
  return {
    countedClick,
    countedChannel: evidence ? (clickedAt && !countedClick ? null : friend.channel) : null,
    startedAt: countedClick !== null && countedClick < joinedAt ? countedClick : joinedAt,
    expiresAt: expiryOf(countedClick ?? joinedAt, terms.windowDays),
  };
}

/** What ties the friend to the advocate under these terms; null where it is too old for them. */
function attribution(
  friend: FriendRecord,
  terms: Terms,
  { programId, advocates }: History,
): Evidence | null {
  const { advocateId, code, clickedAt, channel, attributedBy, joinedAt, friendId } = friend;
  const tie = {
    programId,
    advocateId,
    advocateCustomerId: advocates.get(advocateId)?.customerId ?? "",
    code,
  };
  const byClick = attributedBy === "click" || attributedBy === "visitor";
  const evidence: Evidence[] = [
    ...(byClick
      ? []
      : [
          {
            ...tie,
            kind: attributedBy === "discount_code" ? "discount_code" : "code",
            clickedAt: null,
            channel: null,
          } as const,
        ]),
    ...(clickedAt
      ? [
          {
            ...tie,
            kind: attributedBy === "click" ? "click" : "visitor",
            clickedAt,
            channel,
          } as const,
        ]
      : []),
  ];
  const [found] = attribute({
    evidence,
    occurredAt: joinedAt,
    customerId: friendId,
    windowDays: new Map([[programId, terms.windowDays]]),
  });
  return found?.evidence ?? null;
}

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

export function aroundOf({ history, confirmed }: Run, friend: RunFriend, terms: Terms): Around {
  const advocate = history.advocates.get(friend.advocateId);
  return {
    timeZone: history.timeZone,
    advocate: (advocate && history.people.get(advocate.customerId)) ?? null,
    friend: history.people.get(friend.friendId) ?? null,
    channel: friend.countedChannel,
    clickedAt: friend.countedClick,
    confirmedReferrals: askedBy(terms).counts.has("confirmed_referrals")
      ? (confirmed.get(friend.advocateId) ?? 0)
      : null,
  };
}

const armedTerms = new WeakMap<Run, Map<string | null, Terms>>();

/**
 * The terms as they hold for an advocate's arm. One object for each arm: what is worked out from
 * terms is remembered by them.
 */
export function termsOf(run: Run, advocateId: string): Terms {
  const { experiment } = run.terms;
  const advocate = run.history.advocates.get(advocateId);
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
              timeZone: run.history.timeZone,
              advocate: run.history.people.get(advocate.customerId) ?? null,
            }),
          );
  const byArm = armedTerms.get(run) ?? new Map<string | null, Terms>();
  armedTerms.set(run, byArm);
  const found = byArm.get(arm) ?? termsForArm(run.terms, arm);
  byArm.set(arm, found);
  return found;
}

export function advocateAround(
  { history, confirmed }: Run,
  { advocateId, customerId, joinedAt }: AdvocateRecord,
): AdvocateAround {
  return {
    timeZone: history.timeZone,
    joinedAt,
    advocate: history.people.get(customerId) ?? null,
    confirmedReferrals: confirmed.get(advocateId) ?? 0,
  };
}

/** Whether something of this time lies within the program's dates under these terms. */
export function isWithin({ terms, history }: Run, at: Date): boolean {
  const ends = [terms.endsAt, history.endedAt?.toISOString()].filter((end) => end != null);
  const endsAt = ends.sort((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null;
  return withinDates({ startsAt: terms.startsAt ?? history.publishedAt.toISOString(), endsAt }, at);
}

/**
 * Whether these terms take the friend: the click or code behind them is good enough, and they came
 * within the dates.
 */
export function takes(run: Run, friend: FriendRecord): boolean {
  return isWithin(run, friend.joinedAt) && attribution(friend, run.terms, run.history) !== null;
}

export function grant(
  run: Run,
  terms: Terms,
  due: Due,
  to: { customerId: string; advocateId: string; referralId: string | null },
): boolean {
  const { history } = run;
  const givesPoints =
    due.rule.benefit.kind === "points" || due.rule.fallback?.benefit.kind === "points";
  const multiplierBp = givesPoints
    ? multiply(
        history.tiers.get(to.customerId) ?? null,
        history.campaigns,
        history.programId,
        due.cause.at,
      ).multiplierBp
    : undefined;
  return run.purse.grant(due, terms, to, {
    price: { pointCostMilli: history.pointCostMilli, multiplierBp },
    confirmedReferrals: run.confirmed.get(to.advocateId) ?? 0,
  });
}
