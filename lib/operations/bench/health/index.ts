import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Described } from "@/lib/auth/matrix/generated/requests";
import { count } from "../print";
import { type Served, whileServing } from "../served";
import { fillShop } from "./fill-shop";
import { apiRequests, type Asked, pageRequests } from "./requests";

/**
 * The health part of `npm run bench`: asks every endpoint and every page for the largest that it
 * gives or takes, a few at once, while another process asks `/api/health` all the time; and says
 * how long that waited. Fails where its 99th percentile is above the ceiling, and where an answer
 * is a fault of ours. BENCH_SECONDS (2) says how long each is asked, BENCH_PEOPLE (20000) how many
 * customers the shop has; BENCH_ASK, a pattern, chooses by name.
 */
const seconds = Number(process.env.BENCH_SECONDS) || 2;
const people = Number(process.env.BENCH_PEOPLE) || 20_000;
const only = new RegExp(process.env.BENCH_ASK ?? "");
const AT_ONCE = 3;
const MOST_MS = 250;
/** How many of the slowest are printed at the end; those above the ceiling are as they come. */
const PRINTED = 12;

type Waits = { p50: number; p99: number; most: number; times: number };
type Found = { name: string; health: Waits; answers: number; statuses: string };

/** Measures and prints; 1 when something falls short, else 0. */
export async function benchHealth(): Promise<number> {
  return whileServing(["harbour"], async (served) => {
    const shop = served.shops[0]!;
    // What is loaded passes by what the worker looks at.
    await served.worker.stop();
    await fillShop(served.database, shop.scope, people);
    await served.worker.start();
    const document = await fetch(`${served.url}/api/v1/openapi.json`);
    const all = [
      ...(await pageRequests(shop)),
      ...apiRequests((await document.json()) as Described, shop),
    ].filter(({ name }) => only.test(name));
    console.log(
      `\nHealth, while each of ${all.length} is asked ${AT_ONCE} at once for ${seconds} s, ` +
        `in a shop of ${count(people)}:`,
    );
    const asker = await startAsker(served.url);
    try {
      return await measureAll(served, all, asker);
    } finally {
      asker.disconnect();
    }
  });
}

async function measureAll(
  served: Served,
  all: readonly Asked[],
  asker: ChildProcess,
): Promise<number> {
  await healthSince(asker);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  print({ name: "nothing else", health: await healthSince(asker), answers: 0, statuses: "" });
  const found: Found[] = [];
  for (const asked of all) {
    // The first loads what is loaded once.
    await answerTo(served.url, asked);
    await healthSince(asker);
    const { answers, statuses } = await askFor(served.url, asked);
    const one = { name: asked.name, health: await healthSince(asker), answers, statuses };
    found.push(one);
    if (one.health.p99 > MOST_MS) print(one);
  }
  found.sort((one, other) => other.health.p99 - one.health.p99);
  const slow = found.filter(({ health }) => health.p99 > MOST_MS);
  const faulty = found.filter(({ statuses }) => /(?:^|, )(?:5\d\d|failed) /.test(statuses));
  console.log("The slowest, and those that answered with a fault:");
  for (const one of new Set([...found.slice(0, PRINTED), ...faulty])) print(one);
  const worst = Math.max(...found.map(({ health }) => health.most));
  console.log(
    `health   ${all.length} asked   worst p99 ${inMs(found[0]!.health.p99)}   ` +
      `longest ${inMs(worst)}   ceiling ${MOST_MS} ms   ` +
      (slow.length > 0 ? `TOO LONG: ${slow.length}` : "ok") +
      (faulty.length > 0 ? `   FAULTS: ${faulty.length}` : ""),
  );
  return slow.length + faulty.length > 0 ? 1 : 0;
}

/** Asks for one thing for a while, a few at once. */
async function askFor(url: string, asked: Asked): Promise<{ answers: number; statuses: string }> {
  const until = performance.now() + seconds * 1_000;
  const statuses = new Map<number | "failed", number>();
  let answers = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      do {
        const status = await answerTo(url, asked);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        answers += 1;
      } while (performance.now() < until);
    }),
  );
  return { answers, statuses: [...statuses].map(([status, n]) => `${status} × ${n}`).join(", ") };
}

async function answerTo(url: string, asked: Asked): Promise<number | "failed"> {
  const { method, path: target, headers, body } = asked;
  try {
    const init = { method, headers, redirect: "manual" as const, ...(body && { body }) };
    const response = await fetch(url + target, init);
    await response.arrayBuffer();
    return response.status;
  } catch {
    return "failed";
  }
}

async function startAsker(url: string): Promise<ChildProcess> {
  const asker = fork(path.resolve(import.meta.dirname, "asker.ts"), {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, HEALTH_URL: `${url}/api/health` },
  });
  await once(asker, "message");
  return asker;
}

async function healthSince(asker: ChildProcess): Promise<Waits> {
  asker.send("read");
  const [read] = (await once(asker, "message")) as [{ waits: number[]; wrong: number }];
  if (read.wrong > 0) throw new Error(`/api/health did not answer 200 ${read.wrong} times.`);
  const sorted = read.waits.toSorted((one, other) => one - other);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), most: at(1), times: sorted.length };
}

function print({ name, health, answers, statuses }: Found): void {
  const { p50, p99, most, times } = health;
  console.log(
    [
      `p50 ${inMs(p50).padStart(6)}`,
      `p99 ${inMs(p99).padStart(7)}`,
      `longest ${inMs(most).padStart(7)} of ${times}`,
      p99 > MOST_MS ? "TOO LONG" : "ok      ",
      name,
      answers > 0 ? `(${statuses})` : "",
    ].join("   "),
  );
}

function inMs(ms: number): string {
  return `${count(Math.round(ms))} ms`;
}
