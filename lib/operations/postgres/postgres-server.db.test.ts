import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { roleAddresses } from "@/lib/core/database/address";
import { prepareDatabase } from "../database/prepare";
import { startPostgres } from "./postgres-server";
import { isAlive, waitUntil } from "../processes/processes";

const dataDir = mkdtempSync(path.join(os.tmpdir(), "goodword-postgres-"));
const lockFile = path.join(dataDir, "postgres", "postmaster.pid");
const serverPid = () => Number(readFileSync(lockFile, "utf8").split("\n")[0]);
const ask = async (url: string, sql: string) => {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  return client.query(sql).finally(() => client.end().catch(() => {}));
};

afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

test("data outlive a stop, a kill -9, and a lock file that names a stranger", async () => {
  // What a process that died while it made the cluster leaves behind.
  mkdirSync(path.join(dataDir, "postgres.new-2147483646", "data"), { recursive: true });
  let server = await startPostgres({ dataDir });
  await ask(server.url, "create table kept (n int)");
  await ask(server.url, "insert into kept values (1)");
  const settings = await ask(
    server.url,
    "select current_setting('server_encoding') e, current_setting('timezone') t",
  );
  expect(settings.rows).toEqual([{ e: "UTF8", t: "UTC" }]);
  await server.stop();

  server = await startPostgres({ dataDir });
  await ask(server.url, "insert into kept values (2)");
  process.kill(serverPid(), "SIGKILL");

  server = await startPostgres({ dataDir });
  const lock = readFileSync(lockFile, "utf8");
  const pid = serverPid();
  process.kill(pid, "SIGKILL");
  await waitUntil(() => !isAlive(pid), { withinMs: 5_000 });
  writeFileSync(lockFile, lock.replace(String(pid), String(process.ppid)));

  server = await startPostgres({ dataDir });
  expect((await ask(server.url, "select n from kept order by n")).rows).toEqual([
    { n: 1 },
    { n: 2 },
  ]);
  const last = serverPid();
  await server.stop();
  expect(isAlive(last)).toBe(false);
});

test("a server that is up already is shared", async () => {
  const first = await startPostgres({ dataDir });
  const second = await startPostgres({ dataDir });
  expect(second.url).toBe(first.url);
  await first.stop();
});

test("its database belongs to a plain owner, for which migrating is enough", async () => {
  const server = await startPostgres({ dataDir });
  const { rows } = await ask(
    server.url,
    `SELECT rolsuper, rolbypassrls, rolreplication, pg_get_userbyid(datdba) = current_user AS own
     FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`,
  );
  expect(rows).toEqual([
    { rolsuper: false, rolbypassrls: false, rolreplication: false, own: true },
  ]);
  await ask(server.url, "drop table kept");
  await prepareDatabase(server.url);
  expect(await prepareDatabase(server.url)).toEqual({ applied: [], mended: [] });
  await server.stop();
});

test("a data folder from before there was that owner is given to it, and works", async () => {
  const server = await startPostgres({ dataDir });
  // As it was: everything is the superuser's, from whose password those of the roles followed.
  await ask(server.adminUrl, "drop database goodword");
  for (const role of ["goodword_app", "goodword_gate", "goodword_owner"])
    await ask(server.adminUrl, `drop role ${role}`);
  await ask(server.adminUrl, "create database goodword");
  const before = new URL(server.adminUrl);
  before.pathname = "/goodword";
  await prepareDatabase(before.href);
  await ask(
    before.href,
    "insert into app_user (id, email, name, created_at) " +
      "values ('u', 'a@example.com', 'Ana', now())",
  );
  await server.stop();

  const after = await startPostgres({ dataDir });
  const strangers = await ask(
    after.url,
    `SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('public', 'graphile_worker') AND c.relowner = 10
     UNION ALL SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
     WHERE n.nspname IN ('public', 'graphile_worker') AND p.proowner = 10`,
  );
  expect(strangers.rows).toEqual([]);
  expect(await prepareDatabase(after.url)).toEqual({ applied: [], mended: [] });
  for (const address of Object.values(roleAddresses(after.url)))
    expect((await ask(address, "select current_user::text as who")).rows).toHaveLength(1);
  expect((await ask(after.url, "select name from app_user")).rows).toEqual([{ name: "Ana" }]);
  // A migration of its tables and functions is the owner's to make.
  await ask(after.url, "alter table app_user add column later text");
  await ask(after.url, "drop function goodword_password_hash(text)");
  await after.stop();
});
