import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type DatabaseRole, roleAddresses } from "@/lib/core/database/address";
import { closeConnections, poolFor, prismaFor } from "@/lib/core/db";
import { click } from "@/lib/events/hot-path/click";
import { ingest } from "@/lib/events/hot-path/ingest";
import { clickRequest, createTestKey, eventsRequest } from "@/lib/events/testing";
import { inScope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { hasPgBouncer, startPgBouncer } from "@/lib/operations/testing/pgbouncer";
import { waitUntil } from "@/lib/operations/processes/processes";
import { readiness } from "./readiness";
import { startWorker } from "./run";
import { story, type Story } from "./testing";

if (!hasPgBouncer())
  console.warn("Skipped: behind PgBouncer. Install it: apt-get install pgbouncer");

describe.skipIf(!hasPgBouncer())("behind PgBouncer in transaction mode", () => {
  let pooler: Awaited<ReturnType<typeof startPgBouncer<DatabaseRole>>>;
  let worker: Awaited<ReturnType<typeof startWorker>>;

  beforeAll(async () => {
    await closeConnections();
    const direct = roleAddresses(process.env.DATABASE_URL!);
    pooler = await startPgBouncer(direct);
    vi.stubEnv("DATABASE_URL", "");
    vi.stubEnv("DATABASE_APP_URL", pooler.addresses.goodword_app);
    vi.stubEnv("DATABASE_GATE_URL", pooler.addresses.goodword_gate);
    vi.stubEnv("DATABASE_SESSION_URL", direct.goodword_gate);
    vi.stubEnv("DATABASE_POOLER", "transaction");
    worker = await startWorker();
  });
  afterAll(async () => {
    await worker.stop();
    await closeConnections();
    vi.unstubAllEnvs();
    await pooler.stop();
  });

  const rewardsOf = ({ scope }: Story) =>
    inScope(scope, ({ db, merchantId }) => db.reward.count({ where: { merchantId } }));

  test("it is PgBouncer that we talk to, and it would refuse what we leave out", async () => {
    const { rows } = await poolFor("goodword_gate").query<{ port: number }>(
      "SELECT inet_server_port() AS port",
    );
    expect(String(rows[0]!.port)).not.toBe(new URL(pooler.addresses.goodword_gate).port);
    vi.stubEnv("DATABASE_POOLER", "");
    await closeConnections();
    await expect(prismaFor("goodword_gate").merchant.count()).rejects.toThrow(/startup parameter/);
    vi.stubEnv("DATABASE_POOLER", "transaction");
    await closeConnections();
  });

  test("clicks, events, the worker and the readiness do their work", async () => {
    const shop = await story();
    const { code } = await shop.advocate("ann");
    expect((await click(clickRequest(code))).status).toBe(302);
    await shop.claim("ben", code);
    const key = await createTestKey(shop.scope);
    const purchase = {
      type: "purchase",
      customer: { email: "ben@example.com" },
      order: { id: "o-1", total: "40.00", currency: "USD" },
    };
    // More often than there are connections, each of which would have to know a named statement.
    for (let turn = 0; turn < 8; turn += 1)
      expect((await ingest(eventsRequest(key, purchase))).status).toBe(200);
    const isRewarded = async () => (await rewardsOf(shop)) === 2;
    expect(await waitUntil(isRewarded, { withinMs: 120_000 })).toBe(true);
    const isReady = async () => (await readiness()).status === "ready";
    expect(await waitUntil(isReady, { withinMs: 120_000 })).toBe(true);
  });

  test("many requests of two shops on few connections never see each other's rows", async () => {
    const shops = [await createTestMerchant(), await createTestMerchant()];
    const seen = await Promise.all(
      Array.from({ length: 120 }, async (_, turn) => {
        const scope = shops[turn % 2]!;
        const rows = await inScope(scope, async ({ db }) => {
          await db.$queryRaw`SELECT pg_sleep(0.001)::text`;
          return db.merchant.findMany({ select: { id: true } });
        });
        return rows.map(({ id }) => id).join() === scope.merchantId;
      }),
    );
    expect(seen.every(Boolean)).toBe(true);
    // What a transaction set has gone with it, on every connection that another may get next.
    const without = await Promise.all(
      Array.from({ length: 40 }, () => prismaFor("goodword_app").merchant.count()),
    );
    expect(new Set(without)).toEqual(new Set([0]));
  });
});
