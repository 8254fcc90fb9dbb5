import { expect } from "@playwright/test";
import { askDatabase } from "./server/database";
import { databaseUrl } from "./server/surroundings";

/** What the tables say of one merchant, for tests that compare before and after. */

/**
 * Waits until the worker has processed every event of the merchant; fails with the last error of
 * an event that could not be processed.
 */
export async function settled(
  merchantId: string,
  { url = databaseUrl(), within = 300_000 } = {},
): Promise<void> {
  const waiting = async () => {
    const [row] = await askDatabase<{ waiting: number; failure: string | null }>(
      `SELECT count(*)::int AS waiting, max(last_error) AS failure
       FROM event_inbox WHERE merchant_id = $1`,
      [merchantId],
      url,
    );
    return row;
  };
  await expect
    .poll(waiting, { timeout: within, intervals: [100, 250, 500] })
    .toEqual({ waiting: 0, failure: null });
}

/**
 * The number of rows and a hash over all of their values, for every table that has rows of the
 * merchant. Left out is when a key was last used, which is not what anybody did.
 */
export async function digestOf(
  merchantId: string,
  url = databaseUrl(),
): Promise<Record<string, string>> {
  const tables = await askDatabase<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name = 'merchant_id' AND table_name <> 'api_key'
     ORDER BY 1`,
    [],
    url,
  );
  const parts = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name,
        count(*) || ' rows, ' || COALESCE(sum(hashtextextended(t::text, 0)), 0) AS content
     FROM "${name}" t WHERE merchant_id = $1`,
  );
  const rows = await askDatabase<{ name: string; content: string }>(
    parts.join(" UNION ALL "),
    [merchantId],
    url,
  );
  return Object.fromEntries(rows.map(({ name, content }) => [name, content]));
}

/** The sum of all balances for each asset; double entry makes every one of them 0. */
export async function ledgerSums(
  merchantId: string,
  url = databaseUrl(),
): Promise<Record<string, string>> {
  const rows = await askDatabase<{ asset: string; sum: string }>(
    `SELECT asset, sum(balance_minor)::text AS sum
     FROM ledger_account WHERE merchant_id = $1 GROUP BY asset`,
    [merchantId],
    url,
  );
  return Object.fromEntries(rows.map(({ asset, sum }) => [asset, sum]));
}

/** Accounts whose balance is not what their transfers add up to; there must be none. */
export async function wrongBalances(
  merchantId: string,
  url = databaseUrl(),
): Promise<{ id: string }[]> {
  return askDatabase<{ id: string }>(
    `SELECT a.id FROM ledger_account a
     LEFT JOIN LATERAL (
       SELECT sum(CASE
         WHEN t.credit_account_id = a.id THEN t.amount_minor ELSE -t.amount_minor END) AS sum
       FROM ledger_transfer t
       WHERE t.merchant_id = a.merchant_id AND a.id IN (t.credit_account_id, t.debit_account_id)
     ) moved ON true
     WHERE a.merchant_id = $1 AND a.balance_minor <> COALESCE(moved.sum, 0)`,
    [merchantId],
    url,
  );
}

/**
 * Everything in the ledger that cannot be: assets that do not sum to 0, balances that are not their
 * transfers or not their lots, lots that are not their moves, spending out of a lot that had
 * expired, and claims above 0.
 */
export async function wrongBooks(
  merchantId: string,
  url = databaseUrl(),
): Promise<{ what: string; id: string }[]> {
  return askDatabase<{ what: string; id: string }>(
    `WITH moved AS (
       SELECT id, sum(minor) AS minor FROM (
         SELECT credit_account_id AS id, amount_minor AS minor
         FROM ledger_transfer WHERE merchant_id = $1
         UNION ALL SELECT debit_account_id, -amount_minor
         FROM ledger_transfer WHERE merchant_id = $1) one GROUP BY id
     ), lots AS (SELECT account_id AS id, sum(remaining_minor) AS minor
     FROM ledger_lot WHERE merchant_id = $1 GROUP BY 1),
     moves AS (SELECT lot_id AS id, sum(amount_minor) AS minor
     FROM lot_move WHERE merchant_id = $1 GROUP BY 1)
     SELECT 'asset' AS what, asset AS id
     FROM ledger_account WHERE merchant_id = $1 GROUP BY asset HAVING sum(balance_minor) <> 0
     UNION ALL SELECT 'balance', a.id FROM ledger_account a LEFT JOIN moved USING (id)
       WHERE a.merchant_id = $1 AND a.balance_minor <> COALESCE(moved.minor, 0)
     UNION ALL SELECT 'lots', a.id FROM ledger_account a LEFT JOIN lots USING (id)
       WHERE a.merchant_id = $1 AND a.kind = 'available'
         AND a.balance_minor <> COALESCE(lots.minor, 0)
     UNION ALL SELECT 'lot', l.id FROM ledger_lot l LEFT JOIN moves USING (id)
       WHERE l.merchant_id = $1 AND l.remaining_minor <> l.amount_minor + COALESCE(moves.minor, 0)
     UNION ALL SELECT 'expired lot spent', l.id FROM ledger_lot l
       JOIN lot_move m ON m.merchant_id = l.merchant_id AND m.lot_id = l.id AND m.amount_minor < 0
       JOIN ledger_transfer t ON t.merchant_id = m.merchant_id AND t.id = m.transfer_id
         AND t.credit_account_id LIKE 'spent:%'
       WHERE l.merchant_id = $1 AND l.expires_at <= t.recorded_at
     UNION ALL SELECT 'claim', id
     FROM ledger_account WHERE merchant_id = $1 AND kind = 'owed' AND balance_minor > 0`,
    [merchantId],
    url,
  );
}

/** Every reward, by the merchant's own ids, in a fixed order. */
export async function rewardsOf(merchantId: string, url = databaseUrl()) {
  return askDatabase<{
    side: string;
    customer: string;
    orderId: string;
    minor: string;
    state: string;
  }>(
    `SELECT r.side, c.external_id AS customer, r.order_id AS "orderId",
      r.amount_minor::text AS minor, r.state
     FROM reward r JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.customer_id
     WHERE r.merchant_id = $1 ORDER BY r.side, r.order_id, c.external_id`,
    [merchantId],
    url,
  );
}

/**
 * The state of a merchant in the merchant’s own terms, with nothing in it that differs
 * between two runs of the same history (our ids, codes, the time of recording).
 */
export async function stateOf(
  merchantId: string,
  url = databaseUrl(),
): Promise<Record<string, unknown[]>> {
  const ask = (sql: string) => askDatabase(sql, [merchantId], url);
  return {
    customers: await ask(
      `SELECT external_id, first_seen_at, first_order_at, last_order_at, order_count, revenue_minor
       FROM customer WHERE merchant_id = $1 ORDER BY external_id`,
    ),
    events: await ask(
      "SELECT dedupe_key, type, occurred_at FROM event WHERE merchant_id = $1 ORDER BY dedupe_key",
    ),
    orders: await ask(
      `SELECT o.id, c.external_id, o.occurred_at, o.total_minor, (
         SELECT sum(l.total_minor)
         FROM order_line l WHERE l.merchant_id = o.merchant_id AND l.order_id = o.id) AS lines
       FROM shop_order o JOIN customer c ON c.merchant_id = o.merchant_id AND c.id = o.customer_id
       WHERE o.merchant_id = $1 ORDER BY o.id`,
    ),
    referrals: await ask(
      `SELECT f.external_id AS friend, c.external_id AS advocate, r.state, r.reason, r.joined_at,
        r.qualified_at, r.expires_at,
         (SELECT array_agg(s.state ORDER BY s.id) FROM referral_step s
          WHERE s.merchant_id = r.merchant_id AND s.referral_id = r.id) AS steps
       FROM referral r
       JOIN customer f ON f.merchant_id = r.merchant_id AND f.id = r.friend_id
       JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
       JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id
       WHERE r.merchant_id = $1 ORDER BY f.external_id`,
    ),
    rewards: await rewardsOf(merchantId, url),
    balances: await ask(
      `SELECT l.kind, l.asset, c.external_id AS customer, l.balance_minor
       FROM ledger_account l
       LEFT JOIN customer c ON c.merchant_id = l.merchant_id AND c.id = l.owner_id
       WHERE l.merchant_id = $1 ORDER BY l.kind, l.asset, c.external_id`,
    ),
    budget: await ask("SELECT rewards, cost_minor FROM program_budget WHERE merchant_id = $1"),
    advocates: await ask(
      `SELECT c.external_id, a.reward_count, a.qualified_count
       FROM advocate a JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id
       WHERE a.merchant_id = $1 ORDER BY c.external_id`,
    ),
  };
}
