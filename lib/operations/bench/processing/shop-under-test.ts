import { createRequire } from "node:module";
import path from "node:path";
import type { Client } from "pg";
import { closeConnections } from "@/lib/core/db";
import { upsertCustomer, joinProgram } from "@/lib/customers/commands";
import { ingest } from "@/lib/events/hot-path/ingest";
import { createTestKey, eventsRequest } from "@/lib/events/testing";
import { createTestMerchant } from "@/lib/merchants/testing";
import { prepareDatabase } from "@/lib/operations/database/prepare";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { JOBS } from "@/lib/worker/jobs";
import { advocateCredit, testTerms } from "@/lib/worker/testing";
import type { Shop } from "./parts";

/**
 * The product, as a process of its own that is told what to do. `@/` means the folder that the
 * process runs in, which may hold older code: so this file uses only what has long been there, and
 * of the processing only the worker's job.
 */
export type Task =
  | { do: "prepare"; shop: Shop }
  | { do: "take in"; key: string; events: object[] }
  | { do: "process" }
  | { do: "disconnect" };
export type Prepared = { key: string; codes: string[] };
export type Processed = {
  seconds: number;
  /** Of this process, without the database's. */
  cpuSeconds: number;
  done: number;
  statements: number;
  /** BEGIN, COMMIT and the like, which are not among the statements. */
  brackets: number;
};

const sent = countStatements();

async function prepare({ holdDays, advocates }: Shop): Promise<Prepared> {
  await prepareDatabase(process.env.DATABASE_URL!);
  const scope = await createTestMerchant();
  const key = await createTestKey(scope);
  const codes: string[] = [];
  if (holdDays !== null) {
    const made = await createProgram(scope, {
      name: "Bench",
      terms: testTerms({
        rules: [advocateCredit({ holdDays })],
        budget: { cost: "100000000.00", rewards: 10_000_000 },
      }),
    });
    await publishProgram(scope, made.id);
    for (let number = 0; number < advocates; number += 1) {
      const name = `advocate-${number}`;
      const email = `${name}@example.org`;
      const input = { externalId: name, email, name: "Eve Example", seenAt: new Date() };
      const { customer } = await upsertCustomer(scope, input);
      const { code } = await joinProgram(scope, {
        programId: made.id,
        customerId: customer.id,
        welcome: false,
      });
      codes.push(code);
    }
  }
  // Whoever copies the database must be alone with it.
  await closeConnections();
  return { key, codes };
}

async function takeIn(key: string, events: object[]): Promise<number> {
  let accepted = 0;
  for (let from = 0; from < events.length; from += 500) {
    const batch = events.slice(from, from + 500);
    const { body } = await ingest(eventsRequest(key, { events: batch }));
    accepted += (JSON.parse(String(body)) as { accepted: number }).accepted;
  }
  return accepted;
}

/** Does the worker's job until it finds nothing more to do. */
async function processAll(): Promise<Processed> {
  const job = JOBS.find(({ name }) => name === "process_events")!;
  const before = { ...sent };
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  let done = 0;
  let took = 0;
  let seconds = 0;
  do {
    took = await job.run();
    done += took;
    // The last look, which finds nothing, is no part of it.
    if (took > 0) seconds = (performance.now() - startedAt) / 1000;
  } while (took > 0);
  const cpu = process.cpuUsage(cpuBefore);
  return {
    seconds,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    done,
    statements: sent.statements - before.statements - 1,
    brackets: sent.brackets - before.brackets,
  };
}

/** Counts what any connection of this process sends, at the driver. */
function countStatements(): { statements: number; brackets: number } {
  const counts = { statements: 0, brackets: 0 };
  const pg = createRequire(path.resolve("package.json"))("pg") as { Client: typeof Client };
  const query = pg.Client.prototype.query as (...all: unknown[]) => unknown;
  pg.Client.prototype.query = function counted(this: Client, ...all: unknown[]) {
    const text = typeof all[0] === "string" ? all[0] : (all[0] as { text?: string }).text;
    const isBracket = /^\s*(begin|commit|rollback|savepoint|release)\b/i.test(text ?? "");
    counts[isBracket ? "brackets" : "statements"] += 1;
    return query.apply(this, all);
  } as typeof pg.Client.prototype.query;
  return counts;
}

async function answer(task: Task): Promise<Prepared | Processed | number | void> {
  if (task.do === "prepare") return prepare(task.shop);
  if (task.do === "take in") return takeIn(task.key, task.events);
  if (task.do === "disconnect") return closeConnections();
  return processAll();
}

process.on("message", (task: Task) => {
  answer(task).then(
    (done) => process.send?.({ done: done ?? null }),
    (error: unknown) => process.send?.({ error: String((error as Error)?.stack ?? error) }),
  );
});
process.on("SIGTERM", () => process.exit(0));
process.send?.({ ready: true });
