import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { FriendWorld } from "../decide/world";
import { settleFriend } from "../decide/settle/settle-friend";
import { readFriends } from "../read/friends";
import type { LatestEvent } from "../read/goals";
import { type People, personKey } from "../read/people";
import { readShop } from "../read/shop";
import { type Decided, type EffectCause, writeEffects } from "../write/effects";

export type Settled = {
  decisions: Decided[];
  /** Everybody whom the terms asked for, as they are now. */
  people: People;
};

/**
 * Brings all referrals of some friends, and the rewards for them, to where the facts on record take
 * them: reads, decides, writes.
 * @param cause what made it look again
 * @param latest events under way, which have no outcome on record yet
 */
export async function settleFriends(
  tx: Tx,
  friendIds: readonly string[],
  cause: EffectCause,
  latest: readonly LatestEvent[] = [],
): Promise<Settled> {
  const friends = await readFriends(tx, friendIds, latest);
  const referrals = friends.flatMap((friend) => friend.referrals);
  if (referrals.length === 0) return { decisions: [], people: new Map() };
  const shop = await readShop(
    tx,
    referrals.map(({ terms }) => terms),
    referrals.flatMap(({ friendId, advocateCustomerId }) => [friendId, advocateCustomerId]),
  );
  const moment = { now: scopeNow(tx), at: cause.at };
  const effects = friends.flatMap((friend) => settleFriend(shop, friend, moment));
  await keepPeople(tx, friends);
  return { decisions: await writeEffects(tx, effects, cause), people: peopleOf(friends) };
}

/** Everybody whom the terms of these referrals ask for, as they are now. */
function peopleOf(friends: readonly FriendWorld[]): People {
  return new Map(
    friends
      .flatMap(({ referrals }) => referrals)
      .flatMap(({ programId, friendId, advocateCustomerId, people: { friend, advocate } }) => [
        ...(friend ? [[personKey(programId, friendId), friend] as const] : []),
        ...(advocate ? [[personKey(programId, advocateCustomerId), advocate] as const] : []),
      ]),
  );
}

/**
 * Keeps the people with events that were processed before anything asked about them: what is
 * decided about these events now, is decided by who the people are now, also later.
 */
async function keepPeople(tx: Tx, friends: readonly FriendWorld[]): Promise<void> {
  for (const friend of friends) {
    const people = Object.fromEntries(peopleOf([friend]));
    if (Object.keys(people).length === 0) continue;
    const unknown = friend.referrals.flatMap(({ peopleThen, joinEventId }) =>
      [...friend.orders, ...friend.goals]
        .map(({ eventId }) => eventId)
        .concat(joinEventId)
        .filter((eventId) => !peopleThen.has(eventId)),
    );
    if (unknown.length === 0) continue;
    // Who was known then stays as they were.
    await tx.db.$executeRaw`
      UPDATE event_outcome
      SET people = ${JSON.stringify(people)}::jsonb || COALESCE(people, '{}'::jsonb)
      WHERE merchant_id = ${tx.merchantId} AND event_id = ANY(${unknown}::text[])`;
  }
}
