import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections, prismaFor } from "@/lib/core/db";
import { inScope } from "./scope";
import { createTestMerchant } from "./testing";

/** Tables that belong to no merchant. Anything else without a merchant_id is a mistake. */
const NO_TENANT = [
  "_prisma_migrations",
  "app_user",
  "login_token",
  "rate_limit",
  "recovery_code",
  "second_factor",
  "user_message",
  "user_session",
];
/** The tenant itself: its id is the merchant's. */
const TENANT = "merchant";

let owner: Client;
beforeAll(async () => {
  owner = new Client({ connectionString: process.env.DATABASE_URL });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await closeConnections();
});

async function rows<T>(sql: string): Promise<T[]> {
  return (await owner.query(sql)).rows as T[];
}

type Table = { name: string; tenant: boolean; enabled: boolean; forced: boolean; owner: string };

async function tables(): Promise<Table[]> {
  return rows<Table>(`
    SELECT c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
      r.rolname AS owner,
      c.relname = '${TENANT}' OR EXISTS (
        SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'merchant_id'
          AND NOT a.attisdropped
      ) AS tenant
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_roles r ON r.oid = c.relowner
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY 1`);
}

const tenantTables = async () =>
  (await tables()).filter((table) => table.tenant).map((table) => table.name);

describe("every table", () => {
  it("belongs to a merchant, or stands in the short list of those that do not", async () => {
    const without = (await tables()).filter((table) => !table.tenant).map((table) => table.name);
    expect(without).toEqual(NO_TENANT);
    expect((await tenantTables()).length).toBeGreaterThan(25);
  });

  it("of a merchant has merchant_id first in its primary key, and never null", async () => {
    const keys = await rows<{ name: string; first: string; nullable: boolean }>(`
      SELECT c.relname AS name, a.attname AS first, NOT a.attnotnull AS nullable
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
      WHERE k.contype = 'p' AND n.nspname = 'public'`);
    for (const name of await tenantTables()) {
      expect({ name, ...keys.find((key) => key.name === name) }).toEqual({
        name,
        first: name === TENANT ? "id" : "merchant_id",
        nullable: false,
      });
    }
  });

  it("of a merchant refers to another one's rows by merchant_id first, on both sides", async () => {
    const all = await rows<{
      name: string;
      key: string;
      from: string;
      to: string;
      target: string;
    }>(`
      SELECT c.relname AS name, k.conname AS key, a.attname AS from, b.attname AS to,
        t.relname AS target
      FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_class t ON t.oid = k.confrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
      JOIN pg_attribute b ON b.attrelid = t.oid AND b.attnum = k.confkey[1]
      WHERE k.contype = 'f' AND n.nspname = 'public'`);
    const names = await tenantTables();
    const between = all.filter(
      ({ name, target }) => names.includes(name) && names.includes(target),
    );
    expect(between.length).toBeGreaterThan(20);
    for (const key of between) {
      if (key.name === TENANT) {
        // The one link between tenants: a sandbox to the merchant whose test mode it is.
        expect(key).toMatchObject({ key: "merchant_sandbox_of_id_fkey", target: TENANT });
      } else {
        expect(key).toMatchObject({
          from: "merchant_id",
          to: key.target === TENANT ? "id" : "merchant_id",
        });
      }
    }
  });

  it("of a merchant has row-level security, which leaves its owner out", async () => {
    const policies = await rows<{
      tablename: string;
      policyname: string;
      roles: string;
      qual: string;
      cmd: string;
    }>(
      "SELECT tablename, policyname, roles::text, qual, cmd " +
        "FROM pg_policies WHERE schemaname = 'public'",
    );
    for (const { name, enabled, forced } of (await tables()).filter((table) => table.tenant)) {
      expect({ name, enabled, forced }).toEqual({ name, enabled: true, forced: false });
      const own = policies.filter((policy) => policy.tablename === name);
      const column = name === TENANT ? "id" : "merchant_id";
      expect(own.filter((policy) => policy.roles.includes("goodword_app"))).toEqual([
        {
          tablename: name,
          policyname: "tenant",
          roles: "{goodword_app}",
          cmd: "ALL",
          qual: `(${column} = current_setting('app.merchant_id'::text, true))`,
        },
      ]);
      for (const { policyname } of own) {
        expect(["tenant", "gate_look_up", "gate_take_in", "gate_add_up"]).toContain(policyname);
      }
    }
  });
});

describe("the roles of the application", () => {
  it("can bypass nothing, own nothing and become nobody else", async () => {
    const roles = await rows(`
      SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin,
        (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owns,
        (SELECT count(*)::int FROM pg_auth_members WHERE member = r.oid) AS memberships
      FROM pg_roles r WHERE rolname IN ('goodword_app', 'goodword_gate') ORDER BY 1`);
    const none = {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolcanlogin: true,
      owns: 0,
      memberships: 0,
    };
    expect(roles).toEqual([
      { rolname: "goodword_app", ...none },
      { rolname: "goodword_gate", ...none },
    ]);
  });

  it("see nothing without a merchant, and nothing of another one", async () => {
    const one = await createTestMerchant();
    const other = await createTestMerchant();
    for (const name of await tenantTables()) {
      const read = `SELECT count(*)::int AS n FROM "${name}"`;
      expect(await prismaFor("goodword_app").$queryRawUnsafe(read)).toEqual([{ n: 0 }]);
    }
    const seen = await inScope(one, ({ db }) => db.merchant.findMany({ select: { id: true } }));
    expect(seen).toEqual([{ id: one.merchantId }]);
    const foreign = { where: { id: other.merchantId }, data: { name: "Taken over" } };
    expect(await inScope(one, ({ db }) => db.merchant.updateMany(foreign))).toEqual({ count: 0 });
  });

  it("write nothing without a merchant, and nothing for another one", async () => {
    const one = await createTestMerchant();
    const other = await createTestMerchant();
    const asset = (merchantId: string) => ({
      merchantId,
      id: `ast_${merchantId}`,
      kind: "logo",
      contentType: "image/png",
      bytes: new Uint8Array([1]),
      createdAt: new Date(),
    });
    const refused = /row-level security/;
    await expect(
      prismaFor("goodword_app").asset.create({ data: asset(one.merchantId) }),
    ).rejects.toThrow(refused);
    await expect(
      inScope(one, ({ db }) => db.asset.create({ data: asset(other.merchantId) })),
    ).rejects.toThrow(refused);
    await inScope(one, ({ db }) => db.asset.create({ data: asset(one.merchantId) }));
    // Moving one's own row over to another merchant is writing there, too.
    await expect(
      inScope(one, ({ db }) =>
        db.asset.updateMany({
          where: { merchantId: one.merchantId },
          data: { merchantId: other.merchantId },
        }),
      ),
    ).rejects.toThrow(/row-level security/);
  });

  it("refuse every insert without a merchant, on every table", async () => {
    const app = new Client({ connectionString: process.env.DATABASE_URL });
    await app.connect();
    await app.query("SET ROLE goodword_app");
    for (const name of await tenantTables()) {
      const columns = (
        await owner.query(
          "SELECT column_name AS c, data_type AS t FROM information_schema.columns " +
            "WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'",
          [name],
        )
      ).rows as { c: string; t: string }[];
      const values = columns.map(({ t }) =>
        t.startsWith("timestamp") || t === "date"
          ? "now()"
          : t === "jsonb"
            ? "'{}'"
            : t === "boolean"
              ? "false"
              : t === "bytea"
                ? "'\\x01'"
                : t === "uuid"
                  ? "gen_random_uuid()"
                  : t === "ARRAY"
                    ? "'{}'"
                    : t === "text"
                      ? "'x'"
                      : "0",
      );
      const names = columns.map(({ c }) => `"${c}"`).join(", ");
      const insert = `INSERT INTO "${name}" (${names}) VALUES (${values.join(", ")})`;
      // 42501: row-level security or a missing grant; either way it was the role that stopped it. A
      // lot is asked for its account before that, and without a merchant there is none to be seen:
      // 23514.
      await expect(app.query(insert), name).rejects.toMatchObject({
        code: name === "ledger_lot" ? "23514" : "42501",
      });
    }
    await app.end();
  });

  it("leave the gate only what it needs", async () => {
    const grants = await rows<{ grant: string }>(`
      SELECT table_name || ' ' || string_agg(privilege_type, ',' ORDER BY privilege_type) AS grant
      FROM information_schema.role_table_grants WHERE grantee = 'goodword_gate'
        AND privilege_type <> 'SELECT' AND table_schema = 'public'
      GROUP BY table_name ORDER BY 1`);
    const written = grants.map((row) => row.grant.split(" ")[0]);
    for (const name of written)
      expect(["click_left_out", "event", "event_inbox", "visit_due"]).toContain(name);
    const gate = new Client({ connectionString: process.env.DATABASE_URL });
    await gate.connect();
    await gate.query("SET ROLE goodword_gate");
    for (const secret of [
      "body FROM event",
      "visitor_id FROM event",
      "last_error FROM event_inbox",
      "text FROM message",
      "html FROM message",
      "* FROM user_message",
      "* FROM app_user",
      "* FROM login_token",
      "* FROM customer",
      "coupon_code FROM reward",
      "* FROM audit_entry",
    ]) {
      await expect(gate.query(`SELECT ${secret}`), secret).rejects.toThrow(
        /permission denied|does not exist/,
      );
    }
    await gate.end();
  });
});
