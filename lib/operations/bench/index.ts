import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { closeConnections } from "@/lib/core/db";
import { createTestKey, createTestLinks } from "@/lib/events/testing";
import { createTestMerchant } from "@/lib/merchants/testing";
import type { Round, RoundResult } from "./load";
import { applyMigrations } from "../database/migrate";
import { startPostgres } from "../postgres/postgres-server";
import { benchPages } from "./pages";
import { freePort } from "../processes/processes";

/**
 * `npm run bench`: the hot paths side by side with a bare node:http server that stores the same
 * rows by the same group commit and does nothing else (bench-bare.ts). Both have a process of their
 * own and share one database; rounds alternate, so that what else the machine does falls on both.
 * Fails when a ratio is below its floor, or when the rows in the database are not exactly those
 * that were answered. The rounds are many and short, since what disturbs one of a pair then mostly
 * disturbs the other; the median of the pairs' ratios counts. BENCH_ROUNDS (15) and BENCH_SECONDS
 * (1, of one round) make it longer or shorter, BENCH_ONLY names one of the three, or `pages`: what
 * the leaderboard's and the customer's pages read in a large shop, see bench-pages.ts, which comes
 * last.
 */
const SCENARIOS = [
  { kind: "clicks", floor: 0.7, connections: 100, rowsPerAnswer: 1, unit: "clicks/s" },
  { kind: "events", floor: 0.4, connections: 100, rowsPerAnswer: 1, unit: "events/s" },
  { kind: "batches", floor: 0.4, connections: 10, rowsPerAnswer: 100, unit: "rows/s" },
] as const;

const rounds = Number(process.env.BENCH_ROUNDS) || 15;
const seconds = Number(process.env.BENCH_SECONDS) || 1;

type Target = { name: "bare" | "Goodword"; url: string };

/** Started by `bootstrap.mjs`; sets the exit code. */
export async function main(): Promise<void> {
  process.env.AUTH_SECRET ??= "only-for-the-bench-".repeat(3);
  const only = process.env.BENCH_ONLY;
  const codes = [
    only === "pages" ? 0 : await benchHotPaths(),
    only && only !== "pages" ? 0 : await benchPages(),
  ];
  process.exitCode = Math.max(...codes);
}

/** 1 when a ratio is below its floor, else 0. */
async function benchHotPaths(): Promise<number> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "goodword-bench-"));
  const children: ChildProcess[] = [];
  const postgres = await startPostgres({ dataDir });
  try {
    await applyMigrations(postgres.url);
    process.env.DATABASE_URL = postgres.url;
    const shop = await createTestMerchant();
    const key = await createTestKey(shop);
    const { codes, programId, advocateIds } = await createTestLinks(shop, { links: 500 });
    await closeConnections();

    const start = async (file: string, env: Record<string, string>) => {
      const child = fork(path.resolve(file), {
        execArgv: ["--import", "tsx"],
        env: { ...process.env, ...env },
        stdio: "inherit",
      });
      children.push(child);
      await Promise.race([
        once(child, "message"),
        once(child, "exit").then(() => {
          throw new Error(`${file} ended.`);
        }),
      ]);
      return child;
    };
    const [barePort, port] = [await freePort(), await freePort()];
    await start("lib/operations/bench/bare-server.ts", {
      NODE_ENV: "production",
      PORT: String(barePort),
      BENCH_MERCHANT: shop.merchantId,
      BENCH_PROGRAM: programId,
      BENCH_ADVOCATE: advocateIds[0]!,
    });
    await start("server.ts", {
      NODE_ENV: "production",
      GOODWORD_ROLE: "edge",
      PORT: String(port),
      HOST: "127.0.0.1",
      EVENTS_PER_MINUTE: "1000000000",
      LOG_LEVEL: "warn",
    });
    const load = await start("lib/operations/bench/load.ts", {});
    const targets: Target[] = [
      { name: "bare", url: `http://127.0.0.1:${barePort}` },
      { name: "Goodword", url: `http://127.0.0.1:${port}` },
    ];
    return await compare(postgres.url, load, targets, { key, codes });
  } finally {
    for (const child of children) {
      if (child.exitCode !== null) continue;
      child.kill("SIGTERM");
      await once(child, "exit");
    }
    await closeConnections();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Runs and prints every scenario; 1 when one of them falls short, else 0. */
async function compare(
  url: string,
  load: ChildProcess,
  targets: Target[],
  given: { key: string; codes: string[] },
): Promise<number> {
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  const countRows = async () =>
    Number((await database.query("SELECT count(*) FROM event")).rows[0].count);
  const run = async (round: Round): Promise<RoundResult> => {
    load.send(round);
    const [result] = (await once(load, "message")) as [RoundResult];
    return result;
  };

  let failed = false;
  let turn = 0;
  for (const { kind, floor, connections, rowsPerAnswer, unit } of SCENARIOS) {
    if (process.env.BENCH_ONLY && process.env.BENCH_ONLY !== kind) continue;
    const rates: Record<Target["name"], number[]> = { bare: [], Goodword: [] };
    const amounts: Record<Target["name"], number> = { bare: 0, Goodword: 0 };
    const faults: string[] = [];
    for (let index = -1; index < rounds; index += 1) {
      // The round before the first warms up and finds out how many requests fill the time.
      const order = index % 2 === 0 ? targets : targets.toReversed();
      for (const target of order) {
        turn += 1;
        const amount =
          index < 0 ? connections * (rowsPerAnswer > 1 ? 10 : 50) : amounts[target.name];
        const before = await countRows();
        const result = await run({
          kind,
          url: target.url,
          ...given,
          amount,
          connections,
          batchSize: rowsPerAnswer,
          run: `r${turn}`,
        });
        const rows = (await countRows()) - before;
        const rate = (result.answered * rowsPerAnswer) / result.seconds;
        amounts[target.name] =
          Math.ceil(((rate / rowsPerAnswer) * seconds) / connections) * connections;
        if (index >= 0) rates[target.name].push(rate);
        if (result.wrong > 0) faults.push(`${target.name}: ${result.wrong} wrong answers`);
        if (rows !== result.answered * rowsPerAnswer) {
          const answered = result.answered * rowsPerAnswer;
          faults.push(`${target.name}: ${answered} rows answered, ${rows} in the database`);
        }
      }
    }
    const isShort = report({ kind, floor, unit }, rates, faults);
    failed ||= isShort;
    for (const fault of faults) console.log(`         ${fault}`);
  }
  console.log(
    failed ? "Something fell short." : "Rows in the database are exactly those that were answered.",
  );
  await database.end();
  return failed ? 1 : 0;
}

/** Prints how one scenario went beside the bare server; true when it falls short of its floor. */
function report(
  { kind, floor, unit }: Pick<(typeof SCENARIOS)[number], "kind" | "floor" | "unit">,
  rates: Record<Target["name"], number[]>,
  faults: readonly string[],
): boolean {
  const ratios = rates.Goodword.map((rate, index) => rate / rates.bare[index]!);
  const ratio = median(ratios);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  const isShort = ratio < floor || faults.length > 0;
  console.log(
    [
      kind.padEnd(8),
      `bare ${show(median(rates.bare))}`,
      `Goodword ${show(median(rates.Goodword))} ${unit.padEnd(8)}`,
      `ratio ${ratio.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`,
      `floor ${floor.toFixed(1)}`,
      isShort ? "TOO LOW" : "ok",
    ].join("   "),
  );
  return isShort;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function show(rate: number): string {
  return Math.round(rate).toLocaleString("en").padStart(8);
}
