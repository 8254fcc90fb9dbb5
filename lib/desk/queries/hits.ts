import type { Db } from "@/lib/core/db";
import { readCode, readShareCode } from "@/lib/core/values/code";
import { readEmail } from "@/lib/core/values/email";

/** By what a customer may be found. */
export const MATCHES = [
  "reward",
  "coupon",
  "order",
  "referral",
  "code",
  "email",
  "id",
  "name",
] as const;
export type Match = (typeof MATCHES)[number];

/** A customer, and by what they were found. */
export type Hit = {
  customerId: string;
  match: Match;
  rewardId: string | null;
  orderId: string | null;
};

/** How many people a search shows. */
export const MOST_PEOPLE = 10;

/**
 * Who a text may be about: by a beginning of a name or email address, or by a whole id, order,
 * coupon or share code. Every part of the search uses an index.
 */
export async function findHits(db: Db, merchantId: string, query: string): Promise<Hit[]> {
  // Under row-level security an index is not used for LIKE, but for these operators. U+10FFFF is
  // the greatest character there is.
  const least = query.toLowerCase();
  const beyond = `${least}\u{10FFFF}`;
  const email = readEmail(query) ?? least;
  const beyondEmail = `${email}\u{10FFFF}`;
  const code = readCode(query);
  const shareCode = readShareCode(query);
  return db.$queryRaw<Hit[]>`
    SELECT customer_id AS "customerId", 'reward' AS match, id AS "rewardId", NULL AS "orderId"
    FROM reward WHERE merchant_id = ${merchantId} AND id = ${query}
    UNION ALL
    SELECT customer_id, 'coupon', reward_id, NULL
    FROM coupon WHERE merchant_id = ${merchantId} AND code = ${code}
    UNION ALL
    SELECT customer_id, 'order', NULL, id
    FROM shop_order WHERE merchant_id = ${merchantId} AND id = ${query}
    UNION ALL
    SELECT friend_id, 'referral', NULL, NULL
    FROM referral WHERE merchant_id = ${merchantId} AND id = ${query}
    UNION ALL
    SELECT a.customer_id, 'code', NULL, NULL
    FROM share_code s JOIN advocate a ON a.merchant_id = s.merchant_id AND a.id = s.advocate_id
    WHERE s.merchant_id = ${merchantId} AND s.code = ${shareCode}
    UNION ALL
    SELECT COALESCE(merged_into_id, id), 'id', NULL, NULL
    FROM customer WHERE merchant_id = ${merchantId} AND (id = ${query} OR external_id = ${query})
    UNION ALL (
      SELECT COALESCE(merged_into_id, id), 'email', NULL, NULL FROM customer
      WHERE merchant_id = ${merchantId} AND email ~>=~ ${email} AND email ~<~ ${beyondEmail}
      ORDER BY email LIMIT ${MOST_PEOPLE}
    )
    UNION ALL (
      SELECT COALESCE(merged_into_id, id), 'name', NULL, NULL FROM customer
      WHERE merchant_id = ${merchantId}
        AND search_name ~>=~ ${least} AND search_name ~<~ ${beyond}
      LIMIT ${MOST_PEOPLE}
    )`;
}
