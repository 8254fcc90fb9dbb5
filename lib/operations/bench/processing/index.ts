import { isDeepStrictEqual } from "node:util";
import pg from "pg";
import { startPostgres } from "../../postgres/postgres-server";
import { runOnServer } from "../../postgres/temporary-postgres";
import { inTemporaryFolder } from "../temporary-folder";
import { median, rate } from "../print";
import { type BareWriter, bareWriter } from "./bare-writer";
import { type Part, PARTS, type Stage } from "./parts";
import type { Processed } from "./shop-under-test";
import { createDatabase, startSubject, type Subject, warmSubject } from "./subject";

/**
 * The processing's part of `npm run bench`: events from the inbox to the written reward, beside a
 * bare program that writes the same rows with one statement in one transaction (bare-writer.ts).
 * Each part begins on an empty database with the product's code warmed up; the bare program, which
 * has next to none, has a copy of that database. Rounds alternate, and
 * the median of their ratios counts. Fails when a ratio is below its floor, when an event alone
 * takes too many statements, or when the rows are not exactly those expected.
 *
 * BENCH_EVENTS (500) says how many events a round has, BENCH_GROUPS (5) how many rounds there are.
 * BENCH_OLD names a folder with older code, which then processes such events in the same run.
 */
const FLOOR = 0.5;
const MOST_STATEMENTS = 6;
const TIMES_OLD = 10;
/** How many events of each stage the product has processed before it is measured. */
const WARM_UP = 10_000;

const size = Number(process.env.BENCH_EVENTS) || 500;
const rounds = Number(process.env.BENCH_GROUPS) || 5;
const oldFolder = process.env.BENCH_OLD;

/** Measures and prints; 1 when something falls short, else 0. */
export async function benchProcessing(): Promise<number> {
  console.log(`\nProcessing, ${rounds} rounds of ${size} events:`);
  return inTemporaryFolder(async (dataDir) => {
    const server = await startPostgres({ dataDir });
    try {
      let failed = false;
      for (const part of PARTS) if (!(await benchPart(server.adminUrl, part))) failed = true;
      return failed ? 1 : 0;
    } finally {
      await server.stop();
    }
  });
}

async function benchPart(server: string, part: Part): Promise<boolean> {
  const { shop, stages } = part;
  const product = await warmSubject(server, part, WARM_UP);
  const copy = new pg.Client({ connectionString: await createDatabase(server, "bare", "product") });
  const old = oldFolder
    ? await startSubject(await createDatabase(server, "old"), oldFolder, shop)
    : null;
  await Promise.all([product.connect(), copy.connect(), old?.connect()]);
  try {
    const bare = await bareWriter(product.database, copy);
    let good = true;
    for (const stage of stages) if (!(await benchStage(stage, product, bare, old))) good = false;
    return good;
  } finally {
    await Promise.all([product.end(), copy.end(), old?.end()]);
    for (const name of ["product", "bare", "old"])
      await runOnServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

async function benchStage(
  stage: Stage,
  product: Subject,
  bare: BareWriter,
  old: Subject | null,
): Promise<boolean> {
  const found: Measured = { bare: [], product: [], old: [], faults: [] };
  let people = 0;
  let oldPeople = 0;
  const round = async (count: number): Promise<{ product: Processed; bare: number }> => {
    await product.takeIn(stage, people, count);
    await bare.follow();
    const processed = await product.process();
    people += count;
    return { product: processed, bare: count / (await bare.follow()) };
  };
  const oldRound = async (count: number): Promise<number> => {
    await old!.takeIn(stage, oldPeople, count);
    const { seconds } = await old!.process();
    oldPeople += count;
    return count / seconds;
  };

  // The first warms up the databases.
  await round(size);
  if (old) await oldRound(Math.ceil(size / 4));
  for (let index = 0; index < rounds; index += 1) {
    const result = await round(size);
    found.product.push(result.product);
    found.bare.push(result.bare);
    if (old && index < 2) found.old.push(await oldRound(Math.ceil(size / 2)));
  }
  const alone = (await round(1)).product.statements;

  for (const subject of [product, old]) {
    const counts = await subject?.counts();
    const expected = stage.expected(subject === product ? people : oldPeople);
    if (counts && !isDeepStrictEqual(counts, expected))
      found.faults.push(`found ${JSON.stringify(counts)}, expected ${JSON.stringify(expected)}`);
  }
  const tables = await bare.differ();
  if (tables.length > 0)
    found.faults.push(`the bare program's rows differ in ${tables.join(", ")}`);
  return report(stage.name, found, alone);
}

type Measured = { bare: number[]; product: Processed[]; old: number[]; faults: string[] };

/** Prints how one stage went; whether nothing fell short. */
function report(name: string, found: Measured, alone: number): boolean {
  const rates = found.product.map(({ seconds }) => size / seconds);
  const ratios = rates.map((one, index) => one / found.bare[index]!);
  const total = (of: (one: Processed) => number) =>
    found.product.reduce((sum, one) => sum + of(one), 0);
  const ratio = median(ratios);
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  const short = [
    ...(ratio < FLOOR ? [`ratio below ${FLOOR}`] : []),
    ...(alone > MOST_STATEMENTS ? [`more than ${MOST_STATEMENTS} statements alone`] : []),
  ];
  const perEvent = total(({ statements }) => statements) / (size * rounds);
  const ownShare = total(({ cpuSeconds }) => cpuSeconds) / total(({ seconds }) => seconds);
  const parts = [
    name.padEnd(24),
    `bare ${rate(median(found.bare))}`,
    `Goodword ${rate(median(rates))} events/s`,
    `ratio ${ratio.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)})`,
    `statements ${perEvent.toFixed(1)} an event, ${alone} alone`,
    `busy ${Math.round(100 * ownShare)} %`,
  ];
  if (found.old.length > 0) {
    const times = median(rates) / median(found.old);
    parts.push(`old ${rate(median(found.old))}, ${times.toFixed(1)} times`);
    if (times < TIMES_OLD) short.push(`less than ${TIMES_OLD} times the old`);
  }
  console.log([...parts, short.length > 0 ? `TOO LOW: ${short.join(", ")}` : "ok"].join("   "));
  for (const fault of found.faults) console.log(`         ${fault}`);
  return short.length === 0 && found.faults.length === 0;
}
