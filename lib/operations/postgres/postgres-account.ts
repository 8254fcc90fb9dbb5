import { execFileSync, spawnSync } from "node:child_process";
import { chownSync, existsSync, statSync } from "node:fs";

/**
 * PostgreSQL refuses to run as root. This says as whom its programs run and how to start them:
 * `command` wraps a program and its arguments, `own` gives a file or folder to that account.
 */
export type PostgresAccount = {
  uid?: number;
  gid?: number;
  command: (program: string, args: string[]) => [string, string[]];
  own: (path: string) => void;
};

const ourselves: PostgresAccount = { command: (program, args) => [program, args], own: () => {} };

/**
 * The account for a cluster at `clusterDir`: ourselves, unless we are root. Root borrows the
 * account that already owns the cluster, else `postgres`, else `nobody`; no account is created.
 * Where that account could not even reach the files (a checkout below /root, say) it is allowed to
 * pass by one capability, through `setpriv` on Linux.
 * @throws Error in one line when root has no such way
 */
export function postgresAccount(
  postgresProgram: string,
  dataDir: string,
  clusterDir: string,
): PostgresAccount {
  if (process.getuid?.() !== 0) return ourselves;
  const account = ownerOf(clusterDir) ?? idsOf("postgres") ?? idsOf("nobody");
  if (!account)
    throw new Error(
      "PostgreSQL must not run as root, and there is no account `postgres` or `nobody`.",
    );

  const own = (path: string) => chownSync(path, account.uid, account.gid);
  const reachesFiles =
    spawnSync(postgresProgram, ["--version"], { ...account, cwd: "/" }).status === 0 &&
    spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", dataDir], { ...account, cwd: "/" }).status === 0;
  if (reachesFiles) return { ...account, command: (program, args) => [program, args], own };

  const prefix = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    "--clear-groups",
    "--inh-caps=+dac_override",
    "--ambient-caps=+dac_override",
    // Or access(2), with which the programs look for each other, would forget that capability.
    "--securebits=+no_setuid_fixup",
    "--",
  ];
  if (spawnSync("setpriv", [...prefix, postgresProgram, "--version"], { cwd: "/" }).status !== 0) {
    throw new Error(
      `PostgreSQL must not run as root, and the account that it borrows cannot read ${dataDir}. ` +
        "Move the checkout to a folder that every user may enter, or start as an ordinary user.",
    );
  }
  return { command: (program, args) => ["setpriv", [...prefix, program, ...args]], own };
}

function ownerOf(path: string): { uid: number; gid: number } | null {
  if (!existsSync(path)) return null;
  const { uid, gid } = statSync(path);
  return uid === 0 ? null : { uid, gid };
}

function idsOf(name: string): { uid: number; gid: number } | null {
  try {
    const id = (flag: string) =>
      Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: "pipe" }));
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return null;
  }
}
