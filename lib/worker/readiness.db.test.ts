import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { createTestMerchant } from "@/lib/merchants/testing";
import { storeEvent } from "@/lib/events/store";
import { inScope } from "@/lib/merchants/scope";
import { workerPresence } from "./presence";
import { readiness } from "./readiness";

afterAll(closeConnections);

it("is ready while a worker lives, and says when its work is late", async () => {
  expect(await readiness()).toEqual({
    ready: false,
    database: "ok",
    migrations: "ok",
    worker: "none",
  });
  const workers = [
    workerPresence(process.env.DATABASE_URL!),
    workerPresence(process.env.DATABASE_URL!),
  ];
  for (const worker of workers) await worker.keep();
  await workers[0]!.keep();
  expect(await readiness()).toMatchObject({ ready: true, worker: "ok" });
  await workers[0]!.end();
  expect(await readiness()).toMatchObject({ ready: true, worker: "ok" });

  const shop = await createTestMerchant();
  await storeEvent(shop, { source: "api", body: { type: "lead" } });
  expect(await readiness()).toMatchObject({ worker: "ok" });
  await inScope(shop, (db) =>
    db.eventInbox.updateMany({ data: { nextTryAt: new Date(Date.now() - 300_000) } }),
  );
  expect(await readiness()).toMatchObject({ ready: true, worker: "late" });
  await workers[1]!.end();
  expect(await readiness()).toMatchObject({ ready: false, worker: "none" });
});
