import pg from "pg";
import { closeConnections } from "@/lib/core/db";
import { POINTS } from "@/lib/core/money";
import { advocateOf, customerById } from "@/lib/customers/queries";
import { holdingsOf, lotsOf } from "@/lib/ledger/queries/balances";
import { pointsHistory, pointsOf } from "@/lib/loyalty/points/queries/customer-points";
import { boardsOf, leaderboard, seasonsOf } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { createBoard } from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import { standings, standingsSql } from "@/lib/loyalty/leaderboards/queries/ranking";
import { createTestMerchant } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { testTerms } from "@/lib/worker/testing";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { publishedProgram } from "@/lib/programs/public-program";
import { friendCounts } from "@/lib/referrals/queries/friend-counts";
import { friendsOf } from "@/lib/referrals/queries/referrals";
import { rewardsOfCustomer } from "@/lib/rewards/queries/rewards";
import { advocateId, customerId, type LargeShop, loadLargeShop } from "./large-shop";
import { applyMigrations } from "../database/migrate";
import { startTemporaryPostgres } from "../postgres/temporary-postgres";

/**
 * The pages' part of `npm run bench`: what the leaderboard's page and the customer's page read, at
 * a million customers and five million transfers, beside the read of one row by its primary key in
 * the same run. Pairs alternate, the median of their ratios counts. Fails when one is above its
 * ceiling, when a large table is read through, when a place is not that of a recount, or when the
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

type Reader = { customerId: string; advocateId: string };
type Read = {
  name: string;
  ceiling: number;
  run: (scope: Scope, reader: Reader, shop: LargeShop) => Promise<unknown>;
};

const READS: Read[] = [
  {
    name: "board: top, place, near me",
    ceiling: 5,
    run: (scope, { advocateId }, { programId }) =>
      leaderboard(scope, { programId, aroundAdvocateId: advocateId }),
  },
  {
    name: "board: points this month",
    ceiling: 5,
    run: async (scope, { advocateId }, { programId }) => {
      const board = (await boardsOf(scope, programId))[1]!.id;
      return leaderboard(scope, { programId, board, aroundAdvocateId: advocateId });
    },
  },
  {
    name: "the reader's part and code",
    ceiling: 4,
    run: (scope, { customerId }, { programId }) => advocateOf(scope, { programId, customerId }),
  },
  {
    name: "the program",
    ceiling: 4,
    run: (scope, _, { programId }) => publishedProgram(scope, programId),
  },
  {
    name: "friends, counted",
    ceiling: 4,
    run: (scope, { advocateId }) => friendCounts(scope, advocateId),
  },
  {
    name: "friends, listed",
    ceiling: 4,
    run: (scope, { advocateId }) => friendsOf(scope, { advocateId, limit: 11 }),
  },
  {
    name: "rewards, listed",
    ceiling: 8,
    run: (scope, { customerId }, { programId }) =>
      rewardsOfCustomer(scope, { customerId, programId, limit: 100 }),
  },
  { name: "balances", ceiling: 4, run: (scope, { customerId }) => holdingsOf(scope, customerId) },
  {
    name: "points, lots",
    ceiling: 4,
    run: (scope, { customerId }) => lotsOf(scope, customerId, POINTS, 200),
  },
  {
    name: "points, whole standing",
    ceiling: 8,
    run: (scope, { customerId }) => pointsOf(scope, customerId),
  },
  {
    name: "points, history",
    ceiling: 5,
    run: (scope, { customerId }) => pointsHistory(scope, customerId, { limit: 20 }),
  },
];

/** Loads the shop, measures and prints; 1 when something falls short, else 0. */
export async function benchPages(): Promise<number> {
  const postgres = await startTemporaryPostgres();
  const earlier = process.env.DATABASE_URL;
  process.env.DATABASE_URL = postgres.url;
  const database = new pg.Client({ connectionString: postgres.url });
  try {
    await applyMigrations(postgres.url);
    await database.connect();
    const scope = await createTestMerchant();
    const shop = await load(postgres.url, scope);
    const faults = [
      ...(await checkBooks(database, shop)),
      ...(await checkPlaces(database, scope, shop)),
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
  await createBoard(scope, {
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
  console.log(
    `\n${count(shop.customers)} customers, ${count(shop.transfers)} transfers, loaded in ${seconds(startedAt)} s.`,
  );
  return shop;
}

/** The balances beside the sums of their transfers and of their lots. */
async function checkBooks(
  database: pg.Client,
  { merchantId, transfers }: LargeShop,
): Promise<string[]> {
  const startedAt = performance.now();
  const {
    rows: [found],
  } = await database.query<{ differences: number }>(
    `
    WITH moved AS (
      SELECT credit_account_id AS id, amount_minor AS minor FROM ledger_transfer WHERE merchant_id = $1
      UNION ALL SELECT debit_account_id, -amount_minor FROM ledger_transfer WHERE merchant_id = $1
    ), sums AS (SELECT id, sum(minor) AS minor FROM moved GROUP BY id),
    lots AS (SELECT account_id AS id, sum(remaining_minor) AS minor FROM ledger_lot WHERE merchant_id = $1 GROUP BY account_id)
    SELECT count(*)::int AS differences FROM ledger_account a LEFT JOIN sums s USING (id) LEFT JOIN lots l USING (id)
    WHERE a.merchant_id = $1 AND (a.balance_minor <> COALESCE(s.minor, 0) OR (a.kind = 'available' AND a.balance_minor <> COALESCE(l.minor, 0)))`,
    [merchantId],
  );
  console.log(`${count(transfers)} transfers added up again in ${seconds(startedAt)} s.`);
  return found!.differences > 0 ? [`the books differ in ${found!.differences} accounts`] : [];
}

/** Places as the board tells them, beside places counted through. */
async function checkPlaces(
  database: pg.Client,
  scope: Scope,
  { programId, customers }: LargeShop,
): Promise<string[]> {
  const faults: string[] = [];
  for (const board of await boardsOf(scope, programId)) {
    const [season] = await seasonsOf(scope, board.id);
    for (let n = 1; n <= customers; n += Math.ceil(customers / 20)) {
      const { own } = await standings(scope, season!.id, { aroundAdvocateId: advocateId(n) });
      const {
        rows: [counted],
      } = await database.query<{ place: number | null }>(
        `
        SELECT (SELECT 1 + count(*)::int FROM season_score WHERE merchant_id = $1 AND season_id = $2 AND listed AND score > me.score) AS place
        FROM season_score me WHERE merchant_id = $1 AND season_id = $2 AND advocate_id = $3 AND listed AND score > 0`,
        [scope.merchantId, season!.id, advocateId(n)],
      );
      if ((own?.place ?? null) !== (counted?.place ?? null))
        faults.push(`${advocateId(n)} is told place ${own?.place} and has ${counted?.place}`);
    }
  }
  return faults;
}

/**
 * For somebody in the middle of the board, so that every part of the statement has something to do.
 */
async function printPlan(
  database: pg.Client,
  scope: Scope,
  { programId }: LargeShop,
): Promise<void> {
  const board = (await boardsOf(scope, programId))[1]!;
  const [season] = await seasonsOf(scope, board.id);
  const {
    rows: [reader],
  } = await database.query<{ id: string }>(
    `
    SELECT advocate_id AS id FROM season_score WHERE merchant_id = $1 AND season_id = $2 AND listed AND score > 0
    ORDER BY score DESC, advocate_id OFFSET $3 LIMIT 1`,
    [scope.merchantId, season!.id, Math.floor(people / 100)],
  );
  const lines = await inScope(
    scope,
    (db) => db.$queryRaw<{ "QUERY PLAN": string }[]>`
    EXPLAIN (ANALYZE, COSTS OFF, SUMMARY OFF, TIMING OFF, BUFFERS OFF)
    ${standingsSql(scope.merchantId, season!.id, reader?.id ?? null, 10)}`,
  );
  console.log("The board's plan, its nodes that touch a table:");
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
  for (const { name, ceiling, run } of READS) {
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
    console.log(
      [
        name.padEnd(28),
        `ratio ${usual.median.toFixed(1).padStart(5)} (${usual.low.toFixed(1)} to ${usual.high.toFixed(1)})`.padEnd(
          28,
        ),
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
    "SELECT relname AS name, seq_scan::int AS scans FROM pg_stat_user_tables WHERE relname = ANY($1)",
    [LARGE],
  );
  return new Map(rows.map(({ name, scans }) => [name, scans]));
}

/**
 * Times of `run` as multiples of those of `base`, taken one after the other in changing order; the
 * middle and the quartiles.
 */
async function ratios(
  base: (turn: number) => Promise<unknown>,
  run: (turn: number) => Promise<unknown>,
  pairs: number,
): Promise<{ median: number; low: number; high: number }> {
  const timed = async (work: () => Promise<unknown>) => {
    const startedAt = performance.now();
    await work();
    return performance.now() - startedAt;
  };
  const found: number[] = [];
  for (let turn = -10; turn < pairs; turn += 1) {
    const index = Math.abs(turn);
    let [one, other] = [0, 0];
    if (turn % 2 === 0) {
      one = await timed(() => base(index));
      other = await timed(() => run(index));
    } else {
      other = await timed(() => run(index));
      one = await timed(() => base(index));
    }
    // The first ones open connections and prepare statements.
    if (turn >= 0) found.push(other / one);
  }
  found.sort((left, right) => left - right);
  const at = (share: number) => found[Math.floor(share * (found.length - 1))]!;
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

function count(number: number): string {
  return number.toLocaleString("en");
}
function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0);
}
