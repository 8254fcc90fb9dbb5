import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { PersonFact } from "@/lib/terms/facts/conditions";
import { settleFriend } from "../decide/settle/settle-friend";
import { readFriends } from "../read/friends";
import type { LatestEvent } from "../read/goals";
import { readShop } from "../read/shop";
import { type Decided, type EffectCause, writeEffects } from "../write/effects";

export type Settled = {
  decisions: Decided[];
  /** Everybody whom the terms asked for, as they are now. */
  people: ReadonlyMap<string, PersonFact>;
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
  const people = new Map(
    referrals.flatMap(({ friendId, advocateCustomerId, people: { friend, advocate } }) => [
      ...(friend ? [[friendId, friend] as const] : []),
      ...(advocate ? [[advocateCustomerId, advocate] as const] : []),
    ]),
  );
  return { decisions: await writeEffects(tx, effects, cause), people };
}
