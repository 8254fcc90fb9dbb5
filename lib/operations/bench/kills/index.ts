import pg from "pg";
import { waitUntil } from "../../processes/processes";
import { count, median } from "../print";
import { type Served, whileServing } from "../served";
import type { Part } from "../served/part";
import { faultsIn } from "./books";
import { type Load, startLoad } from "./load";

/**
 * The kills' part of `npm run bench`: kill -9 of the web process, the worker and PostgreSQL in
 * turn, under load, each started again at once as whatever supervises it does. Fails when one is
 * not back within its ceiling (an event is accepted, and one that was sent after the kill is
 * processed), and when afterwards not every acknowledged event counts exactly once or the books do
 * not add up. BENCH_KILLS (50) says how many.
 */
const kills = Number(process.env.BENCH_KILLS) || 50;
const MOST_MS = 10_000;
/** Between two of them, so that what was killed has taken up its work. */
const PAUSE_MS = 1_000;
const PATIENCE_MS = 300_000;

type Name = "web" | "worker" | "postgres";
/** How long it took from the kill to the first event that was accepted, and processed. */
type Recovery = { name: Name; number: number; accepted: number; processed: number };

/** Measures and prints; 1 when something falls short, else 0. */
export async function benchKills(): Promise<number> {
  const variables = { LOG_LEVEL: "silent" };
  return whileServing(["harbour"], (served) => killInTurn(served), { durable: true, variables });
}

async function killInTurn(served: Served): Promise<number> {
  const shop = served.shops[0]!;
  const load = startLoad(served.url, shop);
  const names: readonly Name[] = ["web", "worker", "postgres"];
  const found: Recovery[] = [];
  console.log(`\nKills, ${kills} in turn:`);
  await load.friend();
  for (let number = 1; number <= kills; number += 1) {
    const name = names[(number - 1) % names.length]!;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    found.push({ name, number, ...(await killOnce(served, served[name], load)) });
  }
  await load.stop();
  const database = new pg.Client({ connectionString: served.database });
  await database.connect();
  try {
    const isDone = async () =>
      (await database.query("SELECT FROM event_inbox LIMIT 1")).rowCount === 0;
    await waitUntil(isDone, { withinMs: PATIENCE_MS });
    return report(found, load, await faultsIn(database, shop.scope, load.acknowledged()));
  } finally {
    await database.end();
  }
}

async function killOnce(
  { database }: Served,
  part: Part,
  load: Load,
): Promise<{ accepted: number; processed: number }> {
  const killedAt = performance.now();
  await part.kill();
  const started = part.start();
  const id = await load.friend();
  const accepted = performance.now() - killedAt;
  const isProcessed = () => hasOrder(database, id);
  if (!(await waitUntil(isProcessed, { withinMs: PATIENCE_MS, everyMs: 20 })))
    throw new Error(`${id} was accepted and is not processed.`);
  const processed = performance.now() - killedAt;
  await started;
  return { accepted, processed };
}

/** On a connection of its own: the server may just have been killed. */
async function hasOrder(url: string, id: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rowCount } = await client.query("SELECT FROM shop_order WHERE id = $1", [id]);
    return rowCount === 1;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

function report(found: readonly Recovery[], load: Load, faults: readonly string[]): number {
  for (const name of new Set(found.map((one) => one.name))) {
    const theirs = found.filter((one) => one.name === name);
    const [accepted, processed] = [
      theirs.map((one) => one.accepted),
      theirs.map((one) => one.processed),
    ];
    console.log(
      [
        name.padEnd(9),
        `${theirs.length} kills`,
        `accepted again after ${times(accepted)}`,
        `processed after ${times(processed)}`,
      ].join("   "),
    );
  }
  const worst = found.reduce((one, other) => (other.processed > one.processed ? other : one));
  const isSlow = worst.processed > MOST_MS;
  console.log(
    [
      `${count(load.acknowledged())} friends, ${count(2 * load.acknowledged())} events`,
      `worst: ${worst.name}, kill ${worst.number}, ${inSeconds(worst.processed)}`,
      `ceiling ${inSeconds(MOST_MS)}`,
      isSlow ? "TOO LONG" : "ok",
      faults.length > 0 ? "NOT EXACT" : "exact",
    ].join("   "),
  );
  for (const fault of faults) console.log(`         ${fault}`);
  return isSlow || faults.length > 0 ? 1 : 0;
}

function times(seconds: readonly number[]): string {
  return `${inSeconds(median(seconds))} (longest ${inSeconds(Math.max(...seconds))})`;
}

function inSeconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
