import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope } from "@/lib/merchants/scope";
import { recordShare } from "@/lib/referrals/commands/record-share";
import { recordView } from "@/lib/referrals/commands/record-view";
import { advocateCredit, story } from "@/lib/worker/testing";

afterAll(closeConnections);

const SQL = ["20261202100000_provenance", "20261202100100_proven_browsers"]
  .map((name) => readFileSync(`prisma/migrations/${name}/migration.sql`, "utf8"))
  .join("\n");
const AS_BEFORE = `
  ALTER TABLE event DROP COLUMN provenance; ALTER TABLE event_outcome DROP COLUMN counts;
  ALTER TABLE customer_visitor DROP COLUMN proven;`;

it("is told by the door through which they came, and what was decided stands", async () => {
  const shop = await story({ rules: [advocateCredit()] });
  const { scope, program } = shop;
  const { merchantId } = scope;
  const mira = await shop.advocate("Mira");
  await shop.send({ type: "lead", visitorId: "v-1", customer: { id: "tom" } });
  await storeEvent(scope, {
    source: "browser",
    body: { type: "demo_booked", customer: { id: "tom" } },
  });
  await storeEvent(scope, { source: "dashboard", body: { type: "call", customer: { id: "tom" } } });
  const { referralId } = await shop.type("Zoe", mira.code, "v-2");
  const ofMira = { programId: program.id, customerId: mira.customerId };
  await recordShare(scope, { ...ofMira, channel: "copy" });
  await recordView(scope, { programId: program.id, customerId: null, visitorId: "v-3" });
  await shop.settle();
  const rewards = await shop.rewards();

  const client = new pg.Client({ connectionString: process.env["DATABASE_URL"]! });
  await client.connect();
  await client.query(`BEGIN; ${AS_BEFORE} ${SQL} COMMIT;`).finally(() => client.end());

  const rows = await inScope(scope, async ({ db }) => ({
    events: await db.event.findMany({
      where: { merchantId },
      select: { type: true, provenance: true },
    }),
    uncounted: await db.eventOutcome.count({ where: { merchantId, counts: false } }),
    browsers: await db.customerVisitor.findMany({
      where: { merchantId },
      orderBy: { visitorId: "asc" },
      select: { visitorId: true, proven: true },
    }),
  }));
  expect(new Map(rows.events.map(({ type, provenance }) => [type, provenance]))).toEqual(
    new Map([
      ["lead", "server"],
      ["demo_booked", "browser"],
      ["call", "staff"],
      ["invite_claim", "browser"],
      ["share", "email"],
      ["program_view", "browser"],
    ]),
  );
  expect(rows.uncounted).toBe(0);
  expect(rows.browsers).toEqual([
    { visitorId: "v-1", proven: true },
    { visitorId: "v-2", proven: false },
  ]);
  // Events go on being stored and processed.
  await shop.answer("Zoe", referralId!);
  await shop.purchase("Zoe", "o-1", "20.00");
  expect(await shop.rewards()).toHaveLength(rewards.length + 1);
});
