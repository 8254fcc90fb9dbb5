import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import pg from "pg";
import { closeConnections } from "@/lib/core/db";
import { createTestKey, createTestLinks } from "@/lib/events/testing";
import { createTestMerchant } from "@/lib/merchants/testing";
import type { Round, RoundResult } from "./load";
import { prepareDatabase } from "../../database/prepare";
import { startPostgres } from "../../postgres/postgres-server";
import { freePort } from "../../processes/processes";
import { median, rate as show } from "../print";
import { inTemporaryFolder } from "../temporary-folder";

/**
 * The hot paths side by side with a bare node:http server that stores the same rows by the same
 * group commit and does nothing else (bare-server.ts). Both have a process of their own and share
 * one database, which is empty when they begin; rounds alternate, so that what else the machine
 * does falls on both. Fails when a ratio is below its floor, when the first round, on the empty
 * database, is below half of it, or when the rows in the database are not exactly those that were
 * answered. The rounds are many and short, since what disturbs one of a pair then mostly disturbs
 * the other; the median of the pairs' ratios counts. BENCH_ROUNDS (15) and BENCH_SECONDS (1, of one
 * round) make it longer or shorter.
 */
export const SCENARIOS = [
  { kind: "clicks", floor: 0.7, connections: 100, rowsPerAnswer: 1, unit: "clicks/s" },
  { kind: "events", floor: 0.4, connections: 100, rowsPerAnswer: 1, unit: "events/s" },
  { kind: "batches", floor: 0.4, connections: 10, rowsPerAnswer: 100, unit: "rows/s" },
] as const;
type Scenario = (typeof SCENARIOS)[number];

const rounds = Number(process.env.BENCH_ROUNDS) || 15;
const seconds = Number(process.env.BENCH_SECONDS) || 1;

type Target = { name: "bare" | "Goodword"; url: string };
type Rates = Record<Target["name"], number[]>;

/** Measures one hot path and prints; 1 when it falls short, else 0. */
export async function benchHotPath(scenario: Scenario): Promise<number> {
  return inTemporaryFolder(async (dataDir) => {
    const postgres = await startPostgres({ dataDir });
    const children: ChildProcess[] = [];
    try {
      const { bare, product, load, given } = await startProcesses(postgres.url, children);
      const targets: Target[] = [
        { name: "bare", url: bare },
        { name: "Goodword", url: product },
      ];
      return await compare(scenario, postgres.url, load, targets, given);
    } finally {
      for (const child of children) {
        if (child.exitCode !== null) continue;
        child.kill("SIGTERM");
        await once(child, "exit");
      }
      await closeConnections();
      await postgres.stop();
    }
  });
}

/** A shop on the empty database; the bare server, the product's and the load. */
async function startProcesses(url: string, children: ChildProcess[]) {
  await prepareDatabase(url);
  process.env.DATABASE_URL = url;
  const shop = await createTestMerchant();
  const key = await createTestKey(shop);
  const { codes, programId, advocateIds } = await createTestLinks(shop, { links: 500 });
  await closeConnections();

  const start = async (file: string, env: Record<string, string>) => {
    const child = fork(path.resolve(file), {
      execArgv: ["--import", "tsx"],
      env: { ...process.env, NODE_ENV: "production", ...env },
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
  await start("lib/operations/bench/hot-paths/bare-server.ts", {
    PORT: String(barePort),
    BENCH_MERCHANT: shop.merchantId,
    BENCH_PROGRAM: programId,
    BENCH_ADVOCATE: advocateIds[0]!,
  });
  await start("server.ts", {
    GOODWORD_ROLE: "edge",
    PORT: String(port),
    HOST: "127.0.0.1",
    // Clicks come from as many networks as they say.
    TRUST_PROXY: "1",
    EVENTS_PER_MINUTE: "1000000000",
    LOG_LEVEL: "warn",
  });
  return {
    bare: `http://127.0.0.1:${barePort}`,
    product: `http://127.0.0.1:${port}`,
    load: await start("lib/operations/bench/hot-paths/load.ts", {}),
    given: { key, codes },
  };
}

/** Runs and prints a scenario; 1 when it falls short, else 0. */
async function compare(
  scenario: Scenario,
  url: string,
  load: ChildProcess,
  targets: readonly Target[],
  given: { key: string; codes: string[] },
): Promise<number> {
  const { kind, connections, rowsPerAnswer } = scenario;
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  const countRows = async () =>
    Number((await database.query("SELECT count(*) FROM event")).rows[0].count);
  const run = async (round: Round): Promise<RoundResult> => {
    load.send(round);
    const [result] = (await once(load, "message")) as [RoundResult];
    return result;
  };

  let turn = 0;
  const rates: Rates = { bare: [], Goodword: [] };
  const first: Rates = { bare: [], Goodword: [] };
  const amounts: Record<Target["name"], number> = { bare: 0, Goodword: 0 };
  const faults: string[] = [];
  for (let index = -1; index < rounds; index += 1) {
    // The round before the first warms up and finds out how many requests fill the time; the
    // product begins, on the empty database.
    const order = index % 2 === 0 ? targets : targets.toReversed();
    for (const target of order) {
      turn += 1;
      const amount = index < 0 ? connections * (rowsPerAnswer > 1 ? 10 : 50) : amounts[target.name];
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
      (index < 0 ? first : rates)[target.name].push(rate);
      if (result.wrong > 0) faults.push(`${target.name}: ${result.wrong} wrong answers`);
      if (rows !== result.answered * rowsPerAnswer) {
        const answered = result.answered * rowsPerAnswer;
        faults.push(`${target.name}: ${answered} rows answered, ${rows} in the database`);
      }
    }
  }
  await database.end();
  const isShort = report(scenario, rates, first.Goodword[0]! / first.bare[0]!, faults);
  for (const fault of faults) console.log(`         ${fault}`);
  return isShort ? 1 : 0;
}

/** Prints how one scenario went beside the bare server; true when it falls short of its floor. */
function report(
  { kind, floor, unit }: Scenario,
  rates: Rates,
  atFirst: number,
  faults: readonly string[],
): boolean {
  const ratios = rates.Goodword.map((rate, index) => rate / rates.bare[index]!);
  const ratio = median(ratios);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  const isShort = ratio < floor || atFirst < floor / 2 || faults.length > 0;
  console.log(
    [
      kind.padEnd(8),
      `bare ${show(median(rates.bare))}`,
      `Goodword ${show(median(rates.Goodword))} ${unit.padEnd(8)}`,
      `ratio ${ratio.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`,
      `floor ${floor.toFixed(1)}`,
      `at first ${atFirst.toFixed(2)}`,
      isShort ? "TOO LOW" : "ok",
    ].join("   "),
  );
  return isShort;
}
