import type pg from "pg";
import type { Scope } from "@/lib/merchants/scope";
import { checkBooks } from "../pages/large-shop-checks";
import { MARK, PRICE_CENTS } from "./load";

const CREDIT_CENTS = 1_000;

/** Each friend has two events, an order, a referral and a reward for it: no fewer, and no more. */
const COUNTS = `
  WITH friend AS (
    SELECT id, order_count, revenue_minor FROM customer
    WHERE merchant_id = $1 AND external_id LIKE $2 || '%'
  ), friendship AS (
    SELECT r.id, r.state FROM referral r
    JOIN friend f ON f.id = r.friend_id WHERE r.merchant_id = $1
  ), paid AS (
    SELECT w.id, w.amount_minor FROM reward w
    JOIN friendship r ON r.id = w.referral_id WHERE w.merchant_id = $1
  )
  SELECT (SELECT count(*)::int FROM friend) AS friends,
    (SELECT count(*)::int FROM event WHERE merchant_id = $1
      AND body->'customer'->>'id' LIKE $2 || '%') AS events,
    (SELECT count(*)::int FROM event_inbox WHERE merchant_id = $1) AS waiting,
    (SELECT count(*)::int FROM shop_order WHERE merchant_id = $1 AND id LIKE $2 || '%') AS orders,
    (SELECT COALESCE(sum(order_count), 0)::int FROM friend) AS "countedOrders",
    (SELECT COALESCE(sum(revenue_minor), 0)::int FROM friend) AS "revenueCents",
    (SELECT count(*)::int FROM friendship WHERE state = 'qualified') AS qualified,
    (SELECT count(*)::int FROM friendship) AS referrals,
    (SELECT count(*)::int FROM paid) AS rewards,
    (SELECT COALESCE(sum(amount_minor), 0)::int FROM paid) AS "rewardCents",
    (SELECT count(*)::int FROM ledger_transfer WHERE merchant_id = $1) AS transfers,
    (SELECT count(*)::int FROM (
      SELECT FROM ledger_account WHERE merchant_id = $1
      GROUP BY asset HAVING sum(balance_minor) <> 0) one) AS uneven`;

/** What is not exactly as so many friends make it, in words; nothing, if all is right. */
export async function faultsIn(
  database: pg.Client,
  { merchantId }: Scope,
  friends: number,
): Promise<string[]> {
  const { rows } = await database.query<Record<string, number>>(COUNTS, [merchantId, MARK]);
  const { transfers, ...found } = rows[0]!;
  const expected: Record<string, number> = {
    friends,
    events: 2 * friends,
    waiting: 0,
    orders: friends,
    countedOrders: friends,
    revenueCents: PRICE_CENTS * friends,
    qualified: friends,
    referrals: friends,
    rewards: friends,
    rewardCents: CREDIT_CENTS * friends,
    uneven: 0,
  };
  const wrong = Object.entries(expected).filter(([name, value]) => found[name] !== value);
  return [
    ...wrong.map(([name, value]) => `${name}: ${found[name]} and not ${value}`),
    ...(await checkBooks(database, { merchantId, transfers: transfers! })),
  ];
}
