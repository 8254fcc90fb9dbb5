import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { createApiKey } from "@/lib/merchants/commands/keys";
import { scopeOfKey } from "@/lib/merchants/rules/api-key";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { noteFault, takeFault } from "@/lib/operations/request-faults";
import { METRIC_LIMIT, within } from "@/lib/reports/limits";
import { inReport } from "@/lib/reports/sql";
import { apiRoute } from "./api-route";

vi.mock("next/headers", async () => (await import("./testing")).fakeHeaders());

/** What slow work waits for; a key that nothing else uses. */
const GATE = 4_242;
const wait = (scope: Scope) =>
  inScope(scope, ({ db }) => db.$queryRaw`SELECT 1 FROM pg_advisory_xact_lock_shared(${GATE})`);
const report = (scope: Scope) => inReport(scope, within(METRIC_LIMIT, 1), (tx) => wait(tx));
const context = { params: Promise.resolve({}) };

let keeper: pg.Client;
let eager: { scope: Scope; key: string };
let other: { scope: Scope; key: string };

beforeAll(async () => {
  keeper = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await keeper.connect();
  [eager, other] = [await openShop(), await openShop()];
});
afterAll(async () => {
  await keeper.end();
  await closeConnections();
});

async function openShop() {
  const { key } = await createApiKey(await createTestMerchant(), { kind: "secret", label: "Shop" });
  return { scope: (await scopeOfKey(key))!, key };
}

/** Lets work that waits at the gate stay there until `during` is done; @returns how it ended */
async function whileSlow(work: Promise<unknown>[], waiting: number, during: () => Promise<void>) {
  const all = Promise.allSettled(work);
  while ((await atTheGate()) < waiting);
  await during();
  // Whoever was in line comes in now, one after the other.
  await keeper.query("SELECT pg_advisory_unlock($1)", [GATE]);
  return all;
}

async function atTheGate(): Promise<number> {
  const { rows } = await keeper.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted",
  );
  return rows[0]!.count;
}

const asked = async (key: string, slow: (scope: Scope) => Promise<unknown>) =>
  apiRoute({ key: "secret" }, async (scope) => void (await slow(scope)))(
    new Request("http://localhost/api/v1/things", { headers: { authorization: `Bearer ${key}` } }),
    context,
  );

it("answers a shop while another one asks for a hundred slow reports", async () => {
  await keeper.query("SELECT pg_advisory_lock($1)", [GATE]);
  const reports = Array.from({ length: 100 }, () => report(eager.scope));
  const ended = await whileSlow(reports, 3, async () => {
    expect(await atTheGate()).toBe(3);
    const read = await inReport(other.scope, within(METRIC_LIMIT, 1), ({ db }) => db.event.count());
    expect(read).toBe(0);
    // Its own pages are answered too; only its reports have to wait.
    expect(await inScope(eager.scope, ({ db }) => db.event.count())).toBe(0);
    const refused = await asked(eager.key, report);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ error: { code: "overloaded" } });
  });
  const refusals = ended.filter(({ status }) => status === "rejected");
  expect(refusals).toHaveLength(100 - 3 - 60);
  for (const { reason } of refusals as PromiseRejectedResult[])
    expect(reason).toMatchObject({ code: "overloaded", status: 503 });
});

it("answers a shop while another one holds its share of connections", async () => {
  await keeper.query("SELECT pg_advisory_lock($1)", [GATE]);
  const pages = Array.from({ length: 200 }, () => wait(eager.scope));
  const ended = await whileSlow(pages, 7, async () => {
    expect(await atTheGate()).toBe(7);
    expect((await asked(other.key, ({ merchantId }) => Promise.resolve(merchantId))).status).toBe(
      200,
    );
    expect(await inScope(other.scope, ({ db }) => db.event.count())).toBe(0);
  });
  expect(ended.every(({ status }) => status === "fulfilled")).toBe(true);
});

it("tells a page that failed over it from a fault of ours", async () => {
  await keeper.query("SELECT pg_advisory_lock($1)", [GATE]);
  const reports = Array.from({ length: 63 }, () => report(eager.scope));
  await whileSlow(reports, 3, async () => {
    const error = await report(eager.scope).catch((reason: unknown) => reason);
    noteFault(error, { headers: { "x-goodword-request": "1" } });
    expect(takeFault("1")).toBe("overloaded");
  });
});
