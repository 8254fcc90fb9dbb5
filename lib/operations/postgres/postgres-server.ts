import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type PostgresAccount, postgresAccount } from "./postgres-account";
import {
  createCluster,
  findRunning,
  locatePrograms,
  plainEnvironment,
  type Programs,
} from "./postgres-cluster";
import { adminUrlAt, answers } from "./connection";
import { ensureOwner } from "./plain-owner";
import { claim, endWithUs, isOwned, ownerFile } from "./server-owner";
import { endProcess, freePort, isAlive } from "../processes/processes";

/**
 * A running server: `url` signs in as the owner of the database `goodword`, who is no superuser;
 * `ended` resolves when the server is gone, for whatever reason.
 */
export type Postgres = { url: string; stop: () => Promise<void>; ended: Promise<void> };

/** One of our own, whose superuser is ours too: `adminUrl` signs in as that. */
export type OwnPostgres = Postgres & { adminUrl: string };

/**
 * `durable: false` trades safety against a power cut for speed; only for tests, whose data nobody
 * misses. `port` is for a server that comes back; otherwise a free one is chosen. `bin` is the
 * folder of another version's programs.
 */
export type PostgresOptions = { dataDir: string; durable?: boolean; port?: number; bin?: string };

/**
 * Settings for one laptop with everything else on it. They are passed at each start, so the code is
 * their only home.
 */
const settings = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  timezone: "UTC",
  log_timezone: "UTC",
  max_connections: "120",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  max_wal_size: "2GB",
  random_page_cost: "1.1",
  // Compiling a query costs more than our queries do.
  jit: "off",
  // A container often has a tiny /dev/shm, and a parallel query would fail on it.
  dynamic_shared_memory_type: "mmap",
  log_min_messages: "warning",
};
const fragile = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_wal_size: "4GB",
};

/**
 * Starts the embedded PostgreSQL server with its data kept under `dataDir/postgres`, creating it
 * the first time. A server that is already up on that data is used as it is: if the process that
 * started it lives, it stays that process's to stop; if not, we inherit it. Whatever an earlier run
 * left half done is cleaned up first. The server ends with this process, however this process ends.
 * @throws Error with the end of the server's log when it does not come up
 */
export async function startPostgres({
  dataDir,
  durable = true,
  port,
  bin,
}: PostgresOptions): Promise<OwnPostgres> {
  const home = path.resolve(dataDir);
  mkdirSync(home, { recursive: true });
  const cluster = path.join(home, "postgres");
  const programs = locatePrograms(bin);
  const account = postgresAccount(programs.postgres, home, cluster);
  if (!existsSync(cluster)) createCluster(home, cluster, programs, account, durable);

  // Workers of a server that was killed may need a moment to go, and another process may start the
  // same server.
  for (let attempt = 1; ; attempt += 1) {
    const postgres =
      (await joinRunning(home, cluster)) ??
      (await launch(home, cluster, programs, account, durable, port));
    if (postgres) return postgres;
    const logFile = path.join(home, "postgres.log");
    if (attempt === 5)
      throw new Error(`PostgreSQL did not start. The end of ${logFile}:\n${tail(logFile)}`);
    await sleep(attempt * 400);
  }
}

/**
 * The server that is already up on the cluster, if it answers; one that does not answer is ended.
 */
async function joinRunning(home: string, cluster: string): Promise<OwnPostgres | null> {
  const running = findRunning(cluster);
  if (!running) return null;
  const adminUrl = adminUrlAt(cluster, running.port);
  if (!(await answers(adminUrl, 10_000, () => !isAlive(running.pid)))) {
    await endProcess(running.pid, ["SIGINT", "SIGQUIT", "SIGKILL"], 10_000);
    return null;
  }
  const url = await ensureOwner(adminUrl);
  const ended = end(running.pid);
  if (isOwned(home, running.pid)) return { url, adminUrl, ended, stop: async () => {} };
  claim(home, running.pid);
  const dismissWatcher = endWithUs(running.pid);
  return {
    url,
    adminUrl,
    ended,
    stop: async () => {
      await endProcess(running.pid, ["SIGINT", "SIGQUIT"], 30_000);
      await dismissWatcher();
      rmSync(ownerFile(home, running.pid), { force: true });
    },
  };
}

/** Resolves when a process that is not our child is gone. Does not keep ours going. */
function end(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const watch = setInterval(() => {
      if (isAlive(pid)) return;
      clearInterval(watch);
      resolve();
    }, 1_000);
    watch.unref();
  });
}

/** Starts the server on a free port; null when it ends before it answers. */
async function launch(
  home: string,
  cluster: string,
  programs: Programs,
  account: PostgresAccount,
  durable: boolean,
  wantedPort?: number,
): Promise<OwnPostgres | null> {
  const port = wantedPort ?? (await freePort());
  const log = openSync(path.join(home, "postgres.log"), "w");
  const flags = Object.entries({ ...settings, ...(durable ? {} : fragile) }).flatMap(([k, v]) => [
    "-c",
    `${k}=${v}`,
  ]);
  const [command, args] = account.command(programs.postgres, [
    "-D",
    cluster,
    "-p",
    String(port),
    ...flags,
  ]);
  const server = spawn(command, args, {
    uid: account.uid,
    gid: account.gid,
    cwd: "/",
    env: plainEnvironment,
    stdio: ["ignore", log, log],
    // Ctrl-C in a terminal reaches a whole process group; the server must outlive the app's last
    // queries.
    detached: true,
  });
  closeSync(log);
  server.unref();
  const exited = new Promise<void>((resolve) =>
    server.once("exit", () => resolve()).once("error", () => resolve()),
  );
  const over = () =>
    server.pid === undefined || server.exitCode !== null || server.signalCode !== null;
  const { pid } = server;
  if (pid === undefined) return null;
  claim(home, pid);
  const dismissWatcher = endWithUs(pid);
  // Long, because after a crash the server first replays what it had promised.
  const adminUrl = adminUrlAt(cluster, port);
  if (!(await answers(adminUrl, 300_000, over))) {
    await dismissWatcher();
    rmSync(ownerFile(home, pid), { force: true });
    return null;
  }
  return {
    url: await ensureOwner(adminUrl),
    adminUrl,
    ended: exited,
    stop: async () => {
      server.ref();
      if (!over()) server.kill("SIGINT");
      const late = setTimeout(() => server.kill("SIGQUIT"), 30_000);
      if (!over()) await exited;
      clearTimeout(late);
      // Last: should we be killed while we wait, it still sees to the server.
      await dismissWatcher();
      rmSync(ownerFile(home, pid), { force: true });
    },
  };
}

function tail(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-8).join("\n");
}
