import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm";
import { systemNow } from "@/lib/core/time";
import { tellPlanner } from "./planner-statistics";
import { withSchemaEngine } from "./schema-engine";

/** The folder that holds `schema/` and `migrations/`; another one only in tests. */
const defaultFolder = path.resolve("prisma");

const noFilter = { externalTables: [], externalEnums: [] };

/**
 * Brings a database up to the last migration, and tells the planner of what is still empty. Safe to
 * call from several processes at once.
 * @param url the owner's connection
 * @returns the names of the migrations that were applied now
 * @throws Error with the migration's line that failed; then the database is as it was before
 */
export async function applyMigrations(url: string, folder = defaultFolder): Promise<string[]> {
  const schema = readSchema(folder);
  const migrationsList = readMigrations(folder);
  return withSchemaEngine(url, schema, async (engine, client) => {
    const history = await engine.diagnoseMigrationHistory({
      migrationsList,
      optInToShadowDatabase: false,
      filters: noFilter,
    });
    if (history.editedMigrationNames.length > 0) {
      throw new Error(
        `Applied migrations were edited afterwards: ${history.editedMigrationNames.join(", ")}.`,
      );
    }
    const applied = await engine.applyMigrations({ migrationsList, filters: noFilter });
    await tellPlanner(client);
    return applied.appliedMigrationNames;
  });
}

/**
 * What the migrations lack to make the schema files' tables, as SQL; empty when both agree.
 * @param url a server on which a database may be made for the comparison
 */
export async function schemaDrift(url: string, folder = defaultFolder): Promise<string> {
  const schema = readSchema(folder);
  return withSchemaEngine(url, schema, (engine) =>
    diffSchema(engine, readMigrations(folder), schema),
  );
}

/**
 * Writes the next migration: the SQL that leads from the migrations so far to the schema files.
 * @param name what it does, as "add_coupons". With 14 digits in front ("20261121000000_init") it
 * takes that place in the order, and only the migrations before it count as there.
 * @returns the path of the new file, or null when there is nothing to do
 */
export async function writeMigration(
  url: string,
  name: string,
  folder = defaultFolder,
): Promise<string | null> {
  const words = name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  if (!words) throw new Error("A migration needs a name: npm run db:migration -- add_coupons");
  const now = systemNow().toISOString().replaceAll(/\D/g, "").slice(0, 14);
  const title = /^\d{14}_/.test(words) ? words : `${now}_${words}`;
  const schema = readSchema(folder);
  const all = readMigrations(folder);
  const before = {
    ...all,
    migrationDirectories: all.migrationDirectories.filter((one) => one.path < title),
  };
  const sql = await withSchemaEngine(url, schema, (engine) => diffSchema(engine, before, schema));
  if (!sql) return null;
  const file = path.join(folder, "migrations", title, "migration.sql");
  if (existsSync(file)) throw new Error(`${file} exists already.`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, sql);
  return file;
}

async function diffSchema(
  engine: SchemaEngine,
  from: MigrationList,
  files: SchemaFile[],
): Promise<string> {
  const { exitCode, stdout } = await engine.diff({
    from: { tag: "migrations", ...from },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: true,
    filters: noFilter,
  });
  return exitCode === 2 ? (stdout ?? "") : "";
}

type SchemaFile = { path: string; content: string };

function readSchema(folder: string): SchemaFile[] {
  const schemaFolder = path.join(folder, "schema");
  return readdirSync(schemaFolder)
    .filter((name) => name.endsWith(".prisma"))
    .sort()
    .map((name) => path.join(schemaFolder, name))
    .map((file) => ({ path: file, content: readFileSync(file, "utf8") }));
}

function readMigrations(folder: string): MigrationList {
  const baseDir = path.join(folder, "migrations");
  const names = existsSync(baseDir)
    ? readdirSync(baseDir, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
    : [];
  return {
    baseDir,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: names.sort().map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok",
          value: readFileSync(path.join(baseDir, name, "migration.sql"), "utf8"),
        },
      },
    })),
  };
}
