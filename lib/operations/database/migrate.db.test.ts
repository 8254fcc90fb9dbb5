import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { applyMigrations, schemaDrift, writeMigration } from "./migrate";
import { runOnServer } from "../postgres/temporary-postgres";

const folder = mkdtempSync(path.join(os.tmpdir(), "goodword-schema-"));
const database = `goodword_migrate_${process.pid}`;
const url = new URL(inject("testServerUrl"));
url.pathname = `/${database}`;

const writeSchema = (fields: string) => {
  const model = `model Shop {\n  id Int @id\n  ${fields}\n}\n`;
  writeFileSync(
    path.join(folder, "schema", "main.prisma"),
    `datasource db {\n  provider = "postgresql"\n}\n${model}`,
  );
};
const writeSql = (name: string, sql: string) => {
  mkdirSync(path.join(folder, "migrations", name), { recursive: true });
  writeFileSync(path.join(folder, "migrations", name, "migration.sql"), sql);
};
const ask = async (sql: string) => {
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  return client.query(sql).finally(() => client.end());
};

beforeAll(async () => {
  mkdirSync(path.join(folder, "schema"));
  await runOnServer(inject("testServerUrl"), `create database ${database}`);
});
afterAll(async () => {
  await runOnServer(inject("testServerUrl"), `drop database ${database} with (force)`);
  rmSync(folder, { recursive: true });
});

test("the migrations of this repository make the tables that its schema describes", async () => {
  expect(await schemaDrift(inject("testServerUrl"))).toBe("");
});

test("a migration holds what the schema adds, and is applied once by many at once", async () => {
  writeSchema("name String");
  expect(await writeMigration(url.href, "20260101000000_first", folder)).toMatch(
    /20260101000000_first/,
  );
  // A function body has semicolons of its own, which must not split the script.
  writeSql(
    "20260102000000_second",
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;",
  );
  const applied = await Promise.all([1, 2, 3].map(() => applyMigrations(url.href, folder)));
  expect(applied.flat().sort()).toEqual(["20260101000000_first", "20260102000000_second"]);
  expect((await ask(`select f() from (select count(*) from "Shop") s`)).rows).toEqual([{ f: 1 }]);
  expect(await schemaDrift(url.href, folder)).toBe("");
  expect(await writeMigration(url.href, "nothing", folder)).toBeNull();

  writeSchema("name String\n  city String?");
  expect(await schemaDrift(url.href, folder)).toContain(`ADD COLUMN     "city" TEXT`);
});

test("a migration that fails changes nothing, names its line, and can be corrected", async () => {
  writeSql("20260103000000_third", "create table a (x int);\n\ncreate table b (y nonsense);");
  await expect(applyMigrations(url.href, folder)).rejects.toThrow(/nonsense.*line 3/s);
  expect((await ask("select to_regclass('a') as a")).rows).toEqual([{ a: null }]);
  writeSql("20260103000000_third", "create table a (x int);");
  expect(await applyMigrations(url.href, folder)).toEqual(["20260103000000_third"]);
});

test("a migration that was applied must not be edited", async () => {
  writeSql("20260103000000_third", "create table a (x bigint);");
  await expect(applyMigrations(url.href, folder)).rejects.toThrow(
    /edited afterwards: 20260103000000_third/,
  );
});
