import { spawn, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { once } from "node:events";
import { answers } from "../postgres/connection";
import { freePort } from "../processes/processes";

/** Whether PgBouncer is installed here. */
export function hasPgBouncer(): boolean {
  return spawnSync("pgbouncer", ["--version"]).status === 0;
}

/**
 * A real PgBouncer in transaction mode in front of a server, with fewer connections than a process
 * opens, so that requests do share them.
 * @param addresses as whom one may sign in, and where to
 * @returns the same addresses, by way of it
 */
export async function startPgBouncer<Role extends string>(
  addresses: Record<Role, string>,
): Promise<{ addresses: Record<Role, string>; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "goodword-pgbouncer-"));
  const port = await freePort();
  const urls = Object.entries<string>(addresses).map(
    ([role, url]) => [role, new URL(url)] as const,
  );
  const server = urls[0]![1];
  const users = path.join(folder, "users.txt");
  const config = path.join(folder, "pgbouncer.ini");
  writeFileSync(
    users,
    urls.map(([, { username, password }]) => `"${username}" "${password}"\n`).join(""),
  );
  writeFileSync(
    config,
    [
      "[databases]",
      `* = host=${server.hostname} port=${server.port}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${port}`,
      "unix_socket_dir =",
      "auth_type = scram-sha-256",
      `auth_file = ${users}`,
      "pool_mode = transaction",
      "default_pool_size = 3",
      "max_client_conn = 200",
      "",
    ].join("\n"),
  );
  // It refuses to run as root.
  const nobody = process.getuid?.() === 0 ? idOf("nobody") : undefined;
  if (nobody !== undefined)
    for (const file of [folder, users, config]) chownSync(file, nobody, nobody);
  const pooler = spawn("pgbouncer", [config], {
    stdio: "ignore",
    ...(nobody !== undefined && { uid: nobody, gid: nobody }),
  });
  const by = urls.map(([role, url]) => {
    const pooled = new URL(url);
    pooled.port = String(port);
    return [role, pooled.href] as const;
  });
  const stop = async () => {
    if (pooler.exitCode === null && pooler.kill("SIGKILL")) await once(pooler, "exit");
    rmSync(folder, { recursive: true, force: true });
  };
  if (!(await answers(by[0]![1], 30_000, () => pooler.exitCode !== null))) {
    await stop();
    throw new Error("PgBouncer does not answer.");
  }
  return { addresses: Object.fromEntries(by) as Record<Role, string>, stop };
}

function idOf(name: string): number {
  return Number(spawnSync("id", ["-u", name], { encoding: "utf8" }).stdout);
}
