import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import pg from "pg";
import { runOnServer } from "../../postgres/temporary-postgres";
import { COUNTS, type Counts, type Part, type Shop, type Stage } from "./parts";
import type { Prepared, Processed, Task } from "./shop-under-test";

/** The product in a process of its own, with a shop on a database that nothing else uses. */
export type Subject = {
  /** The owner's connection, once `connect` was called: until then the database can be copied. */
  database: pg.Client;
  connect(): Promise<void>;
  /** Opens the shop, on the database that is there by now. */
  prepare(): Promise<void>;
  /** Ends the connections of its process. */
  disconnect(): Promise<void>;
  /** Takes in the events of people number `from` to `from + count - 1`. */
  takeIn(stage: Stage, from: number, count: number): Promise<void>;
  process(): Promise<Processed>;
  counts(): Promise<Counts>;
  end(): Promise<void>;
};

/** How many events are taken in before they are processed. */
const MOST_AT_ONCE = 500;

/** @param folder the code: the folder of a working copy, with its packages */
export async function startSubject(url: string, folder: string, shop: Shop): Promise<Subject> {
  const child = fork(path.resolve(import.meta.dirname, "shop-under-test.ts"), {
    cwd: path.resolve(folder),
    execArgv: ["--import", "tsx"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: url,
      EVENTS_PER_MINUTE: "1000000000",
      LOG_LEVEL: "warn",
    },
    stdio: "inherit",
  });
  await answerOf(child);
  let shopOf: Prepared;
  const ask = async <T>(task: Task): Promise<T> => {
    child.send(task);
    return (await answerOf(child)) as T;
  };
  const prepare = async () => (shopOf = await ask<Prepared>({ do: "prepare", shop }));
  await prepare();
  const database = new pg.Client({ connectionString: url });
  return {
    database,
    connect: async () => void (await database.connect()),
    prepare: async () => void (await prepare()),
    disconnect: () => ask<void>({ do: "disconnect" }),
    async takeIn(stage, from, count) {
      const { key, codes } = shopOf;
      const events = stage.events(codes, from, count);
      const accepted = await ask<number>({ do: "take in", key, events });
      if (accepted !== count) throw new Error(`Of ${count} events ${accepted} were accepted.`);
    },
    process: () => ask<Processed>({ do: "process" }),
    counts: async () => (await database.query<{ counts: Counts }>(COUNTS)).rows[0]!.counts,
    async end() {
      await database.end();
      if (child.exitCode === null && child.kill("SIGTERM")) await once(child, "exit");
    },
  };
}

/**
 * A subject on an empty database, of which the code has run before: until it is compiled, what is
 * measured is the compiler, and a worker runs for weeks. It warms up on a database that is thrown
 * away.
 * @param events how many of each stage it processes before
 */
export async function warmSubject(
  server: string,
  { shop, stages }: Part,
  events: number,
): Promise<Subject> {
  const subject = await startSubject(await createDatabase(server, "product"), ".", shop);
  for (const stage of stages)
    for (let from = 0; from < events; from += MOST_AT_ONCE) {
      await subject.takeIn(stage, from, MOST_AT_ONCE);
      await subject.process();
    }
  await subject.disconnect();
  await runOnServer(server, "DROP DATABASE product WITH (FORCE)");
  await createDatabase(server, "product");
  await subject.prepare();
  return subject;
}

function answerOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error("The product's process ended."));
    child.once("exit", onExit).once("message", (answer: { done?: unknown; error?: string }) => {
      child.off("exit", onExit);
      if (answer.error) reject(new Error(answer.error));
      else resolve(answer.done);
    });
  });
}

/** Makes an empty database on the server, or a copy of one that nobody is connected to. */
export async function createDatabase(server: string, name: string, of = "template1") {
  await runOnServer(server, `CREATE DATABASE ${name} TEMPLATE ${of}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
