import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { upsertCustomer } from "@/lib/customers/commands";
import { doubtedKeys } from "@/lib/customers/queries/keys";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope } from "@/lib/merchants/scope";
import { advocateCredit, story } from "@/lib/worker/testing";

afterAll(closeConnections);

const SQL = readFileSync("prisma/migrations/20261204100000_key_proofs/migration.sql", "utf8");
const AS_BEFORE = `
  ALTER TABLE customer_key DROP CONSTRAINT customer_key_proven_by_whom;
  DROP INDEX customer_key_doubted; DELETE FROM customer_key WHERE kind = 'id';
  ALTER TABLE customer_key DROP COLUMN proven_by, DROP COLUMN proven_at, DROP COLUMN doubted_at;
  UPDATE customer_key SET proven = true;`;

it("takes over who vouched for keys, and finds pairs that only a browser made", async () => {
  const shop = await story({ rules: [advocateCredit()] });
  const { scope } = shop;
  const { merchantId } = scope;
  const { code } = await shop.advocate("Mira");
  await shop.send({ type: "lead", customer: { id: "tom", email: "tom@example.com" } });
  await shop.type("Zoe", code);
  await shop.claim("Uli", code);
  // As browsers once could: a pair that made a record on which somebody bought, and one without.
  for (const name of ["eve", "idle"]) {
    const pair = { id: `${name}-id`, email: `${name}@example.com` };
    const { id: _, ...named } = { ...pair, externalId: pair.id };
    await upsertCustomer(scope, { ...named, seenAt: new Date() });
    await storeEvent(scope, { source: "browser", body: { type: "sign_up", customer: pair } });
  }
  await shop.send({
    type: "purchase",
    customer: { id: "eve-id" },
    order: { id: "o-1", total: "10.00", currency: "USD" },
  });
  await shop.settle();

  const client = new pg.Client({ connectionString: process.env["DATABASE_URL"]! });
  await client.connect();
  await client.query(`BEGIN; ${AS_BEFORE} ${SQL} COMMIT;`).finally(() => client.end());

  const keys = await inScope(scope, ({ db }) =>
    db.customerKey.findMany({ where: { merchantId }, orderBy: [{ value: "asc" }] }),
  );
  const told = keys.map(({ value, provenBy, proven }) => `${value} ${provenBy} ${proven}`);
  expect(told).toEqual([
    "Mira before true",
    "eve-id server true",
    "eve@example.com null false",
    "idle-id null false",
    "idle@example.com null false",
    "mira@example.com before true",
    "tom server true",
    "tom@example.com server true",
    "uli@example.com email true",
    "zoe@example.com null false",
  ]);
  expect((await doubtedKeys(scope)).map(({ said }) => said)).toEqual(["eve-id", "eve@example.com"]);
  // Keys go on being told and proven.
  await shop.send({ type: "lead", customer: { email: "zoe@example.com" } });
  expect(
    await inScope(scope, ({ db }) =>
      db.customerKey.findFirst({ where: { merchantId, value: "zoe@example.com" } }),
    ),
  ).toMatchObject({ proven: true, provenBy: "server" });
});
