import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import pg from "pg";
import { runOnServer } from "../../postgres/temporary-postgres";
import { COUNTS, type Counts, type Shop, type Stage } from "./parts";
import type { Prepared, Processed, Task } from "./shop-under-test";

/** The product in a process of its own, with a shop on a database that nothing else uses. */
export type Subject = {
  /** The owner's connection, once `connect` was called: until then the database can be copied. */
  database: pg.Client;
  connect(): Promise<void>;
  /** Takes in the events of people number `from` to `from + count - 1`. */
  takeIn(stage: Stage, from: number, count: number): Promise<void>;
  process(): Promise<Processed>;
  counts(): Promise<Counts>;
  end(): Promise<void>;
};

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
  const ask = async <T>(task: Task): Promise<T> => {
    child.send(task);
    return (await answerOf(child)) as T;
  };
  const { key, codes } = await ask<Prepared>({ do: "prepare", shop });
  const database = new pg.Client({ connectionString: url });
  return {
    database,
    connect: async () => void (await database.connect()),
    async takeIn(stage, from, count) {
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
