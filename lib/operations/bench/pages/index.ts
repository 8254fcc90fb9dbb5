import pg from "pg";
import { closeConnections } from "@/lib/core/db";
import { customerById } from "@/lib/customers/queries/customers";
import { leaderboardsOf, seasonsOf } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { createLeaderboard } from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import { rankingSql } from "@/lib/loyalty/leaderboards/queries/ranking";
import { createTestMerchant } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { testTerms } from "@/lib/worker/testing";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { advocateId, customerId, type LargeShop, loadLargeShop } from "./large-shop";
import { checkBooks, checkRanks } from "./large-shop-checks";
import { PAGE_READS, type Reader } from "./page-reads";
import { count, seconds } from "../print";
import { ratios } from "./ratios";
import { prepareDatabase } from "../../database/prepare";
import { startTemporaryPostgres } from "../../postgres/temporary-postgres";

/**
 * The pages' part of `npm run bench`: what the leaderboard's page and the customer's page read, at
 * a million customers and five million transfers, beside the read of one row by its primary key in
 * the same run. Pairs alternate, the median of their ratios counts. Fails when one is above its
 * ceiling, when a large table is read through, when a rank is not that of a recount, or when the
 * books do not add up. BENCH_PEOPLE makes the shop smaller: to load a million takes two cores some
 * minutes.
 */
const people = Number(process.env.BENCH_PEOPLE) || 1_000_000;
const PAIRS = 200;
const LARGE = [
  "customer",
  "advocate",
  "referral",
  "reward",
  "ledger_account",
  "ledger_transfer",
  "ledger_lot",
  "season_score",
];

/** Loads the shop, measures and prints; 1 when something falls short, else 0. */
export async function benchPages(): Promise<number> {
  const postgres = await startTemporaryPostgres();
  const earlier = process.env.DATABASE_URL;
  process.env.DATABASE_URL = postgres.url;
  const database = new pg.Client({ connectionString: postgres.url });
  try {
    await prepareDatabase(postgres.url);
    await database.connect();
    const scope = await createTestMerchant();
    const shop = await load(postgres.url, scope);
    const faults = [
      ...(await checkBooks(database, shop)),
      ...(await checkRanks(database, scope, shop)),
    ];
    await printPlan(database, scope, shop);
    const slow = await measure(database, scope, shop);
    for (const fault of faults) console.log(`         ${fault}`);
    return slow || faults.length > 0 ? 1 : 0;
  } finally {
    await database.end();
    await closeConnections();
    await postgres.stop();
    if (earlier === undefined) delete process.env.DATABASE_URL;
    else process.env.DATABASE_URL = earlier;
  }
}

async function load(url: string, scope: Scope): Promise<LargeShop> {
  const startedAt = performance.now();
  const program = await createProgram(scope, { name: "Large", terms: testTerms() });
  await publishProgram(scope, program.id);
  await createLeaderboard(scope, {
    programId: program.id,
    name: { en: "Points", sq: "", zh: "" },
    metric: "points",
    cadence: "month",
    startsAt: null,
    endsAt: null,
    graceHours: 0,
    prizes: [],
  });
  const shop = await loadLargeShop(url, scope, program.id, people);
  const rows = `${count(shop.customers)} customers, ${count(shop.transfers)} transfers`;
  console.log(`\n${rows}, loaded in ${seconds(startedAt)} s.`);
  return shop;
}

/**
 * For somebody in the middle of the leaderboard, so that every part of the statement has
 * something to do.
 */
async function printPlan(
  database: pg.Client,
  scope: Scope,
  { programId }: LargeShop,
): Promise<void> {
  const leaderboard = (await leaderboardsOf(scope, programId))[1]!;
  const [season] = await seasonsOf(scope, leaderboard.id);
  const {
    rows: [reader],
  } = await database.query<{ id: string }>(
    `
    SELECT advocate_id AS id FROM season_score
    WHERE merchant_id = $1 AND season_id = $2 AND listed AND score > 0
    ORDER BY score DESC, advocate_id OFFSET $3 LIMIT 1`,
    [scope.merchantId, season!.id, Math.floor(people / 100)],
  );
  const lines = await inScope(
    scope,
    ({ db }) => db.$queryRaw<{ "QUERY PLAN": string }[]>`
    EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF, BUFFERS OFF)
    ${rankingSql(scope.merchantId, season!.id, reader?.id ?? null, 10)}`,
  );
  console.log("The leaderboard's plan, its nodes that read a table:");
  for (const line of lines.map((row) => row["QUERY PLAN"])) {
    if (
      /Scan (using|on) |Scan Backward/.test(line) &&
      !/CTE Scan|Function Scan|Subquery Scan/.test(line)
    )
      console.log(`  ${line.trim().replace(/^-> +/, "")}`);
  }
}

async function measure(database: pg.Client, scope: Scope, shop: LargeShop): Promise<boolean> {
  let failed = false;
  const anybody = (turn: number): Reader => {
    const n = 1 + ((turn * 7_919 + 13) % shop.customers);
    return { customerId: customerId(n), advocateId: advocateId(n) };
  };
  // The one who invited most: thousands of friends, rewards and transfers.
  const mostInvited: Reader = { customerId: customerId(1), advocateId: advocateId(1) };
  for (const { name, ceiling, run } of PAGE_READS) {
    const scansBefore = await readThrough(database);
    const usual = await ratios(
      (turn) => customerById(scope, anybody(turn).customerId),
      (turn) => run(scope, anybody(turn), shop),
      PAIRS,
    );
    const most = await ratios(
      (turn) => customerById(scope, anybody(turn).customerId),
      () => run(scope, mostInvited, shop),
      40,
    );
    const scanned = [...(await readThrough(database))]
      .filter(([table, scans]) => scans > (scansBefore.get(table) ?? 0))
      .map(([table]) => table);
    const isSlow = usual.median > ceiling || scanned.length > 0;
    failed ||= isSlow;
    const spread = `(${usual.low.toFixed(1)} to ${usual.high.toFixed(1)})`;
    console.log(
      [
        name.padEnd(32),
        `ratio ${usual.median.toFixed(1).padStart(5)} ${spread}`.padEnd(28),
        `ceiling ${ceiling}`,
        `who invited most ${most.median.toFixed(1)}`,
        scanned.length > 0 ? `READS THROUGH ${scanned.join(", ")}` : isSlow ? "TOO SLOW" : "ok",
      ].join("   "),
    );
  }
  return failed;
}

/** How often each large table was read from end to end so far. */
async function readThrough(database: pg.Client): Promise<Map<string, number>> {
  // A connection tells what it read when it ends, or is asked to.
  await closeConnections();
  await database.query("SELECT pg_stat_force_next_flush()");
  await new Promise((resolve) => setTimeout(resolve, 200));
  const { rows } = await database.query<{ name: string; scans: number }>(
    `SELECT relname AS name, seq_scan::int AS scans
     FROM pg_stat_user_tables WHERE relname = ANY($1)`,
    [LARGE],
  );
  return new Map(rows.map(({ name, scans }) => [name, scans]));
}
