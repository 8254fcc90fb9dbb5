import pg from "pg";
import type { Scope } from "@/lib/merchants/scope";

/**
 * For the bench only: a shop with many customers, made by a few statements. Everybody but the first
 * was invited by somebody before them, some by many times as many as others; each has bought and
 * spent points, and the books add up.
 */

export type LargeShop = {
  merchantId: string;
  programId: string;
  customers: number;
  transfers: number;
};

/** Their indexes are dropped for the load and built anew after it. */
const TABLES = [
  "customer",
  "advocate",
  "share_code",
  "referral",
  "reward",
  "ledger_account",
  "ledger_transfer",
  "ledger_lot",
  "lot_move",
  "season_score",
];

export const customerId = (n: number): string => `cus_${String(n).padStart(26, "0")}`;
export const advocateId = (n: number): string => `adv_${String(n).padStart(26, "0")}`;

const id = (prefix: string, n = "n") => `'${prefix}_' || lpad((${n})::text, 26, '0')`;

/** What each reward was granted under: 100 points, without conditions. */
const FROZEN_TERMS = JSON.stringify({
  currency: "USD",
  benefit: { kind: "points" },
  calculator: { kind: "fixed", amount: "100" },
  holdDays: 0,
  conditions: { all: [] },
  qualificationConditions: { all: [] },
  pointCostMilli: 1000,
});
const FROZEN_FACTS = JSON.stringify({
  currency: "USD",
  orderMinor: null,
  isNewCustomer: true,
  reasons: [],
});

/** Statements by what they need: all of a step are ready once the step before is done. */
const STEPS: readonly (readonly string[])[] = [
  // Everybody, and who invited whom.
  [
    `
    INSERT INTO referral (merchant_id, id, program_id, program_version, advocate_id, friend_id,
      code, state, reason, attributed_by,
      joined_at, proven_at, qualified_at, created_at, expires_at)
    SELECT :m, ${id("ref")}, :p, 1, ${id("adv", "who")}, ${id("cus")}, 'CODE-' || who,
      CASE WHEN n % 10 < 7 THEN 'rewarded' ELSE 'joined' END,
      'rewards_issued', 'code', at, at, CASE WHEN n % 10 < 7 THEN at END, at,
      at + interval '90 days'
    FROM (
      SELECT n, 1 + floor((n - 1) * power(random(), 3))::int AS who,
        date_trunc('milliseconds', now() - random() * interval '70 days') AS at
      FROM generate_series(2, :n) n
    ) drawn`,
    `
    INSERT INTO customer (merchant_id, id, external_id, email, email_identity, name, locale,
      traits, created_at, first_seen_at)
    SELECT :m, ${id("cus")}, 'c-' || n, 'person' || n || '@example.com',
      'person' || n || '@example.com', 'Person ' || n, 'en', '{}',
      now() - interval '90 days', now() - interval '90 days' FROM generate_series(1, :n) n`,
    `
    INSERT INTO advocate (merchant_id, id, program_id, customer_id, joined_at, alias)
    SELECT :m, ${id("adv")}, :p, ${id("cus")}, now() - interval '80 days',
      CASE WHEN n % 10 > 0 THEN 'Runner ' || n END
    FROM generate_series(1, :n) n`,
    `
    INSERT INTO share_code (merchant_id, code, program_id, advocate_id, created_at)
    SELECT :m, 'CODE-' || n, :p, ${id("adv")}, now() - interval '80 days'
    FROM generate_series(1, :n) n`,
  ],
  // One reward of 100 points for each qualified friend and one for everybody's own purchase.
  [
    `CREATE UNLOGGED TABLE bench_earned AS
    SELECT row_number() OVER (ORDER BY at) AS k, * FROM (
      SELECT a.customer_id, r.id AS referral_id, r.advocate_id, 'advocate' AS rule,
        r.qualified_at AS at
      FROM referral r JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
      WHERE r.merchant_id = :m AND r.state = 'rewarded'
      UNION ALL
      SELECT ${id("cus")}, NULL, NULL, 'own',
        date_trunc('milliseconds', now() - random() * interval '70 days')
        FROM generate_series(1, :n) n
    ) causes`,
  ],
  // Of each of the latter, two times 10 are spent.
  [
    `CREATE UNLOGGED TABLE bench_spent AS
    SELECT k, customer_id, step,
      row_number() OVER (ORDER BY k, step) + 3 * (SELECT max(k) FROM bench_earned) + 10 AS number
    FROM bench_earned, generate_series(1, 2) step WHERE rule = 'own'`,
    `ANALYZE bench_earned`,
  ],
  [`ANALYZE bench_spent`],
  // The rewards, the ledger, and the scores of the leaderboards.
  [
    `
    INSERT INTO ledger_transfer (merchant_id, id, asset, debit_account_id, credit_account_id,
      amount_minor, cause_key, reward_id, memo,
      occurred_at, recorded_at)
    SELECT :m, ${id("tra", "3 * k + step")}, 'PTS/0',
      CASE step WHEN 0 THEN 'funding:' || :p ELSE 'pending:' || customer_id END || ':PTS/0',
      CASE step WHEN 0 THEN 'pending:' ELSE 'available:' END || customer_id || ':PTS/0', 100,
      'reward:' || k ||
        CASE step WHEN 0 THEN ':grant' ELSE ':release' END, ${id("rwd", "k")}, 'Reward', at, at
    FROM bench_earned, generate_series(0, 1) step`,
    `
    INSERT INTO ledger_account (merchant_id, id, asset, kind, owner_id, balance_minor,
      may_overdraw, created_at)
    SELECT :m, kind || ':' || owner || ':PTS/0', 'PTS/0', kind, owner, balance, kind = 'funding',
      now() FROM (
      SELECT 'pending' AS kind, ${id("cus")} AS owner, 0 AS balance FROM generate_series(1, :n) n
      UNION ALL SELECT 'available', customer_id, sum(CASE rule WHEN 'own' THEN 80 ELSE 100 END)
      FROM bench_earned GROUP BY customer_id
      UNION ALL SELECT 'funding', :p, -100 * count(*) FROM bench_earned
      UNION ALL SELECT 'spent', :p, 10 * count(*) FROM bench_spent
    ) accounts`,
    `
    INSERT INTO reward (merchant_id, id, program_id, program_version, referral_id, rule_id, side,
      customer_id, advocate_id, source, cause_kind, cause_ref, event_id,
      state, reason, terms, facts, amount_minor, asset, cost_minor, earned_at, granted_at,
      held_until, available_at, issued_at)
    SELECT :m, ${id("rwd", "k")}, :p, 1, referral_id, rule, 'advocate', customer_id, advocate_id,
      'rule', CASE rule WHEN 'own' THEN 'order' ELSE 'referral' END, k, ${id("evt", "k")},
      'issued', 'credited', '${FROZEN_TERMS}', '${FROZEN_FACTS}', 100, 'PTS/0', 100,
      at, at, at, at, at
    FROM bench_earned`,
    `
    INSERT INTO ledger_transfer (merchant_id, id, asset, debit_account_id, credit_account_id,
      amount_minor, cause_key, memo, occurred_at, recorded_at)
    SELECT :m, ${id("tra", "number")}, 'PTS/0', 'available:' || customer_id || ':PTS/0',
      'spent:' || :p || ':PTS/0', 10,
      'spend:' || k || ':' || step, 'Spent', now(), now() FROM bench_spent`,
    `
    INSERT INTO ledger_lot (merchant_id, id, account_id, asset, transfer_id, reward_id,
      amount_minor, remaining_minor, opened_at, expires_at)
    SELECT :m, ${id("lot", "k")}, 'available:' || customer_id || ':PTS/0', 'PTS/0',
      ${id("tra", "3 * k + 1")}, ${id("rwd", "k")}, 100,
      CASE rule WHEN 'own' THEN 80 ELSE 100 END, at,
        CASE WHEN k % 3 = 0 THEN at + interval '365 days' END
    FROM bench_earned`,
    `INSERT INTO lot_move (merchant_id, transfer_id, lot_id, amount_minor)
    SELECT :m, ${id("tra", "number")}, ${id("lot", "k")}, -10 FROM bench_spent`,
    `
    INSERT INTO season_score (merchant_id, season_id, advocate_id, score, listed)
    SELECT :m, s.id, a.id,
      CASE b.metric WHEN 'referrals' THEN f.friends ELSE f.points END, a.alias IS NOT NULL
    FROM season s JOIN leaderboard b ON b.merchant_id = s.merchant_id AND b.id = s.leaderboard_id
    JOIN LATERAL (
      SELECT customer_id, count(referral_id) AS friends, 100 * count(*) AS points FROM bench_earned
      WHERE at >= s.starts_at AND (s.ends_at IS NULL OR at < s.ends_at) GROUP BY customer_id
    ) f ON true
    JOIN advocate a ON a.merchant_id = :m AND a.program_id = :p AND a.customer_id = f.customer_id
    WHERE s.merchant_id = :m
      AND CASE b.metric WHEN 'referrals' THEN f.friends ELSE f.points END > 0`,
  ],
  [
    `
    INSERT INTO season_tally (merchant_id, season_id, level, bucket, people)
    SELECT merchant_id, season_id, level, score >> (5 * level), count(*)
    FROM season_score, generate_series(0, 12) level
    WHERE merchant_id = :m AND listed AND score >> (5 * level) > 0 GROUP BY 1, 2, 3, 4`,
  ],
];

/** So many connections load side by side; each is one core of the server's. */
const LANES = 2;

/**
 * @param url signs in as a superuser: triggers and foreign keys are passed by, what they would do
 * is done here
 */
export async function loadLargeShop(
  url: string,
  scope: Scope,
  programId: string,
  customers: number,
): Promise<LargeShop> {
  const { merchantId } = scope;
  const lanes = Array.from({ length: LANES }, () => new pg.Client({ connectionString: url }));
  const run = (lane: pg.Client, text: string) =>
    lane.query(
      text
        .replaceAll(/:m\b/g, `'${merchantId}'`)
        .replaceAll(/:p\b/g, `'${programId}'`)
        .replaceAll(/:n\b/g, String(customers)),
    );
  /** Statements that need nothing of each other. */
  const all = async (texts: readonly string[]) => {
    const queue = texts.values();
    await Promise.all(
      lanes.map(async (lane) => {
        for (const text of queue) await run(lane, text);
      }),
    );
  };
  try {
    for (const lane of lanes) {
      await lane.connect();
      await run(
        lane,
        `SET session_replication_role = replica; SET synchronous_commit = off;
         SET maintenance_work_mem = '256MB'; SET work_mem = '128MB'`,
      );
    }
    const { rows: indexes } = await lanes[0]!.query<{ name: string; definition: string }>(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
       WHERE tablename = ANY($1)
         AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype = 'p')`,
      [TABLES],
    );
    for (const { name } of indexes) await run(lanes[0]!, `DROP INDEX "${name}"`);
    for (const step of STEPS) await all(step);
    await all(["DROP TABLE bench_earned", "DROP TABLE bench_spent"]);
    await all(indexes.map(({ definition }) => definition));
    await all([...TABLES, "season_tally"].map((table) => `VACUUM (ANALYZE) ${table}`));
    const {
      rows: [count],
    } = await lanes[0]!.query(
      "SELECT count(*)::int AS transfers FROM ledger_transfer WHERE merchant_id = $1",
      [merchantId],
    );
    return { merchantId, programId, customers, transfers: count.transfers };
  } finally {
    await Promise.all(lanes.map((lane) => lane.end()));
  }
}
