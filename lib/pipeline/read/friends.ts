import { Prisma } from "@/lib/core/db";
import { NOTHING, type Query, readTogether } from "@/lib/core/statements/query";
import { addDays } from "@/lib/core/time";
import type { Tx } from "@/lib/merchants/scope";
import { lockReferralsQuery, ofFriends, referralsQuery } from "@/lib/referrals/commands";
import type { FriendWorld, ShopWorld } from "../decide/world";
import { refusalsQuery, rewardsQuery } from "./decided";
import { type AddedFacts, friendWorlds, type FriendsRead } from "./friend-worlds";
import { goalsQuery } from "./goals";
import { ordersQuery } from "./orders";
import { peopleQuery, peopleThenSql } from "./people";
import { type Shop, shopOf, shopQuery, shopWorld } from "./shop";

/** Somebody whose referrals are asked for. */
export type AskedFriend = {
  id: string;
  /** When an event under way may make them a friend; null if none can. */
  joinsAt: Date | null;
};

type FriendsQueries = { [Name in keyof FriendsRead]: Query<FriendsRead[Name][number]> };

/** Without programs there are no friends. */
const NO_QUESTIONS: FriendsQueries = {
  friendReferrals: NOTHING,
  friendOrders: NOTHING,
  friendGoals: NOTHING,
  friendPeople: NOTHING,
  friendRewards: NOTHING,
  friendRefusals: NOTHING,
};

/**
 * Everything that deciding about these people's referrals may ask, to travel with other questions.
 * Nobody knows yet which terms those are under, so it asks what any terms of the shop ask:
 * `friendWorlds` keeps what theirs do. Lock the referrals before.
 */
export function friendsQueries(
  tx: Pick<Tx, "merchantId">,
  friends: readonly AskedFriend[],
  { asks, windowDays, programs }: Pick<Shop, "asks" | "windowDays" | "programs">,
): FriendsQueries {
  if (programs.size === 0) return NO_QUESTIONS;
  const { merchantId } = tx;
  const ids = friends.map(({ id }) => id);
  const referral = referralsQuery(tx, ofFriends(ids));
  const windows = windowsSql(merchantId, friends, windowDays);
  const theirs = Prisma.sql`referral_id IN (
    SELECT r.id FROM referral r WHERE r.merchant_id = ${merchantId} AND ${ofFriends(ids)}
  )`;
  return {
    friendReferrals: {
      sql: Prisma.sql`
        SELECT r.*, ${peopleThenSql(asks.people, merchantId, Prisma.sql`r."joinEventId"`)} AS people
        FROM (${referral.sql}) r`,
      row: ({ people, ...json }) => ({ ...referral.row(json), people }),
    },
    friendOrders: ordersQuery(
      tx,
      asks,
      Prisma.sql`${windows} JOIN shop_order o ON o.customer_id = w.id
        AND o.occurred_at BETWEEN w.since AND w.until`,
      Prisma.sql`TRUE`,
    ),
    friendGoals: goalsQuery(tx, {
      friends: windows,
      types: asks.goals,
      withCountry: asks.event,
      withPeople: asks.people,
    }),
    friendPeople: asks.people
      ? peopleQuery(
          tx,
          Prisma.sql`
            SELECT unnest(${ids}::text[])
            UNION
            SELECT a.customer_id FROM referral r
            JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
            WHERE r.merchant_id = ${merchantId} AND ${ofFriends(ids)}`,
        )
      : NOTHING,
    friendRewards: rewardsQuery(tx, Prisma.sql`${theirs} AND cause_kind <> 'second_level'`),
    friendRefusals: refusalsQuery(tx, theirs),
  };
}

/**
 * Reads friends with everything that deciding about their referrals may ask, and locks those
 * referrals until the transaction ends. The number of statements does not depend on how many they
 * are; what no terms ask for is not read.
 * @param known.added what is not on record yet
 * @param known.shop as this transaction has read it; by default it is read now
 */
export async function readFriends(
  tx: Tx,
  friendIds: readonly string[],
  known: { added?: AddedFacts; shop?: Shop } = {},
): Promise<{ friends: FriendWorld[]; shop: ShopWorld }> {
  const before = await readTogether(tx.db, {
    locked: lockReferralsQuery(tx, ofFriends(friendIds)),
    shop: known.shop ? NOTHING : shopQuery(tx),
  });
  tx.lock.took("referral", before.locked);
  const shop = known.shop ?? (await shopOf(tx, before.shop[0]!));
  if (before.locked.length === 0) return { friends: [], shop: shopWorld(shop, []) };
  const asked = friendIds.map((id) => ({ id, joinsAt: null }));
  const read = await readTogether(tx.db, friendsQueries(tx, asked, shop));
  return {
    friends: friendWorlds(read, shop, known.added),
    shop: shopWorld(shop, read.friendPeople),
  };
}

/**
 * SQL of the time from the first of somebody's referrals to the end of the last, as w (id, since,
 * until). Whoever an event under way makes a friend is one since their click, at the earliest.
 */
function windowsSql(
  merchantId: string,
  friends: readonly AskedFriend[],
  windowDays: number,
): Prisma.Sql {
  const since = friends.map(
    ({ joinsAt }) => joinsAt && addDays(joinsAt, -windowDays).toISOString(),
  );
  return Prisma.sql`(
    SELECT f.id, LEAST(f.since, min(LEAST(r.clicked_at, r.joined_at))) AS since,
      CASE WHEN f.since IS NULL THEN max(r.expires_at) ELSE 'infinity' END AS until
    FROM unnest(${friends.map(({ id }) => id)}::text[], ${since}::timestamptz[]) AS f (id, since)
    LEFT JOIN referral r ON r.merchant_id = ${merchantId} AND r.friend_id = f.id
      AND r.state <> 'clicked'
    GROUP BY f.id, f.since
  ) w`;
}
