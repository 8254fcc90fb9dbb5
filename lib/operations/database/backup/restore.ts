import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type pg from "pg";
import { roleAddresses, roleNames } from "@/lib/core/database/address";
import { proveAccess } from "../access/prove-access";
import { ensureRoles } from "../access/roles";
import { connectAsOwner, prepareDatabase } from "../prepare";
import { majorVersion } from "./back-up";
import {
  MANIFEST,
  type Manifest,
  manifestDifferences,
  manifestSchema,
  readManifest,
} from "./manifest";
import { findPostgresTools, runPostgresTool } from "./postgres-tools";

/**
 * Restores a backup into an empty database: makes the roles first, brings everything back in one
 * transaction, compares it with what the backup says is in it, and applies the migrations that came
 * since.
 * @param address the owner's connection, past any pooler
 * @throws Error in one line; where the backup cannot be read the database is still empty
 */
export async function restore(address: string, folder: string): Promise<Manifest> {
  const wanted = manifestOf(folder);
  refuseNewer(wanted);
  const owner = await connectAsOwner(address);
  try {
    await refuseFilled(owner);
    const tools = findPostgresTools(await majorVersion(owner));
    await ensureRoles(owner, address, roleAddresses(address));
    await bringBack(tools.restore, address, folder);
    await proveAccess(owner, roleNames(), wanted.access);
    const different = manifestDifferences(wanted, await readManifest(owner, roleNames()));
    if (different.length > 0)
      throw new Error(`The restore is not complete: ${different.join("; ")}.`);
    await owner.query("ANALYZE");
  } finally {
    await owner.end();
  }
  await prepareDatabase(address);
  return wanted;
}

function manifestOf(folder: string): Manifest {
  const file = path.join(folder, MANIFEST);
  if (!existsSync(file))
    throw new Error(`${folder} is no backup of npm run db:backup: it has no ${MANIFEST}.`);
  return manifestSchema.parse(JSON.parse(readFileSync(file, "utf8")));
}

function refuseNewer({ migrations }: Manifest): void {
  const known = new Set(readdirSync(path.resolve("prisma", "migrations")));
  const unknown = migrations.find((name) => !known.has(name));
  if (unknown)
    throw new Error(`This backup was made by a newer version of Goodword, which has ${unknown}.`);
}

async function refuseFilled(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ database: string; user: string; tables: number }>(`
    SELECT current_database()::text AS database, current_user::text AS user, (
      SELECT count(*)::int FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
    ) AS tables`);
  const { database, user, tables } = rows[0]!;
  if (tables === 0) return;
  throw new Error(
    `The database ${database} has ${tables} tables already; a backup goes into an empty one: ` +
      `CREATE DATABASE "${database}_restored" OWNER "${user}" ENCODING 'UTF8' TEMPLATE template0`,
  );
}

/**
 * All of the backup but grants and policies: they name the roles of where it was made, and are made
 * here from the manifest.
 */
async function bringBack(program: string, address: string, folder: string): Promise<void> {
  const parts = await runPostgresTool(program, ["--list", folder], address);
  const wanted = parts.split("\n").filter((line) => !/^\d+; \d+ \d+ (ACL|POLICY) /.test(line));
  const place = mkdtempSync(path.join(os.tmpdir(), "goodword-restore-"));
  try {
    const list = path.join(place, "list");
    writeFileSync(list, wanted.join("\n"));
    const { pathname } = new URL(address);
    await runPostgresTool(
      program,
      [
        "--no-owner",
        "--exit-on-error",
        "--single-transaction",
        `--use-list=${list}`,
        `--dbname=${decodeURIComponent(pathname.slice(1))}`,
        folder,
      ],
      address,
    );
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
