import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

/** PostgreSQL's own programs of one version. */
export type PostgresTools = { dump: string; restore: string; version: number };

/** Where systems keep them; each has a folder by version. */
const FOLDERS = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/usr/local"];

/**
 * The newest pg_dump and pg_restore of PG_BIN, of the usual places and of PATH.
 * @param server the server's major version: older programs cannot read it
 * @throws Error in one line that says what to install
 */
export function findPostgresTools(server: number): PostgresTools {
  const found = places().flatMap(toolsIn);
  const newest = found.toSorted((one, other) => other.version - one.version)[0];
  if (newest && newest.version >= server) return newest;
  const there = newest ? ` (the newest here is ${newest.version}: ${newest.dump})` : "";
  throw new Error(
    `pg_dump and pg_restore of PostgreSQL ${server} or newer are needed${there}. ` +
      `Install the package postgresql-client-${server}, or set PG_BIN to the folder that has them.`,
  );
}

function places(): string[] {
  const chosen = process.env.PG_BIN;
  if (chosen) return [chosen];
  const byVersion = FOLDERS.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /^(\d+|(postgresql|libpq|pgsql)\b.*)$/.test(name))
      .map((name) => path.join(folder, name, "bin")),
  );
  return [...byVersion, ...(process.env.PATH ?? "").split(path.delimiter)];
}

function toolsIn(folder: string): PostgresTools[] {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const [dump, restore] = ["pg_dump", "pg_restore"].map((name) =>
    path.join(folder, `${name}${suffix}`),
  ) as [string, string];
  if (!existsSync(dump) || !existsSync(restore)) return [];
  const { stdout } = spawnSync(dump, ["--version"], { encoding: "utf8" });
  const version = Number(/ (\d+)/.exec(stdout ?? "")?.[1]);
  return version ? [{ dump, restore, version }] : [];
}

/**
 * Runs one of the programs on the database of an address, which it gets by its environment: what
 * stands in its arguments, everybody on the machine can read.
 * @returns what it printed
 * @throws Error with its own words when it fails; it is ended by `signal`
 */
export function runPostgresTool(
  program: string,
  args: string[],
  address: string,
  signal?: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, ...variablesOf(address) },
      stdio: ["ignore", "pipe", "pipe"],
      ...(signal && { signal }),
    });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (chunk) => (output.stdout += chunk));
    child.stderr.on("data", (chunk) => (output.stderr += chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) return resolve(output.stdout);
      reject(new Error(`${path.basename(program)} failed: ${output.stderr.trim() || code}`));
    });
  });
}

/** libpq's variables for an address. The driver's `no-verify` is what libpq calls `require`. */
export function variablesOf(address: string): Record<string, string> {
  const url = new URL(address);
  const { searchParams } = url;
  const sslmode = searchParams.get("sslmode");
  const known: Record<string, string | null> = {
    PGHOST: searchParams.get("host") ?? url.hostname.replace(/^\[|\]$/g, ""),
    PGPORT: url.port || "5432",
    PGDATABASE: decodeURIComponent(url.pathname.slice(1)),
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGSSLMODE: sslmode === "no-verify" ? "require" : sslmode,
    PGSSLROOTCERT: searchParams.get("sslrootcert"),
    PGAPPNAME: "goodword-backup",
  };
  return Object.fromEntries(
    Object.entries(known).filter((entry): entry is [string, string] => !!entry[1]),
  );
}
