import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { findRunning } from "../../postgres/postgres-cluster";
import { type OwnPostgres, startPostgres } from "../../postgres/postgres-server";
import { NODE_FLAGS } from "../../processes/node-flags";

/** A part of an installation that a bench may kill and start again. */
export type Part = {
  /** Of the process that runs now. */
  pid(): number;
  /** Resolves once it is ready. @throws Error when it ends before */
  start(): Promise<void>;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends it as an operator does; nothing, where it does not run. */
  stop(): Promise<void>;
};

/** A process of the product. Starts nothing yet. */
export function processPart(file: string, env: NodeJS.ProcessEnv): Part {
  let child: ChildProcess | undefined;
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  };
  return {
    pid: () => child!.pid!,
    start: () =>
      new Promise((resolve, reject) => {
        child = fork(path.resolve(file), { execArgv: [...NODE_FLAGS], env });
        child.once("message", () => resolve()).once("error", reject);
        child.once("exit", () => reject(new Error(`${file} ended before it was ready.`)));
      }),
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
  };
}

/**
 * A server whose data are in a folder, which comes back on the port that it had. Starts nothing
 * yet.
 * @param durable whether it keeps what it promised when it is killed
 */
export function postgresPart(
  dataDir: string,
  durable: boolean,
): Part & {
  /** The superuser's address of the product's database. */
  url(): string;
} {
  let running: OwnPostgres | undefined;
  const port = () => (running ? { port: Number(new URL(running.adminUrl).port) } : {});
  const pid = () => findRunning(path.join(dataDir, "postgres"))!.pid;
  return {
    pid,
    url() {
      const address = new URL(running!.adminUrl);
      address.pathname = new URL(running!.url).pathname;
      return address.href;
    },
    async start() {
      running = await startPostgres({ dataDir, durable, ...port() });
    },
    async kill() {
      process.kill(pid(), "SIGKILL");
      await running!.ended;
      await running!.stop();
    },
    stop: async () => running?.stop(),
  };
}
