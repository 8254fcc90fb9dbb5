import pg from "pg";
import { afterAll, beforeEach, expect, inject, test } from "vitest";
import { tellPlanner } from "./planner-statistics";
import { applyMigrations } from "./migrate";
import { runOnServer } from "../postgres/temporary-postgres";

const serverUrl = inject("testServerUrl");
const database = `goodword_planner_${process.pid}`;
const url = new URL(serverUrl);
url.pathname = `/${database}`;
let client: pg.Client | undefined;

beforeEach(async () => {
  await client?.end();
  await runOnServer(serverUrl, `drop database if exists ${database} with (force)`);
  await runOnServer(serverUrl, `create database ${database}`);
  await applyMigrations(url.href);
  client = new pg.Client({ connectionString: url.href });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await runOnServer(serverUrl, `drop database if exists ${database} with (force)`);
});

async function ask<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]> {
  return (await client!.query<Row>(sql)).rows;
}

/** Every foreign key, the index that stands behind it, and what its check asks. */
const FOREIGN_KEYS = `
  SELECT conname AS name, confrelid::regclass::text AS table, conindid::regclass::text AS key,
    (SELECT string_agg(format('%I = $%s', a.attname, o), ' AND ' ORDER BY o)
      FROM unnest(confkey) WITH ORDINALITY k(n, o)
      JOIN pg_attribute a ON a.attrelid = confrelid AND a.attnum = n) AS condition
  FROM pg_constraint WHERE contype = 'f' ORDER BY 1`;

/** Every index that tells rows apart, and the question for one of them. */
const KEYS = `
  SELECT indexrelid::regclass::text AS name, indrelid::regclass::text AS table,
    indexrelid::regclass::text AS key,
    (SELECT string_agg(format('%I = $%s', a.attname, o), ' AND ' ORDER BY o)
      FROM unnest(indkey::int[]) WITH ORDINALITY k(n, o)
      JOIN pg_attribute a ON a.attrelid = indrelid AND a.attnum = n) AS condition
  FROM pg_index JOIN pg_class c ON c.oid = indrelid
  WHERE indisunique AND indpred IS NULL AND indexprs IS NULL
    AND c.relnamespace = current_schema()::regnamespace
  ORDER BY 1`;

/**
 * Indexes that lead to the row of a key as well as its own: by the same columns, or over the few
 * rows that one customer, one advocate, one lot or one transaction has there.
 */
const AS_GOOD: Record<string, string> = {
  share_code_pkey: "share_code_code_key",
  customer_merchant_id_email_key: "customer_email_begins",
  customer_key_pkey: "customer_key_merchant_id_customer_id_idx",
  customer_visitor_pkey: "customer_visitor_merchant_id_customer_id_idx",
  lot_move_pkey: "lot_move_merchant_id_lot_id_idx",
  reward_refusal_pkey: "reward_refusal_merchant_id_customer_id_idx",
  loyalty_due_pkey: "loyalty_due_merchant_id_noted_in_idx",
  season_score_pkey: "season_score_merchant_id_advocate_id_idx",
  season_winner_pkey: "season_winner_merchant_id_advocate_id_idx",
};

type Question = { name: string; table: string; key: string; condition: string };

/** The foreign keys whose check is planned through anything but the key they refer to. */
function astray(): Promise<string[]> {
  return misled(
    FOREIGN_KEYS,
    ({ table, condition }) => `SELECT 1 FROM ONLY ${table} x WHERE ${condition} FOR KEY SHARE OF x`,
  );
}

async function misled(of: string, sql: (question: Question) => string): Promise<string[]> {
  const found: string[] = [];
  const questions = await ask<Question>(of);
  expect(questions.length).toBeGreaterThan(60);
  for (const question of questions) {
    const [row] = await ask<{ "QUERY PLAN": unknown }>(
      `EXPLAIN (GENERIC_PLAN, FORMAT JSON) ${sql(question)}`,
    );
    const plan = JSON.stringify(row!["QUERY PLAN"]);
    const used = /"Index Name":"([^"]+)"/.exec(plan)?.[1] ?? "no index";
    const key = question.key.replaceAll('"', "");
    if (used !== key && used !== AS_GOOD[key]) found.push(`${question.name}: ${used}`);
  }
  return found;
}

/** As on a server of before that lets nobody tell its planner anything. */
async function forget(): Promise<void> {
  await ask("DELETE FROM pg_statistic WHERE starelid >= 16384");
}

test("on a fresh database every foreign key is checked through the key it refers to", async () => {
  expect(await astray()).toEqual([]);
  await forget();
  expect((await astray()).length).toBeGreaterThan(30);
});

test("on a fresh database one row is found through its key", async () => {
  const one = ({ table, condition }: Question) => `SELECT * FROM ${table} WHERE ${condition}`;
  expect(await misled(KEYS, one)).toEqual([]);
  await forget();
  expect((await misled(KEYS, one)).length).toBeGreaterThan(20);
});

test("an older server is told by its superuser, twice as well as once", async () => {
  await forget();
  expect(await tellPlanner(client!, "write")).toContain("event");
  expect(await astray()).toEqual([]);
  expect(await tellPlanner(client!, "write")).toEqual([]);
  await forget();
  expect(await tellPlanner(client!, null)).toEqual([]);
});

test("a database that was vacuumed while it was empty is told again", async () => {
  await ask("VACUUM");
  expect((await astray()).length).toBeGreaterThan(60);
  await applyMigrations(url.href);
  expect(await astray()).toEqual([]);
});

test("what was measured stays", async () => {
  await ask(`
    INSERT INTO merchant (id, slug, name, currency, currency_scale, time_zone, created_at)
    SELECT 'mer_' || n, 'shop-' || n, 'Shop', 'USD', 2, 'UTC', now() FROM generate_series(1, 3) n`);
  await ask(`
    INSERT INTO customer (merchant_id, id, traits, created_at, first_seen_at)
    SELECT 'mer_' || n % 3 + 1, 'cus_' || n, '{}', now(), now() FROM generate_series(1, 300) n`);
  await ask("ANALYZE customer");
  for (const way of ["restore", "write"] as const)
    expect(await tellPlanner(client!, way)).not.toContain("customer");
  expect(
    await ask(`SELECT n_distinct AS merchants, reltuples AS customers
      FROM pg_stats JOIN pg_class ON relname = tablename
      WHERE tablename = 'customer' AND attname = 'merchant_id'`),
  ).toEqual([{ merchants: 3, customers: 300 }]);
});
