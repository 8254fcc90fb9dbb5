import pg from "pg";
import type { Shop } from "@/lib/auth/matrix/testing/shop";
import { waitUntil } from "../../processes/processes";
import { count, median } from "../print";
import { type Served, whileServing } from "../served";
import { startMailServer } from "./mail-server";
import { emailQueue, eventQueue, type Queue } from "./queues";

/**
 * The fairness part of `npm run bench`: how long one event, and one email, of a shop waits while
 * another shop has thousands, beside the same on an empty queue, one after the other. Fails when
 * the longest wait is above its ceiling. BENCH_QUEUE (6000) says how many the other shop has.
 */
const size = Number(process.env.BENCH_QUEUE) || 6_000;
const TIMES = 15;
const MOST_MS = 5_000;
/** What an email server takes over one email. */
const MAIL_MS = 20;
const PATIENCE_MS = 600_000;

/** Measures and prints; 1 when somebody waits too long, else 0. */
export async function benchFairness(): Promise<number> {
  console.log(`\nFairness, beside ${count(size)} of another shop:`);
  const mail = await startMailServer(MAIL_MS);
  const variables = {
    SMTP_URL: mail.url,
    MAIL_FROM: "bench@example.com",
    EMAILS_PER_DAY: "1000000",
  };
  try {
    return await whileServing(["harbour", "orchard"], compareQueues, { variables });
  } finally {
    await mail.stop();
  }
}

async function compareQueues(served: Served): Promise<number> {
  const database = new pg.Client({ connectionString: served.database });
  await database.connect();
  try {
    let failed = false;
    const queues = [eventQueue(served, database), emailQueue(database)];
    for (const queue of queues) {
      for (const one of queues) for (const shop of served.shops) await emptied(one, shop);
      if (!(await compare(queue, served))) failed = true;
    }
    return failed ? 1 : 0;
  } finally {
    await database.end();
  }
}

/** Measures and prints one kind of work; whether nobody waited too long. */
async function compare(queue: Queue, { shops, worker }: Served): Promise<boolean> {
  const [busy, other] = shops as [Shop, Shop];
  const alone: number[] = [];
  for (let number = 0; number < TIMES; number += 1)
    alone.push(await waitOfOne(queue, other, `alone-${number}`));

  // So that the whole queue is there when the first one comes.
  await worker.stop();
  await queue.add(busy, size, "many");
  const startedAt = performance.now();
  const beside: number[] = [];
  const started = worker.start();
  // The first waits for the worker's start, too.
  for (let number = 0; number <= TIMES && (await queue.waiting(busy)) > 0; number += 1)
    beside.push(await waitOfOne(queue, other, `beside-${number}`));
  const left = await queue.waiting(busy);
  const perSecond = (size - left) / ((performance.now() - startedAt) / 1000);
  await started;
  return report(queue.name, { alone, beside: beside.slice(1), left, perSecond });
}

/** From sending one until it is done, in milliseconds. */
async function waitOfOne(queue: Queue, shop: Shop, mark: string): Promise<number> {
  const sentAt = performance.now();
  await queue.add(shop, 1, mark);
  await emptied(queue, shop);
  return performance.now() - sentAt;
}

async function emptied(queue: Queue, shop: Shop): Promise<void> {
  const isEmpty = async () => (await queue.waiting(shop)) === 0;
  if (!(await waitUntil(isEmpty, { withinMs: PATIENCE_MS, everyMs: 5 })))
    throw new Error(`${queue.name} of ${shop.slug} still wait.`);
}

type Waits = { alone: number[]; beside: number[]; left: number; perSecond: number };

/** Prints how one kind of work went; whether nobody waited too long. */
function report(name: string, { alone, beside, left, perSecond }: Waits): boolean {
  if (beside.length === 0) throw new Error(`The queue of ${name} was too short to measure beside.`);
  const [usual, longest] = [median(beside), Math.max(...beside)];
  const isShort = longest > MOST_MS;
  console.log(
    [
      name.padEnd(8),
      `alone ${inMs(median(alone))} (longest ${inMs(Math.max(...alone))})`,
      `beside ${inMs(usual)} (longest ${inMs(longest)}, ${beside.length} sent)`,
      `ratio ${(usual / median(alone)).toFixed(1)}`,
      `the other's queue: ${count(left)} left, ${Math.round(perSecond)} a second`,
      `ceiling ${inMs(MOST_MS)}`,
      isShort ? "TOO LONG" : "ok",
    ].join("   "),
  );
  return !isShort;
}

function inMs(ms: number): string {
  return `${count(Math.round(ms))} ms`;
}
