import { groupedBy } from "@/lib/core/collections/grouped-by";
import type { LoadedReferral } from "@/lib/referrals/commands";
import type { KnownPeople } from "@/lib/terms/facts/known";
import type { GoalFact } from "@/lib/terms/facts/referrals";
import { eventTypesOf } from "@/lib/terms/rules/applying";
import { type Asked, askedByAll, asksForPeople } from "@/lib/terms/rules/asked";
import type { Terms } from "@/lib/terms/schema";
import { startOf } from "../decide/settle/counted-facts";
import type { FriendWorld, ReferralWorld } from "../decide/world";
import type { GrantedReward, RefusedReward } from "./decided";
import { type CustomerGoal, MOST_GOALS } from "./goals";
import { askedOrder, byTime, type CustomerOrder } from "./orders";
import { personFact, personKey, type PeopleThen, type PersonRow } from "./people";
import { type Programs, termsOfStarted } from "./terms-in-effect";

type WithPeople<Fact> = Fact & { people: PeopleThen | null };

/** What `friendsQueries` found. */
export type FriendsRead = {
  friendReferrals: WithPeople<LoadedReferral>[];
  friendOrders: WithPeople<CustomerOrder>[];
  friendGoals: WithPeople<CustomerGoal>[];
  friendPeople: PersonRow[];
  friendRewards: GrantedReward[];
  friendRefusals: RefusedReward[];
};

/** What was decided and is not on record yet: with it, worlds are as they would be read then. */
export type AddedFacts = {
  /** New orders, and those that stand otherwise now, with all that terms may ask of them. */
  orders?: readonly CustomerOrder[];
  goals?: readonly CustomerGoal[];
  /** Referrals that have begun, and those that are otherwise now. */
  referrals?: readonly LoadedReferral[];
  /** Advocates of referrals that have begun, where terms ask for people: see `peopleQuery`. */
  people?: readonly PersonRow[];
  /** By customer: when their first order was made that stands, where that has changed. */
  firstOrderAt?: ReadonlyMap<string, Date | null>;
};

/**
 * The worlds of friends, from what was read of all of them. Only what the terms of somebody's own
 * referrals ask for is in theirs, and what happened within their time.
 */
export function friendWorlds(
  read: FriendsRead,
  shop: { programs: Programs },
  added: AddedFacts = {},
): FriendWorld[] {
  const all = together(read, added);
  return [...groupedBy(all.referrals, ({ friendId }) => friendId)].map(([friendId, loaded]) => {
    const firstOrderAt = added.firstOrderAt?.get(friendId);
    const referrals = loaded.map((referral) => ({
      ...referral,
      ...(firstOrderAt !== undefined && { firstOrderAt }),
      terms: termsOfStarted(shop, referral),
    }));
    return friendWorld(friendId, referrals, all);
  });
}

type All = {
  referrals: LoadedReferral[];
  orders: ReadonlyMap<string, CustomerOrder[]>;
  goals: ReadonlyMap<string, CustomerGoal[]>;
  people: ReadonlyMap<string, PersonRow>;
  /** By event. */
  peopleThen: ReadonlyMap<string, PeopleThen>;
  rewards: ReadonlyMap<string, ReferralWorld["rewards"]>;
  refusals: ReadonlyMap<string, ReferralWorld["refusals"]>;
};

/** What was read, grouped once, with what is added. */
function together(read: FriendsRead, added: AddedFacts): All {
  const { friendReferrals, friendOrders, friendGoals, friendPeople } = read;
  const peopleThen = new Map<string, PeopleThen>();
  for (const { joinEventId, people } of friendReferrals)
    if (people) peopleThen.set(joinEventId, people);
  for (const { eventId, people } of friendOrders) if (people) peopleThen.set(eventId, people);
  for (const { eventId, people } of friendGoals) if (people) peopleThen.set(eventId, people);
  const orders = replaced<CustomerOrder>(friendOrders, added.orders, (one) => one.orderId);
  const goals = [...friendGoals, ...(added.goals ?? [])];
  return {
    referrals: replaced<LoadedReferral>(friendReferrals, added.referrals, ({ id }) => id).sort(
      byProgram,
    ),
    orders: groupedBy(orders, ({ customerId }) => customerId),
    goals: groupedBy(goals, ({ customerId }) => customerId),
    people: new Map([...friendPeople, ...(added.people ?? [])].map((row) => [row.id, row])),
    peopleThen,
    rewards: groupedBy(read.friendRewards, ({ referralId }) => referralId!),
    refusals: groupedBy(read.friendRefusals, ({ referralId }) => referralId!),
  };
}

/** Items of which some are otherwise now, and others new. */
function replaced<Item>(
  items: readonly Item[],
  added: readonly Item[] | undefined,
  keyOf: (item: Item) => string,
): Item[] {
  if (!added?.length) return [...items];
  const byKey = new Map([...items, ...added].map((item) => [keyOf(item), item]));
  return [...byKey.values()];
}

type Armed = LoadedReferral & { terms: Terms };

function friendWorld(friendId: string, referrals: readonly Armed[], all: All): FriendWorld {
  const asked = askedByAll(referrals.map(({ terms }) => terms));
  const window = {
    from: Math.min(...referrals.map((one) => startOf(one).getTime())),
    to: Math.max(...referrals.map(({ expiresAt }) => expiresAt.getTime())),
  };
  const isInTime = ({ occurredAt }: { occurredAt: Date }) =>
    window.from <= occurredAt.getTime() && occurredAt.getTime() <= window.to;
  const orders = (all.orders.get(friendId) ?? []).filter(isInTime).sort(byTime);
  const types = new Set(referrals.flatMap(({ terms }) => eventTypesOf(terms, "friend")));
  const goals = (all.goals.get(friendId) ?? [])
    .filter((goal) => types.has(goal.type) && isInTime(goal))
    .sort(byTime)
    .slice(0, MOST_GOALS);
  const eventIds = [
    ...orders.map(({ eventId }) => eventId),
    ...goals.map(({ eventId }) => eventId),
    ...referrals.map(({ joinEventId }) => joinEventId),
  ];
  return {
    friendId,
    orders: orders.map((order) => askedOrder(order, asked)),
    goals: goals.map((goal) => askedGoal(goal, asked)),
    firstOrderAt: referrals[0]!.firstOrderAt,
    referrals: referrals.map((referral) => referralWorld(referral, asked, eventIds, all)),
  };
}

function askedGoal(goal: GoalFact, { event }: Asked): GoalFact {
  const { type, eventId, occurredAt, recordedAt, country } = goal;
  return { type, eventId, occurredAt, recordedAt, country: event ? country : null };
}

function referralWorld(
  referral: Armed,
  asked: Asked,
  eventIds: readonly string[],
  all: All,
): ReferralWorld {
  const { id, programId, friendId, advocateCustomerId } = referral;
  const peopleThen = new Map<string, KnownPeople>();
  for (const eventId of asksForPeople(asked) ? eventIds : []) {
    const people = all.peopleThen.get(eventId);
    const friend = people?.[personKey(programId, friendId)];
    const advocate = people?.[personKey(programId, advocateCustomerId)];
    if (friend && advocate) peopleThen.set(eventId, { friend, advocate });
  }
  return {
    ...referral,
    people: {
      friend: personFact(all.people.get(friendId), asked),
      advocate: personFact(all.people.get(advocateCustomerId), asked),
    },
    peopleThen,
    rewards: all.rewards.get(id) ?? [],
    refusals: all.refusals.get(id) ?? [],
  };
}

function byProgram(one: LoadedReferral, other: LoadedReferral): number {
  const [left, right] = [one, other].map(({ programId, id }) => `${programId} ${id}`);
  return left! < right! ? -1 : 1;
}
