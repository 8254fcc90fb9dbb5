import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { ACCESS_FILE } from "@/lib/core/database/access";
import { roleAddress } from "@/lib/core/database/address";
import { closeConnections, poolFor, prismaFor } from "@/lib/core/db";
import { readiness } from "@/lib/worker/readiness";
import { workerPresence } from "@/lib/worker/presence";
import { inScope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { waitUntil } from "../../processes/processes";
import { runOnServer } from "../../postgres/temporary-postgres";
import { prepareDatabase } from "../prepare";
import { accessText } from "./write-access";

const url = process.env.DATABASE_URL!;
const owner = new pg.Client({ connectionString: url });
const worker = workerPresence();

beforeAll(async () => {
  await owner.connect();
  await worker.keep();
});
afterAll(async () => {
  await worker.end();
  await owner.end();
  await closeConnections();
});

/** On a busy machine one look may take longer than its patience. */
const becomesReady = () =>
  waitUntil(async () => (await readiness()).status === "ready", { withinMs: 120_000 });

test("prisma/access.sql says what the migrations make (else: npm run db:access)", async () => {
  const name = `goodword_access_${process.pid}`;
  const empty = new URL(url);
  empty.pathname = `/${name}`;
  await runOnServer(inject("testServerUrl"), `create database ${name}`);
  try {
    expect(await accessText(empty.href)).toBe(readFileSync(ACCESS_FILE, "utf8"));
  } finally {
    await runOnServer(inject("testServerUrl"), `drop database ${name} with (force)`);
  }
});

describe("a session of the application", () => {
  test.each(["goodword_app", "goodword_gate"] as const)("as %s cannot step up", async (role) => {
    const client = new pg.Client({ connectionString: roleAddress(role) });
    await client.connect();
    const users = "SELECT session_user::text AS session, current_user::text AS now";
    const { rows: names } = await owner.query<{ name: string }>(
      "SELECT rolname::text AS name FROM pg_roles WHERE rolname <> $1",
      [role],
    );
    expect(names.map(({ name }) => name)).toContain(new URL(url).username);
    for (const { name } of names) {
      for (const set of ["SET ROLE", "SET SESSION AUTHORIZATION", "SET LOCAL ROLE"]) {
        const statement = `${set} ${pg.escapeIdentifier(name)}`;
        await expect(client.query(statement), statement).rejects.toMatchObject({ code: "42501" });
      }
      const grant = `GRANT ${pg.escapeIdentifier(name)} TO CURRENT_USER`;
      await expect(client.query(grant), grant).rejects.toThrow(
        /permission denied|must have|cannot have/,
      );
    }
    for (const back of ["RESET ROLE", "SET ROLE NONE", "RESET SESSION AUTHORIZATION"]) {
      await client.query(back);
      expect((await client.query(users)).rows).toEqual([{ session: role, now: role }]);
    }
    for (const statement of [
      "ALTER ROLE CURRENT_USER SUPERUSER",
      "ALTER ROLE CURRENT_USER BYPASSRLS",
      "ALTER TABLE customer DISABLE ROW LEVEL SECURITY",
      "DROP POLICY tenant ON customer",
      "CREATE TABLE public.mine (n int)",
      "CREATE SCHEMA mine",
      "SELECT * FROM pg_authid",
      "COPY customer TO PROGRAM 'cat'",
    ])
      await expect(client.query(statement), statement).rejects.toMatchObject({ code: "42501" });
    await client.query("SET row_security = off");
    await expect(client.query("SELECT count(*) FROM merchant")).rejects.toMatchObject({
      code: "42501",
    });
    await client.end();
  });

  test("keeps what a stranger set in it from deciding the tenant of the next request", async () => {
    const [one, other] = [await createTestMerchant(), await createTestMerchant()];
    await inScope(one, async ({ db }) => {
      await db.$executeRaw`SELECT set_config('app.merchant_id', ${other.merchantId}, true)`;
    });
    const seen = await inScope(one, ({ db }) => db.merchant.findMany({ select: { id: true } }));
    expect(seen).toEqual([{ id: one.merchantId }]);
    expect(await prismaFor("goodword_app").merchant.count()).toBe(0);
  });
});

describe("what a restore or a hand lost", () => {
  beforeEach(async () => {
    expect(await becomesReady()).toBe(true);
  });

  test.each([
    "ALTER TABLE customer DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE customer FORCE ROW LEVEL SECURITY",
    "DROP POLICY tenant ON customer",
    "DROP POLICY gate_look_up ON event",
    "REVOKE INSERT ON event FROM goodword_gate",
    "REVOKE SELECT (state) ON reward FROM goodword_gate",
    "REVOKE USAGE ON SCHEMA public FROM goodword_app",
    "DROP TRIGGER append_only ON event",
    "DROP TRIGGER post ON ledger_transfer",
    "GRANT EXECUTE ON FUNCTION goodword_count_refunds(text[], bigint[]) TO PUBLIC",
  ])("is seen by /api/ready, and made again by db:migrate: %s", async (loss) => {
    await owner.query(loss);
    const { status, database, problems } = await readiness();
    expect({ status, database }).toEqual({ status: "not ready", database: "unfit" });
    expect(problems!.join()).toMatch(/db:migrate/);
    const { applied, mended } = await prepareDatabase(url);
    expect(applied).toEqual([]);
    expect(mended).toHaveLength(1);
    expect((await prepareDatabase(url)).mended).toEqual([]);
  });

  test("all of it at once: what pg_restore leaves on a server without the roles", async () => {
    await owner.query(`DO $$ DECLARE one record; BEGIN
      FOR one IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' LOOP
        EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
      END LOOP;
    END $$`);
    await owner.query("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM goodword_app, goodword_gate");
    expect(await readiness()).toMatchObject({ status: "not ready" });
    expect((await prepareDatabase(url)).mended.length).toBeGreaterThan(150);
    const shop = await createTestMerchant();
    expect(await inScope(shop, ({ db }) => db.merchant.count())).toBe(1);
  });

  test.each([
    ["CREATE POLICY open ON customer TO goodword_app USING (true)", "DROP POLICY open ON customer"],
    ["GRANT SELECT ON app_user TO PUBLIC", "REVOKE SELECT ON app_user FROM PUBLIC"],
    ["GRANT UPDATE ON event TO goodword_app", "REVOKE UPDATE ON event FROM goodword_app"],
    [
      "ALTER TABLE event DISABLE TRIGGER append_only",
      "ALTER TABLE event ENABLE TRIGGER append_only",
    ],
  ])("what nobody should have added is refused in one line: %s", async (added, undo) => {
    await owner.query(added);
    expect((await readiness()).status).toBe("not ready");
    await expect(prepareDatabase(url)).rejects.toThrow(/^The database (allows|lacks)[^\n]*$/);
    await owner.query(undo);
    expect((await prepareDatabase(url)).mended).toEqual([]);
  });
});

test.each([
  ["DateStyle", "German, DMY"],
  ["default_transaction_isolation", "serializable"],
  ["default_transaction_read_only", "on"],
  ["search_path", "pg_catalog"],
])("the setting %s = %s is said by /api/ready and set right by db:migrate", async (name, value) => {
  const database = pg.escapeIdentifier(new URL(url).pathname.slice(1));
  await runOnServer(inject("testServerUrl"), `ALTER DATABASE ${database} SET ${name} = '${value}'`);
  await closeConnections();
  const answer = await readiness();
  expect(answer.status).toBe("not ready");
  // Without its schema not even the table of migrations is found.
  expect(answer.problems!.join()).toContain(name === "search_path" ? "db:migrate" : name);
  expect((await prepareDatabase(url)).mended).toEqual([
    expect.stringMatching(new RegExp(`^ALTER DATABASE .* SET ${name} = `)),
  ]);
  await closeConnections();
  expect(await becomesReady()).toBe(true);
  expect((await poolFor("goodword_gate").query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});
