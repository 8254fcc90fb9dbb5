import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { sessionOfCustomer, sessionOfMember } from "@/lib/auth/session/testing";
import { BROWSER } from "@/lib/events/testing";
import { adminPaths } from "@/lib/merchants/paths";
import { median } from "../print";
import { type Served, whileServing } from "../served";

/**
 * The memory's part of `npm run bench`: what the web process takes from the system, minute by
 * minute, under the load of a small installation: 3 pages, 10 clicks and 19 events a second.
 * Fails when it grows on after its first minutes, or takes more than a small machine has.
 * BENCH_MINUTES (60) makes it shorter.
 */
const minutes = Number(process.env.BENCH_MINUTES) || 60;
const A_SECOND = { pages: 3, clicks: 10, events: 19 };
const MOST_MB = 900;
const MOST_MB_AN_HOUR = 60;

/** Measures and prints; 1 when it falls short, else 0. */
export async function benchMemory(): Promise<number> {
  return whileServing(["harbour"], async (served) => {
    const load = await startLoad(served);
    const readings: number[] = [];
    console.log(`\nMemory of the web process, ${minutes} minutes:`);
    for (let minute = 0; minute <= minutes; minute += 1) {
      if (minute > 0) await sleep(60_000);
      readings.push(megabytesOf(served.web.pid()));
      console.log(`  minute ${String(minute).padStart(3)}   ${readings.at(-1)} MB`);
    }
    const { answers, wrong } = await load.stop();
    return report(readings, answers, wrong);
  });
}

function report(readings: readonly number[], answers: number, wrong: string[]): number {
  // The first minutes fill what is filled once: compiled code, plans, the young generation.
  const steady = readings.slice(Math.min(5, Math.floor(readings.length / 3)));
  const slope = slopeOf(steady) * 60;
  const most = Math.max(...readings);
  const isShort = most > MOST_MB || (minutes >= 30 && slope > MOST_MB_AN_HOUR) || wrong.length > 0;
  console.log(
    [
      `memory   ${answers.toLocaleString("en")} answers`,
      `median ${median(steady)} MB`,
      `most ${most} MB (ceiling ${MOST_MB})`,
      `slope ${slope.toFixed(0)} MB an hour (ceiling ${MOST_MB_AN_HOUR}, asked of 30 minutes)`,
      isShort ? "TOO MUCH" : "ok",
    ].join("   "),
  );
  for (const fault of wrong.slice(0, 10)) console.log(`         ${fault}`);
  return isShort ? 1 : 0;
}

/** What a process has of the machine's memory. */
function megabytesOf(pid: number): number {
  const kilobytes = execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" });
  return Math.round(Number(kilobytes) / 1024);
}

/** Megabytes a reading, by least squares. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let [above, below] = [0, 0];
  for (const [index, value] of values.entries()) {
    above += (index - middle) * (value - mean);
    below += (index - middle) ** 2;
  }
  return below === 0 ? 0 : above / below;
}

/** Asks at a steady rate, whether answers come or not, until it is stopped. */
async function startLoad({ url, shops }: Served) {
  const shop = shops[0]!;
  const member = await sessionOfMember(shop.members.owner);
  const customer = await sessionOfCustomer(shop.scope, shop.customer.id);
  const admin = adminPaths(shop.slug);
  const pages: [path: string, cookie: string][] = [
    [admin.overview, member],
    [`/i/${shop.customer.code}`, ""],
    [`/refer/${shop.program.slug}`, customer],
    [admin.customers, member],
    [`/i/${shop.customer.code}/opengraph-image`, ""],
    [admin.insight("referral_rate"), member],
    ["/sign-in", ""],
  ];
  let answers = 0;
  const wrong: string[] = [];
  const ask = async (number: number, path: string, init: RequestInit, status: number) => {
    const headers = {
      "user-agent": BROWSER,
      accept: "text/html",
      "x-forwarded-for": `198.51.${(number >> 8) & 255}.${number & 255}`,
      ...(init.headers as Record<string, string>),
    };
    try {
      const response = await fetch(url + path, { ...init, headers, redirect: "manual" });
      await response.arrayBuffer();
      answers += 1;
      if (response.status !== status) wrong.push(`${path} answered ${response.status}`);
    } catch (error) {
      wrong.push(`${path}: ${String(error)}`);
    }
  };
  let number = 0;
  const every = (perSecond: number, work: (n: number) => Promise<void>) =>
    setInterval(() => void work((number += 1)), 1_000 / perSecond);
  const timers = [
    every(A_SECOND.pages, (n) => {
      const [path, cookie] = pages[n % pages.length]!;
      return ask(n, path, { headers: { cookie } }, 200);
    }),
    every(A_SECOND.clicks, (n) => ask(n, `/r/${shop.customer.code}`, {}, 302)),
    every(A_SECOND.events, (n) => ask(n, "/api/v1/events", eventOf(shop.keys.secret, n), 200)),
  ];
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await sleep(2_000);
      return { answers, wrong };
    },
  };
}

function eventOf(key: string, number: number): RequestInit {
  const id = `bench-${number}`;
  return {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({
      type: "purchase",
      customer: { id: `customer-${number % 5_000}`, name: "Ada Example" },
      order: { id, total: "49.90", currency: "USD" },
    }),
  };
}
