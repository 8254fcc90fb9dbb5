import { defineWrite } from "@/lib/core/statements/pending-writes";
import { Prisma } from "@/lib/core/db";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { Effect } from "../decide/effects";
import type { FriendWorld, ShopWorld } from "../decide/world";
import { settleFriend } from "../decide/settle/settle-friend";
import { readFriends } from "../read/friends";
import { type People, personKey } from "../read/people";
import { type Decided, type EffectCause, writeEffects } from "../write/effects";

/** Where the facts take somebody's referrals, and the rewards for them. */
export type FriendSettlement = {
  friendId: string;
  /** What made it look again. */
  cause: EffectCause;
  effects: Effect[];
  /** Everybody whom the terms asked for, as they are now. */
  people: People;
};

/**
 * Decides where the facts take all referrals of some friends, and the rewards for them. Pure.
 * @param causes by friend: what made it look again
 */
export function decideFriends(
  shop: ShopWorld,
  friends: readonly FriendWorld[],
  causes: ReadonlyMap<string, EffectCause>,
  now: Date,
): FriendSettlement[] {
  return friends.map((friend) => {
    const { friendId } = friend;
    const cause = causes.get(friendId)!;
    const effects = settleFriend(shop, friend, { now, at: cause.at });
    return { friendId, cause, effects, people: peopleOf(friend) };
  });
}

export type Settled = {
  decisions: Decided[];
  /** Everybody whom the terms asked for, as they are now. */
  people: People;
};

/**
 * Brings all referrals of some friends, and the rewards for them, to where the facts take them:
 * reads, decides, writes.
 * @param cause what made it look again
 */
export async function settleFriends(
  tx: Tx,
  friendIds: readonly string[],
  cause: EffectCause,
): Promise<Settled> {
  const { friends, shop } = await readFriends(tx, friendIds);
  const causes = new Map(friends.map(({ friendId }) => [friendId, cause]));
  const settled = decideFriends(shop, friends, causes, scopeNow(tx));
  keepPeople(tx, friends);
  const effects = settled.flatMap((friend) => friend.effects);
  const [decisions] = await writeEffects(tx, [{ effects, cause }]);
  return {
    decisions: decisions!,
    people: new Map(settled.flatMap(({ people }) => [...people])),
  };
}

/** Everybody whom the terms of somebody's referrals ask for, as they are now. */
function peopleOf({ referrals }: FriendWorld): People {
  return new Map(
    referrals.flatMap(({ programId, friendId, advocateCustomerId, people }) => [
      ...(people.friend ? [[personKey(programId, friendId), people.friend] as const] : []),
      ...(people.advocate
        ? [[personKey(programId, advocateCustomerId), people.advocate] as const]
        : []),
    ]),
  );
}

/** Who was known then stays as they were. */
const keptPeople = defineWrite<{ eventIds: string[]; people: object }>({
  name: "kept_people",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    UPDATE event_outcome o SET people = k.people || COALESCE(o.people, '{}'::jsonb)
    FROM (
      SELECT unnest("eventIds") AS event_id, people
      FROM json_to_recordset(${rows}) AS r ("eventIds" text[], people jsonb)
    ) k
    WHERE o.merchant_id = ${merchantId} AND o.event_id = k.event_id
    RETURNING 1`,
});

/**
 * Keeps the people with events that were processed before anything asked about them: what is
 * decided about these events now, is decided by who the people are now, also later.
 */
export function keepPeople(tx: Tx, friends: readonly FriendWorld[]): void {
  for (const friend of friends) {
    const people = peopleOf(friend);
    if (people.size === 0) continue;
    const unknown = friend.referrals.flatMap(({ peopleThen, joinEventId }) =>
      [...friend.orders, ...friend.goals]
        .map(({ eventId }) => eventId)
        .concat(joinEventId)
        .filter((eventId) => !peopleThen.has(eventId)),
    );
    if (unknown.length > 0)
      tx.later(keptPeople, {
        eventIds: [...new Set(unknown)],
        people: Object.fromEntries(people),
      });
  }
}
