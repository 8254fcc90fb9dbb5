import { Prisma } from "@/lib/core/db";
import { groupedBy } from "@/lib/core/collections/grouped-by";
import { lockReferrals, type LoadedReferral } from "@/lib/referrals/commands";
import type { Tx } from "@/lib/merchants/scope";
import type { PersonFact } from "@/lib/terms/facts/conditions";
import type { GoalFact, OrderFact } from "@/lib/terms/facts/referrals";
import { askedBy } from "@/lib/terms/rules/asked";
import { eventTypesOf } from "@/lib/terms/rules/applying";
import type { Terms } from "@/lib/terms/schema";
import { startOf } from "../decide/settle/counted-facts";
import type { FriendWorld, ReferralWorld } from "../decide/world";
import { type LatestEvent, readGoals } from "./goals";
import { readOrders } from "./orders";
import { type PeopleThen, personKey, readPeople, readPeopleThen } from "./people";
import { type DecidedRecords, readDecided } from "./decided";
import { termsOfReferral } from "./terms-in-effect";

type Armed = LoadedReferral & { terms: Terms };

/**
 * Reads friends with everything that deciding about their referrals may ask, and locks those
 * referrals until the transaction ends. The number of statements does not depend on how many they
 * are; what no terms ask for is not read.
 * @param latest the events under way, which have no outcome on record yet
 * @param referralIds only these of their referrals; by default all
 */
export async function readFriends(
  tx: Tx,
  friendIds: readonly string[],
  latest: readonly LatestEvent[] = [],
): Promise<FriendWorld[]> {
  if (friendIds.length === 0) return [];
  const loaded = await lockReferrals(
    tx.db,
    Prisma.sql`r.merchant_id = ${tx.merchantId} AND r.friend_id = ANY(${[...friendIds]}::text[])
      AND r.state <> 'clicked'`,
  );
  if (loaded.length === 0) return [];
  const referrals: Armed[] = [];
  for (const referral of loaded)
    referrals.push({ ...referral, terms: await termsOfReferral(tx, referral) });

  const asked = referrals.map(({ terms }) => askedBy(terms));
  const orders = await readOrders(
    tx,
    { lines: asked.some(({ lines }) => lines), event: asked.some(({ event }) => event) },
    inTheirTime(referrals),
  );
  const goals = await readGoals(tx, {
    friends: windowsOf(referrals),
    types: referrals.flatMap(({ terms }) => eventTypesOf(terms, "friend")),
    withCountry: asked.some(({ event }) => event),
    latest,
  });
  const people = await readPeople(
    tx,
    {
      traits: new Set(asked.flatMap(({ traits }) => [...traits])),
      tiers: asked.some(({ tiers }) => tiers),
    },
    referrals.flatMap(({ friendId, advocateCustomerId }) => [friendId, advocateCustomerId]),
  );
  const peopleThen = await readPeopleThen(tx, people.size > 0, [
    ...orders.map(({ eventId }) => eventId),
    ...goals.map(({ eventId }) => eventId),
    ...referrals.map(({ joinEventId }) => joinEventId),
  ]);
  const decided = await readDecided(
    tx,
    Prisma.sql`referral_id = ANY(${referrals.map(({ id }) => id)}::text[])`,
  );
  return worldsOf(referrals, { orders, goals, people, peopleThen, decided });
}

type Read = {
  orders: readonly (OrderFact & { customerId: string })[];
  goals: readonly (GoalFact & { customerId: string })[];
  people: ReadonlyMap<string, PersonFact>;
  peopleThen: PeopleThen;
  decided: DecidedRecords;
};

function worldsOf(referrals: readonly Armed[], read: Read): FriendWorld[] {
  return [...groupedBy(referrals, ({ friendId }) => friendId)].map(([friendId, theirs]) => ({
    friendId,
    orders: read.orders.filter(({ customerId }) => customerId === friendId),
    goals: read.goals.filter(({ customerId }) => customerId === friendId),
    firstOrderAt: theirs[0]!.firstOrderAt,
    referrals: theirs.map((referral) => referralWorld(referral, read)),
  }));
}

function referralWorld(referral: Armed, { people, peopleThen, decided }: Read): ReferralWorld {
  const { id, programId, friendId, advocateCustomerId } = referral;
  const theirs = [...peopleThen].flatMap(([eventId, persons]) => {
    const friend = persons.get(personKey(programId, friendId));
    const advocate = persons.get(personKey(programId, advocateCustomerId));
    return friend && advocate ? [[eventId, { friend, advocate }] as const] : [];
  });
  return {
    ...referral,
    people: {
      friend: people.get(friendId) ?? null,
      advocate: people.get(advocateCustomerId) ?? null,
    },
    peopleThen: new Map(theirs),
    rewards: decided.rewards.filter(
      ({ referralId, causeRef }) => referralId === id && causeRef.kind !== "second_level",
    ),
    refusals: decided.refusals.filter(({ referralId }) => referralId === id),
  };
}

/** From the first of a friend's referrals to the end of the last. */
function windowsOf(referrals: readonly Armed[]): { customerId: string; from: Date; to: Date }[] {
  return [...groupedBy(referrals, ({ friendId }) => friendId)].map(([customerId, theirs]) => ({
    customerId,
    from: new Date(Math.min(...theirs.map((one) => startOf(one).getTime()))),
    to: new Date(Math.max(...theirs.map(({ expiresAt }) => expiresAt.getTime()))),
  }));
}

/** A condition on shop_order o: theirs, and in their time. */
function inTheirTime(referrals: readonly Armed[]): Prisma.Sql {
  const windows = windowsOf(referrals);
  const from = new Date(Math.min(...windows.map((window) => window.from.getTime())));
  const to = new Date(Math.max(...windows.map((window) => window.to.getTime())));
  return Prisma.sql`o.customer_id = ANY(${windows.map(({ customerId }) => customerId)}::text[])
    AND o.occurred_at BETWEEN ${from} AND ${to}`;
}
