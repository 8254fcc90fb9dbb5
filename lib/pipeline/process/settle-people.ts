import { noteScores } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { GrantOptions } from "@/lib/rewards/commands";
import type { Decision } from "../decide/decision";
import type { FriendWorld, ShopWorld } from "../decide/world";
import type { LoadedAdvocate } from "../read/advocates";
import type { People } from "../read/people";
import type { Shop } from "../read/shop";
import { writeEffects } from "../write/effects";
import { withoutEvent } from "../write/outcomes";
import { decideFriends, keepPeople } from "./settle-friends";
import { decideOwnActions, type OwnEvent } from "./settle-own-actions";

/** People who did something, each by one event, and all that deciding about them may ask. */
export type Settling = {
  shop: Shop;
  events: readonly OwnEvent[];
  /** As friends: with what the shop's settings say of those who were read with them. */
  friends: readonly { shop: ShopWorld; friends: readonly FriendWorld[] }[];
  /** As advocates: see `advocatesQuery`. */
  advocates: readonly LoadedAdvocate[];
};

/** What followed from an event, and the people whom terms asked for, as they are now. */
export type SettledEvent = { decisions: Decision[]; people: People };

/**
 * Brings the referrals and rewards of people to where the facts take them: decides about them as
 * friends and as advocates, and writes the effects of all of it at once, in the written order of
 * locks.
 * @returns by event
 */
export async function settlePeople(
  tx: Tx,
  { shop, events, friends, advocates }: Settling,
  options: GrantOptions = {},
): Promise<Map<string, SettledEvent>> {
  const causes = new Map(
    events.map(({ event, customerId }) => [customerId, { key: event.id, at: event.occurredAt }]),
  );
  const asFriends = friends.flatMap((read) =>
    decideFriends(read.shop, read.friends, causes, scopeNow(tx)),
  );
  const asAdvocates = await decideOwnActions(tx, shop, advocates, events);
  for (const read of friends) keepPeople(tx, read.friends);
  const written = await writeEffects(tx, [...asFriends, ...asAdvocates], options);
  // What somebody buys may count for their advocate, whatever is decided about it.
  noteScores(
    tx,
    events.flatMap(({ customerId, orderIds }) => (orderIds.length > 0 ? [customerId] : [])),
  );

  const ofFriend = new Map(
    asFriends.map(({ friendId, people }, at) => [friendId, { people, decisions: written[at]! }]),
  );
  return new Map(
    events.map(({ event, customerId }, at) => {
      const friend = ofFriend.get(customerId);
      const own = asAdvocates[at]!;
      return [
        event.id,
        {
          decisions: [
            ...(friend?.decisions ?? []).map(withoutEvent),
            ...written[asFriends.length + at]!.map(withoutEvent),
          ],
          people: new Map([...own.people, ...(friend?.people ?? [])]),
        },
      ];
    }),
  );
}
