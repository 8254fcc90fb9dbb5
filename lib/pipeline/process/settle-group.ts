import { rescore } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { stands } from "@/lib/terms/facts/referrals";
import type { Decision } from "../decide/decision";
import { freshReferral } from "../decide/fresh-referral";
import type { FriendWorld } from "../decide/world";
import type { Identified } from "../intake/people/decide-people";
import { type AddedFacts, friendWorlds } from "../read/friend-worlds";
import { readFriends } from "../read/friends";
import { latestGoals } from "../read/goals";
import { shopWorld } from "../read/shop";
import type { StoryRead } from "../read/story";
import { writeEffects } from "../write/effects";
import { type Outcome, withoutEvent } from "../write/outcomes";
import type { Recorded } from "./record-facts";
import { decideFriends, keepPeople } from "./settle-friends";
import { decideOwnActions } from "./settle-own-actions";

type Known = Recorded & { person: Identified };

/**
 * Brings the referrals and rewards of all people of a group to where the facts take them: decides
 * over what was read and what these events add to it, and writes the effects of all of them.
 */
export async function settleGroup(
  tx: Tx,
  recorded: readonly Recorded[],
  read: StoryRead,
): Promise<Outcome[]> {
  const known = recorded.flatMap((one): Known[] =>
    one.person ? [{ ...one, person: one.person }] : [],
  );
  const friends = await worldsOf(tx, known, read);
  const causes = new Map(
    known.map(({ event, person }) => [person.customerId, { key: event.id, at: event.occurredAt }]),
  );
  const world = shopWorld(read.shop, read.friendPeople);
  const asFriends = decideFriends(world, friends, causes, scopeNow(tx));
  const asAdvocates = await decideOwnActions(tx, read.shop, read.advocates, known.map(ownEvent));
  keepPeople(tx, friends);
  const written = await writeEffects(tx, [...asFriends, ...asAdvocates], {
    isLast: true,
    emails: { facts: emailsOf(known, read), programs: read.shop.programs },
  });
  await rescore(
    tx,
    known.map(({ person }) => person.customerId),
    read.shop,
  );

  const ofFriend = new Map(asFriends.map((one, at) => [one.friendId, { ...one, at }]));
  const ofEvent = new Map(known.map(({ event }, at) => [event.id, at]));
  return recorded.map(({ event, person, decisions }) => {
    const friend = person ? ofFriend.get(person.customerId) : undefined;
    const at = ofEvent.get(event.id);
    const own = at === undefined ? undefined : asAdvocates[at];
    const settled: Decision[] = [
      ...(friend ? written[friend.at]!.map(withoutEvent) : []),
      ...(own?.decisions ?? []),
      ...(own ? written[asFriends.length + at!]!.map(withoutEvent) : []),
    ];
    return {
      event,
      customerId: person?.customerId ?? null,
      decisions: [...decisions, ...settled],
      people: new Map([...(own?.people ?? []), ...(friend?.people ?? [])]),
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
 * the events add. Where a referral began or was dated back of somebody who was known, and what is
 * known of them may have changed with it, they are read again.
 */
async function worldsOf(tx: Tx, known: readonly Known[], read: StoryRead): Promise<FriendWorld[]> {
  const isTied = new Set(read.evidence.map(({ eventId }) => eventId));
  const again = known.filter(
    ({ event, starts }) =>
      isTied.has(event.id) && starts !== null && !(starts.isFresh && !read.shop.asks.people),
  );
  const ids = new Set(again.map(({ person }) => person.customerId));
  const told = known.filter(({ person }) => !ids.has(person.customerId));
  const worlds = friendWorlds(read, read.shop, addedBy(told, read)).filter(
    ({ friendId }) => !ids.has(friendId),
  );
  if (again.length === 0) return worlds;
  const goals = latestGoals(again.map(eventOf));
  const { friends } = await readFriends(tx, [...ids], { goals });
  return [...worlds, ...friends];
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
