import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import path from "node:path";
import { servingVariables } from "@/lib/core/database/address";
import { randomCharacters } from "@/lib/core/id";
import { prepareDatabase } from "@/lib/operations/database/prepare";
import { NODE_FLAGS } from "@/lib/operations/processes/node-flags";
import { freePort } from "@/lib/operations/processes/processes";
import { runOnServer } from "@/lib/operations/postgres/temporary-postgres";
import { databaseUrl, folder, serverEnvironment } from "./surroundings";

/** A process of ours that a test may kill and start again. */
type Killable = { start(): Promise<void>; kill(): Promise<void> };

/**
 * The app and the worker apart, on a port and an empty database of their own, for tests that kill
 * them.
 */
export type OwnServer = {
  baseURL: string;
  database: string;
  app: Killable;
  worker: Killable;
  remove(): Promise<void>;
};

/**
 * Makes the database on the test server; starts nothing yet.
 * @param way gives the address by which the server reaches its database; by default the database's
 * @param variables of the environment, where others than usual
 */
export async function ownServer({
  way = async (database) => database,
  variables = {},
}: {
  way?: (database: string) => Promise<string>;
  variables?: Record<string, string>;
} = {}): Promise<OwnServer> {
  const server = databaseUrl();
  const name = `goodword_own_${randomCharacters(10)}`;
  await runOnServer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  await prepareDatabase(url.href);
  const port = await freePort();
  const database = await way(url.href);
  const env = {
    ...serverEnvironment({ database, port }),
    ...servingVariables(database),
    ...variables,
  };
  const app = killable("own-app", "server.ts", { ...env, GOODWORD_ROLE: "web" });
  const worker = killable("own-worker", "lib/operations/worker.ts", env);
  return {
    baseURL: `http://localhost:${port}`,
    database: url.href,
    app,
    worker,
    async remove() {
      await Promise.all([app.kill(), worker.kill()]);
      await runOnServer(server, `drop database if exists ${name} with (force)`);
    },
  };
}

function killable(name: string, script: string, env: NodeJS.ProcessEnv): Killable {
  let child: ChildProcess | undefined;
  return {
    /** Resolves once it says that it is ready. */
    start: () =>
      new Promise((resolve, reject) => {
        mkdirSync(folder, { recursive: true });
        const log = openSync(path.join(folder, `${name}.log`), "a");
        const started = spawn(process.execPath, [...NODE_FLAGS, script], {
          env,
          stdio: ["ignore", log, log, "ipc"],
        });
        closeSync(log);
        child = started;
        started.once("message", () => resolve());
        started.once("error", reject);
        started.once("exit", (code, signal) =>
          reject(new Error(`The ${name} ended (${signal ?? code}) before it was ready.`)),
        );
      }),
    /** kill -9, and waits until it is gone. */
    kill: () =>
      new Promise((resolve) => {
        const ending = child;
        if (!ending || ending.exitCode !== null || ending.signalCode !== null) return resolve();
        ending.once("exit", () => resolve());
        ending.kill("SIGKILL");
      }),
  };
}
