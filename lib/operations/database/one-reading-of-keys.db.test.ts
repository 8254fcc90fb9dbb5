import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { upsertCustomer } from "@/lib/customers/commands";
import { inScope } from "@/lib/merchants/scope";
import { story } from "@/lib/worker/testing";

afterAll(closeConnections);

const SQL = readFileSync(
  "prisma/migrations/20261129060000_one_reading_of_keys/migration.sql",
  "utf8",
);

/** What a reward is for was one text then; since, it is a kind and a reference. */
const CAUSES_THEN = `
  ALTER TABLE reward ADD COLUMN cause_key TEXT;
  UPDATE reward SET cause_key = cause_kind || ':' || cause_ref;`;
const CAUSES_NOW = `
  UPDATE reward SET cause_ref = substr(cause_key, strpos(cause_key, ':') + 1);
  ALTER TABLE reward DROP COLUMN cause_key;`;

async function migrate(before = ""): Promise<void> {
  const client = new pg.Client({ connectionString: process.env["DATABASE_URL"]! });
  await client.connect();
  try {
    await client.query(`BEGIN; ${CAUSES_THEN} ${before} ${SQL} ${CAUSES_NOW} COMMIT;`);
  } finally {
    await client.end();
  }
}

it("finds what was stored under keys of the rule before, and grants nothing again", async () => {
  const shop = await story();
  const { scope } = shop;
  const mira = await shop.advocate("Mira");
  await shop.claim("ben", mira.code);
  await shop.purchase("ben", "o-1", "50.00");
  const rewards = await shop.rewards();
  await inScope(scope, async ({ db }) => {
    const at = new Date();
    const person = { merchantId: scope.merchantId, traits: {}, createdAt: at, firstSeenAt: at };
    await db.customer.createMany({
      data: [
        { ...person, id: "cus_a", externalId: "\u200bana\ufeff" },
        { ...person, id: "cus_b", email: "a\u200bna@example.com" },
        { ...person, id: "cus_c", externalId: "\u200bMira" },
      ],
    });
  });
  // As an order was stored whose id a database had padded.
  const padded = `'o-1   '`;
  await migrate(`
    ALTER TABLE shop_order DISABLE TRIGGER USER; ALTER TABLE refund DISABLE TRIGGER USER;
    ALTER TABLE reward DISABLE TRIGGER USER;
    UPDATE reward SET order_id = ${padded},
      cause_key = replace(cause_key, 'order:o-1', 'order:o-1   ')
      WHERE merchant_id = '${scope.merchantId}' AND order_id = 'o-1';
    UPDATE shop_order SET id = ${padded}
      WHERE merchant_id = '${scope.merchantId}' AND id = 'o-1';`);

  const seenAt = new Date();
  const known = async (who: { externalId?: string; email?: string }) =>
    (await upsertCustomer(scope, { ...who, seenAt })).customer.id;
  expect(await known({ externalId: "ana" })).toBe("cus_a");
  expect(await known({ email: "ana@example.com" })).toBe("cus_b");
  // Mira's id was taken, so she stays who she is.
  expect(await known({ externalId: "Mira" })).toBe(mira.customerId);

  await shop.purchase("ben", "o-1", "50.00");
  expect(await shop.rewards()).toEqual(rewards);
  await shop.refund("o-1");
  expect((await shop.rewards()).find(({ side }) => side === "advocate")?.state).toBe("reversed");
});
