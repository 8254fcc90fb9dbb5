import type { Db } from "@/lib/core/db";
import type { BadgeFacts, FriendFact } from "../rules";
import type { BadgeKind } from "../schema";

const NOTHING: BadgeFacts = {
  friends: [],
  secondLevel: [],
  points: [],
  purchases: [],
  joinedAt: null,
};

/** What some kinds of badges look at, of one customer; the rest is left empty. */
export async function badgeFacts(
  db: Db,
  merchantId: string,
  customerId: string,
  kinds: ReadonlySet<BadgeKind>,
): Promise<BadgeFacts> {
  const facts: { -readonly [K in keyof BadgeFacts]: BadgeFacts[K] } = { ...NOTHING };
  const asks = (...some: BadgeKind[]) => some.some((kind) => kinds.has(kind));
  if (asks("friends", "friends_within", "first_of_channel"))
    facts.friends = await qualifiedFriends(db, merchantId, customerId);
  if (asks("second_level")) facts.secondLevel = await friendsOfFriends(db, merchantId, customerId);
  if (asks("points_earned")) {
    facts.points = await db.$queryRaw<BadgeFacts["points"]>`
      SELECT id AS "rewardId", LEAST(held_until, issued_at) AS at,
        amount_minor - reversed_minor AS amount FROM reward
      WHERE merchant_id = ${merchantId} AND customer_id = ${customerId} AND asset = 'PTS/0'
        AND state IN ('available', 'issued', 'used', 'expired') AND amount_minor > reversed_minor`;
  }
  if (asks("purchases")) {
    facts.purchases = await db.$queryRaw<BadgeFacts["purchases"]>`
      SELECT id AS "orderId", occurred_at AS at FROM shop_order
      WHERE merchant_id = ${merchantId} AND customer_id = ${customerId}
        AND stands`;
  }
  if (asks("anniversary")) {
    const first = await db.advocate.findFirst({
      where: { merchantId, customerId },
      orderBy: { joinedAt: "asc" },
      select: { joinedAt: true },
    });
    facts.joinedAt = first?.joinedAt ?? null;
  }
  return facts;
}

async function qualifiedFriends(
  db: Db,
  merchantId: string,
  customerId: string,
): Promise<FriendFact[]> {
  return db.$queryRaw<FriendFact[]>`
    SELECT r.id AS "referralId", r.friend_id AS "friendId", r.channel, r.qualified_at AS at
    FROM advocate a JOIN referral r ON r.merchant_id = a.merchant_id AND r.advocate_id = a.id
    WHERE a.merchant_id = ${merchantId} AND a.customer_id = ${customerId}
      AND r.state IN ('qualified', 'rewarded') AND r.qualified_at IS NOT NULL`;
}

async function friendsOfFriends(
  db: Db,
  merchantId: string,
  customerId: string,
): Promise<BadgeFacts["secondLevel"]> {
  return db.$queryRaw<BadgeFacts["secondLevel"]>`
    SELECT r2.id AS "referralId", r2.friend_id AS "friendId", r2.channel,
      r1.id AS "throughReferralId",
      GREATEST(r1.qualified_at, r2.qualified_at) AS at
    FROM advocate a1
    JOIN referral r1 ON r1.merchant_id = a1.merchant_id AND r1.advocate_id = a1.id
      AND r1.state IN ('qualified', 'rewarded') AND r1.qualified_at IS NOT NULL
    JOIN advocate a2 ON a2.merchant_id = r1.merchant_id AND a2.customer_id = r1.friend_id
    JOIN referral r2 ON r2.merchant_id = a2.merchant_id AND r2.advocate_id = a2.id
      AND r2.state IN ('qualified', 'rewarded') AND r2.qualified_at IS NOT NULL
        AND r2.friend_id <> ${customerId}
    WHERE a1.merchant_id = ${merchantId} AND a1.customer_id = ${customerId}`;
}
