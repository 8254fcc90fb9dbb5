import type pg from "pg";
import { leaderboardsOf, seasonsOf } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { ranking } from "@/lib/loyalty/leaderboards/queries/ranking";
import type { Scope } from "@/lib/merchants/scope";
import { advocateId, type LargeShop } from "./large-shop";
import { count, seconds } from "../print";

/** The balances beside the sums of their transfers and of their lots. */
export async function checkBooks(
  database: pg.Client,
  { merchantId, transfers }: Pick<LargeShop, "merchantId" | "transfers">,
): Promise<string[]> {
  const startedAt = performance.now();
  const {
    rows: [found],
  } = await database.query<{ differences: number }>(
    `
    WITH moved AS (
      SELECT credit_account_id AS id, amount_minor AS minor
      FROM ledger_transfer WHERE merchant_id = $1
      UNION ALL
      SELECT debit_account_id, -amount_minor
      FROM ledger_transfer WHERE merchant_id = $1
    ),
    sums AS (SELECT id, sum(minor) AS minor FROM moved GROUP BY id),
    lots AS (
      SELECT account_id AS id, sum(remaining_minor) AS minor
      FROM ledger_lot WHERE merchant_id = $1 GROUP BY account_id
    )
    SELECT count(*)::int AS differences
    FROM ledger_account a LEFT JOIN sums s USING (id) LEFT JOIN lots l USING (id)
    WHERE a.merchant_id = $1 AND (
      a.balance_minor <> COALESCE(s.minor, 0)
      OR (a.kind = 'available' AND a.balance_minor <> COALESCE(l.minor, 0))
    )`,
    [merchantId],
  );
  console.log(`${count(transfers)} transfers added up again in ${seconds(startedAt)} s.`);
  return found!.differences > 0 ? [`the books differ in ${found!.differences} accounts`] : [];
}

/** Ranks as the leaderboard shows them, beside ranks counted one by one. */
export async function checkRanks(
  database: pg.Client,
  scope: Scope,
  { programId, customers }: LargeShop,
): Promise<string[]> {
  const faults: string[] = [];
  for (const leaderboard of await leaderboardsOf(scope, programId)) {
    const [season] = await seasonsOf(scope, leaderboard.id);
    for (let n = 1; n <= customers; n += Math.ceil(customers / 20)) {
      const { own } = await ranking(scope, season!.id, { aroundAdvocateId: advocateId(n) });
      const {
        rows: [counted],
      } = await database.query<{ rank: number | null }>(
        `
        SELECT (
          SELECT 1 + count(*)::int FROM season_score
          WHERE merchant_id = $1 AND season_id = $2 AND listed AND score > me.score
        ) AS rank
        FROM season_score me
        WHERE merchant_id = $1 AND season_id = $2 AND advocate_id = $3 AND listed AND score > 0`,
        [scope.merchantId, season!.id, advocateId(n)],
      );
      if ((own?.rank ?? null) !== (counted?.rank ?? null))
        faults.push(`${advocateId(n)} is shown rank ${own?.rank} and has ${counted?.rank}`);
    }
  }
  return faults;
}
