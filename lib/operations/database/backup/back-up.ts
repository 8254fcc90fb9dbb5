import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { roleNames } from "@/lib/core/database/address";
import { connectAsOwner } from "../prepare";
import { MANIFEST, type Manifest, readManifest } from "./manifest";
import { findPostgresTools, runPostgresTool } from "./postgres-tools";

/**
 * Writes a backup of a database while it is in use: everything as it stands at one moment. What is
 * half written has another name, and is gone when the backup fails.
 * @param address the owner's connection, past any pooler
 * @param folder where to; must not exist yet
 * @returns what is in it
 * @throws Error in one line; then there is no backup
 */
export async function backUp(
  address: string,
  folder: string,
  signal?: AbortSignal,
): Promise<Manifest> {
  if (existsSync(folder)) throw new Error(`${folder} exists already; a backup replaces nothing.`);
  const partial = `${folder}.partial-${process.pid}`;
  const owner = await connectAsOwner(address);
  try {
    const tools = findPostgresTools(await majorVersion(owner));
    mkdirSync(path.dirname(path.resolve(folder)), { recursive: true });
    // It holds everybody's data: for the eyes of whoever made it.
    mkdirSync(partial, { mode: 0o700 });
    // pg_dump reads what this transaction reads, so the manifest is of the same moment.
    await owner.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const { rows } = await owner.query<{ snapshot: string }>(
      "SELECT pg_export_snapshot() AS snapshot",
    );
    const snapshot = rows[0]!.snapshot;
    const options = ["--format=directory", `--snapshot=${snapshot}`, `--file=${partial}`];
    await runPostgresTool(tools.dump, options, address, signal);
    const manifest = await readManifest(owner, roleNames());
    writeFileSync(path.join(partial, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, {
      flush: true,
    });
    renameSync(partial, folder);
    return manifest;
  } finally {
    rmSync(partial, { recursive: true, force: true });
    await owner.end();
  }
}

/** The server's version, as 18. */
export async function majorVersion(owner: pg.ClientBase): Promise<number> {
  const { rows } = await owner.query<{ major: number }>(
    "SELECT current_setting('server_version_num')::int / 10000 AS major",
  );
  return rows[0]!.major;
}
