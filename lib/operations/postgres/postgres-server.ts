import { spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { type PostgresAccount, postgresAccount } from "./postgres-account";
import {
  createCluster,
  findRunning,
  locatePrograms,
  plainEnvironment,
  type Programs,
  user,
} from "./postgres-cluster";
import { commandLine, endProcess, freePort, isAlive, waitUntil } from "../processes/processes";

/**
 * A running server: `url` signs in as its owner (superuser) to the database `goodword`; `ended`
 * resolves when the server is gone, for whatever reason.
 */
export type Postgres = { url: string; stop: () => Promise<void>; ended: Promise<void> };

/**
 * `durable: false` trades safety against a power cut for speed; only for tests, whose data nobody
 * misses. `port` is for a server that comes back; otherwise a free one is chosen.
 */
export type PostgresOptions = { dataDir: string; durable?: boolean; port?: number };

const database = "goodword";

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
}: PostgresOptions): Promise<Postgres> {
  const home = path.resolve(dataDir);
  mkdirSync(home, { recursive: true });
  const cluster = path.join(home, "postgres");
  const programs = locatePrograms();
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
async function joinRunning(home: string, cluster: string): Promise<Postgres | null> {
  const running = findRunning(cluster);
  if (!running) return null;
  if (
    !(await answers(urlAt(cluster, running.port, "postgres"), 10_000, () => !isAlive(running.pid)))
  ) {
    await endProcess(running.pid, ["SIGINT", "SIGQUIT", "SIGKILL"], 10_000);
    return null;
  }
  await ensureDatabase(urlAt(cluster, running.port, "postgres"));
  const url = urlAt(cluster, running.port, database);
  const ended = end(running.pid);
  if (isOwned(home, running.pid)) return { url, ended, stop: async () => {} };
  claim(home, running.pid);
  const dismissWatcher = endWithUs(running.pid);
  return {
    url,
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
): Promise<Postgres | null> {
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
  if (!(await answers(urlAt(cluster, port, "postgres"), 300_000, over))) {
    await dismissWatcher();
    rmSync(ownerFile(home, pid), { force: true });
    return null;
  }
  await ensureDatabase(urlAt(cluster, port, "postgres"));
  return {
    url: urlAt(cluster, port, database),
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

/** Holds the id of the process that started this server, and whose it therefore is to stop. */
const ownerFile = (home: string, serverPid: number) =>
  path.join(home, `postgres.owner.${serverPid}`);

function claim(home: string, serverPid: number): void {
  for (const name of readdirSync(home)) {
    if (name.startsWith("postgres.owner.") && !isAlive(Number(name.split(".").pop())))
      rmSync(path.join(home, name));
  }
  writeFileSync(ownerFile(home, serverPid), String(process.pid));
}

/** Whether another process that lives started this server. */
function isOwned(home: string, serverPid: number): boolean {
  const file = ownerFile(home, serverPid);
  const owner = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
  return (
    owner > 0 && owner !== process.pid && isAlive(owner) && !!commandLine(owner)?.includes("node")
  );
}

function urlAt(cluster: string, port: number, name: string): string {
  const password = readFileSync(path.join(cluster, "goodword.password"), "utf8").trim();
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${name}`;
}

/**
 * Ends the server when this process is gone, even by kill -9: a shell waits for the pipe from us to
 * close. Returns how to send that shell away.
 */
function endWithUs(serverPid: number): () => Promise<void> {
  if (process.platform === "win32") return async () => {};
  const script = 'cat >/dev/null; kill -INT "$1" 2>/dev/null';
  const watcher = spawn("/bin/sh", ["-c", script, "goodword-postgres-watcher", String(serverPid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
    cwd: "/",
  });
  watcher.unref();
  (watcher.stdin as unknown as { unref: () => void }).unref();
  const gone = new Promise<void>((resolve) =>
    watcher.once("exit", () => resolve()).once("error", () => resolve()),
  );
  return async () => {
    watcher.ref();
    // The group, since the shell's `cat` is a process of its own.
    if (watcher.pid !== undefined && watcher.exitCode === null)
      process.kill(-watcher.pid, "SIGKILL");
    await gone;
  };
}

/**
 * Whether the server answers within the time, asking until then; gives up when `over` says that it
 * has ended.
 */
async function answers(
  url: string,
  withinMs: number,
  over: () => boolean = () => false,
): Promise<boolean> {
  let ready = false;
  await waitUntil(
    async () => {
      if (over()) return true;
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
      client.on("error", () => {});
      try {
        await client.connect();
        ready = true;
      } catch {
        ready = false;
      } finally {
        await client.end().catch(() => {});
      }
      return ready;
    },
    { withinMs },
  );
  return ready;
}

async function ensureDatabase(adminUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const found = await client.query("select 1 from pg_database where datname = $1", [database]);
    if (found.rowCount === 0)
      await client.query(`create database ${client.escapeIdentifier(database)}`);
  } catch (error) {
    // Another process may have made it in the meantime; seen before or while the name is taken.
    if (!["42P04", "23505"].includes((error as { code?: string }).code ?? "")) throw error;
  } finally {
    await client.end();
  }
}

function tail(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-8).join("\n");
}
