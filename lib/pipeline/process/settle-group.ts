import type { Tx } from "@/lib/merchants/scope";
import { stands } from "@/lib/terms/facts/referrals";
import { freshReferral } from "../decide/fresh-referral";
import type { Identified } from "../intake/people/decide-people";
import { type AddedFacts, friendWorlds } from "../read/friend-worlds";
import { readFriends } from "../read/friends";
import { latestGoals } from "../read/goals";
import { shopWorld } from "../read/shop";
import type { StoryRead } from "../read/story";
import type { Outcome } from "../write/outcomes";
import type { Recorded } from "./record-facts";
import { settlePeople, type Settling } from "./settle-people";

type Known = Recorded & { person: Identified };

/**
 * Brings the referrals and rewards of all people of a group to where the facts take them: over what
 * was read and what these events add to it.
 */
export async function settleGroup(
  tx: Tx,
  recorded: readonly Recorded[],
  read: StoryRead,
): Promise<Outcome[]> {
  const known = recorded.flatMap((one): Known[] =>
    one.person ? [{ ...one, person: one.person }] : [],
  );
  const { shop, advocates } = read;
  const friends = await worldsOf(tx, known, read);
  const settled = await settlePeople(
    tx,
    { shop, advocates, friends, events: known.map(ownEvent) },
    { isLast: true, emails: { facts: emailsOf(known, read), programs: shop.programs } },
  );
  return recorded.map(({ event, person, decisions }) => {
    const own = settled.get(event.id);
    return {
      event,
      customerId: person?.customerId ?? null,
      decisions: [...decisions, ...(own?.decisions ?? [])],
      people: own?.people ?? new Map(),
    };
  });
}

/** With whoever these events make known, or know anew. */
function emailsOf(known: readonly Known[], { emails }: StoryRead): StoryRead["emails"] {
  const contacts = new Map(emails.contacts);
  for (const { person } of known) {
    const { customerId, name, email, locale } = person;
    const wantsEmail = contacts.get(customerId)?.wantsEmail ?? true;
    contacts.set(customerId, { customerId, name, email, locale, wantsEmail });
  }
  return { ...emails, contacts };
}

function ownEvent({ event, person, order }: Known) {
  return {
    event,
    customerId: person.customerId,
    orderIds: order ? [order.orderId] : [],
  };
}

/**
 * The friends among these people with all that deciding may ask: as they were read, and with what
 * the events add. Where a referral began, was dated back or is proven of somebody who was known,
 * and what is known of them may have changed with it, they are read again.
 */
async function worldsOf(
  tx: Tx,
  known: readonly Known[],
  read: StoryRead,
): Promise<Settling["friends"]> {
  const { shop } = read;
  const isTied = new Set(read.evidence.map(({ eventId }) => eventId));
  const again = known.filter(
    ({ event, starts }) =>
      starts?.isProof ||
      (isTied.has(event.id) && starts !== null && !(starts.isFresh && !shop.asks.people)),
  );
  const ids = new Set(again.map(({ person }) => person.customerId));
  const told = known.filter(({ person }) => !ids.has(person.customerId));
  // Whoever a browser or a coupon leads to was read too; these events may be of others.
  const theirs = new Set(told.map(({ person }) => person.customerId));
  const worlds = {
    shop: shopWorld(shop, read.friendPeople),
    friends: friendWorlds(read, shop, addedBy(told, read)).filter(({ friendId }) =>
      theirs.has(friendId),
    ),
  };
  if (again.length === 0) return [worlds];
  const goals = latestGoals(again.map(eventOf));
  return [worlds, await readFriends(tx, [...ids], { added: { goals }, shop })];
}

function eventOf({ event, person }: Known) {
  return { event, customerId: person.customerId };
}

function addedBy(known: readonly Known[], read: StoryRead): AddedFacts {
  const before = new Map(
    read.friendReferrals.map(({ friendId, firstOrderAt }) => [friendId, firstOrderAt]),
  );
  const firstOrderAt = new Map<string, Date | null>();
  for (const { person, order } of known) {
    if (!order || !stands(order)) continue;
    const earliest = before.get(person.customerId) ?? null;
    const isFirst = earliest === null || order.occurredAt < earliest;
    firstOrderAt.set(person.customerId, isFirst ? order.occurredAt : earliest);
  }
  return {
    orders: known.flatMap(({ order }) => order ?? []),
    goals: latestGoals(known.map(eventOf)),
    referrals: known.flatMap(({ person, starts }) =>
      (starts?.started ?? []).map((start) =>
        freshReferral(start, firstOrderAt.get(person.customerId) ?? null),
      ),
    ),
    firstOrderAt,
  };
}
