import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { createTestMerchant } from "@/lib/merchants/testing";
import { keepStatistics } from "./statistics";

const url = process.env["DATABASE_URL"]!;
const client = new pg.Client({ connectionString: url });

let merchantId: string;

beforeAll(async () => {
  ({ merchantId } = await createTestMerchant());
  await client.connect();
  // The server must not come first.
  for (const table of ["customer", "advocate"])
    await client.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
});
afterAll(async () => {
  await closeConnections();
  await client.end();
});

const addCustomers = (from: number, to: number) =>
  client.query(
    `INSERT INTO customer (merchant_id, id, traits, created_at, first_seen_at)
     SELECT '${merchantId}', 'cus_' || n, '{}', now(), now() FROM generate_series($1::int, $2) n`,
    [from, to],
  );

/** What the check of a foreign key to a customer goes through. */
async function planOfCheck(): Promise<string> {
  const { rows } = await client.query<{ "QUERY PLAN": unknown }>(`
    EXPLAIN (GENERIC_PLAN, FORMAT JSON)
    SELECT 1 FROM ONLY customer x WHERE merchant_id = $1 AND id = $2 FOR KEY SHARE OF x`);
  return /"Index Name":"([^"]+)"/.exec(JSON.stringify(rows[0]!["QUERY PLAN"]))?.[1] ?? "none";
}

test("a table that nobody told the planner of is analysed as soon as it has grown", async () => {
  await client.query("DELETE FROM pg_statistic WHERE starelid = 'customer'::regclass");
  expect(await planOfCheck()).not.toBe("customer_pkey");
  expect(await keepStatistics()).toEqual([]);

  await addCustomers(1, 20_000);
  expect(await keepStatistics()).toEqual(["customer"]);
  expect(await planOfCheck()).toBe("customer_pkey");
  expect(await keepStatistics()).toEqual([]);

  await addCustomers(20_001, 40_000);
  expect(await keepStatistics()).toEqual([]);
  await addCustomers(40_001, 100_000);
  expect(await keepStatistics()).toEqual(["customer"]);
});

test("what was analysed while it was empty is analysed again once it has grown", async () => {
  await client.query("VACUUM ANALYZE advocate");
  await client.query(`
    INSERT INTO program (merchant_id, id, slug, name, state, draft, created_at, updated_at)
    VALUES ('${merchantId}', 'prg_one', 'one', 'One', 'live', '{}', now(), now())`);
  await client.query(`
    INSERT INTO advocate (merchant_id, id, program_id, customer_id, joined_at)
    SELECT merchant_id, 'adv_' || id, 'prg_one', id, now() FROM customer LIMIT 10000`);
  expect(await keepStatistics()).toContain("advocate");
});
