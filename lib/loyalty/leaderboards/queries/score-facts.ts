import { Prisma } from "@/lib/core/db";

/**
 * What counts, as SQL: each an amount for the advocate `a` within the season `s` of leaderboard
 * `b`. A fact belongs to the season in which it occurred. The one definition that single scores,
 * recounts and the preview of a leaderboard all read.
 */

/** Qualified friends, by when they qualified. */
const referrals = Prisma.sql`
  SELECT count(*) FROM referral r
  WHERE r.merchant_id = a.merchant_id AND r.advocate_id = a.id
    AND r.state IN ('qualified', 'rewarded')
    AND r.qualified_at >= s.starts_at AND (s.ends_at IS NULL OR r.qualified_at < s.ends_at)`;

/**
 * Orders of qualified friends since their referral began, minus refunds, by when they were placed.
 */
const revenue = Prisma.sql`
  SELECT COALESCE(sum(o.total_minor - o.refunded_minor) FILTER (WHERE o.stands), 0) FROM referral r
  JOIN shop_order o ON o.merchant_id = r.merchant_id AND o.customer_id = r.friend_id
    AND o.occurred_at >= s.starts_at AND (s.ends_at IS NULL OR o.occurred_at < s.ends_at)
    AND o.occurred_at >= LEAST(r.clicked_at, r.joined_at, r.created_at)
  WHERE r.merchant_id = a.merchant_id AND r.advocate_id = a.id
    AND r.state IN ('qualified', 'rewarded')`;

/**
 * Points granted by the program's own rules, whether spent, expired or still on hold, minus
 * reversals. Points granted otherwise (a prize, goodwill) are not earned in a season.
 */
const points = Prisma.sql`
  SELECT COALESCE(sum(w.amount_minor - w.reversed_minor), 0) FROM reward w
  WHERE w.merchant_id = a.merchant_id AND w.customer_id = a.customer_id AND w.asset = 'PTS/0'
    AND w.earned_at >= s.starts_at AND (s.ends_at IS NULL OR w.earned_at < s.ends_at)
    AND w.program_id = a.program_id AND w.state NOT IN ('voided', 'reversed')
    AND w.source = 'rule'`;

/** The score of advocate `a` in season `s` of leaderboard `b`. */
export const scoreSql = Prisma.sql`
  (CASE b.metric WHEN 'referrals' THEN (${referrals}) WHEN 'revenue' THEN (${revenue})
    ELSE (${points}) END)::bigint`;

/**
 * Ids of the advocates of leaderboard `b` who may have something in season `s`. A few too many are
 * no harm.
 */
export const candidatesSql = (merchantId: string) => Prisma.sql`
  SELECT r.advocate_id AS id FROM referral r
  WHERE b.metric = 'referrals' AND r.merchant_id = ${merchantId} AND r.program_id = b.program_id
    AND r.qualified_at >= s.starts_at AND (s.ends_at IS NULL OR r.qualified_at < s.ends_at)
  UNION
  SELECT r.advocate_id FROM shop_order o
  JOIN referral r ON r.merchant_id = o.merchant_id AND r.friend_id = o.customer_id
    AND r.program_id = b.program_id
  WHERE b.metric = 'revenue' AND o.merchant_id = ${merchantId}
    AND o.occurred_at >= s.starts_at AND (s.ends_at IS NULL OR o.occurred_at < s.ends_at)
  UNION
  SELECT a.id FROM reward w
  JOIN advocate a ON a.merchant_id = w.merchant_id AND a.program_id = w.program_id
    AND a.customer_id = w.customer_id
  WHERE b.metric = 'points' AND w.merchant_id = ${merchantId} AND w.program_id = b.program_id
    AND w.asset = 'PTS/0'
    AND w.earned_at >= s.starts_at AND (s.ends_at IS NULL OR w.earned_at < s.ends_at)`;
