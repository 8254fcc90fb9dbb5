import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { closeConnections, Prisma } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { storeEvent } from "@/lib/events/commands/store-event";
import { createTestMerchant } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { waitUntil } from "@/lib/operations/processes/processes";
import type { DueItem } from "./due";
import { JOBS } from "./jobs";
import { itemJob } from "./jobs/job";
import { readiness } from "./readiness";
import { startWorker } from "./run";

afterEach(() => void vi.restoreAllMocks());
afterAll(closeConnections);

const outcomes = (scope: Scope) =>
  inScope(scope, (db) => db.eventOutcome.count({ where: { merchantId: scope.merchantId } }));

describe("the worker", () => {
  it("does what is due, shows its presence, and stops", async () => {
    const shop = await createTestMerchant();
    await storeEvent(shop, { source: "api", body: { type: "lead" } });
    const worker = await startWorker(process.env.DATABASE_URL!);
    expect(await waitUntil(async () => (await outcomes(shop)) === 1, { withinMs: 60_000 })).toBe(
      true,
    );
    expect(await readiness()).toMatchObject({ worker: "ok" });
    await worker.stop();
    expect(await readiness()).toMatchObject({ worker: "none" });
  });
});

describe("the list of jobs", () => {
  it("names each job once, and says of those with a deadline what is due", () => {
    const names = JOBS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(JOBS.filter(({ late, due }) => late && !due)).toEqual([]);
    const nightly = JOBS.filter(({ schedule }) => typeof schedule === "object");
    expect(nightly.map(({ name }) => name)).toEqual([
      "reconcile_ledgers",
      "recount_seasons",
      "set_aside_events",
      "forget_answers",
    ]);
    expect(nightly.filter(({ onTestClock }) => onTestClock)).toEqual([]);
  });
});

describe("a job of items", () => {
  const itemsOf = (scope: Scope, count: number) => Prisma.sql`
    SELECT ${scope.merchantId} AS "merchantId", lpad(n::text, 3, '0') AS id,
      now() - n * interval '1 second' AS "dueAt", (n % 2)::text AS owner
    FROM generate_series(1, ${count}::int) n`;

  it("does each, the longest due of an owner first, and counts what was done", async () => {
    const scope = await createTestMerchant();
    const done: string[] = [];
    const job = itemJob<DueItem & { owner: string }>({
      name: "test",
      due: () => itemsOf(scope, 20),
      late: null,
      ownerOf: ({ owner }) => owner,
      doOne: async (_, { id }) => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
        done.push(id);
        return 2;
      },
    });
    expect(await job.run()).toBe(40);
    const odd = done.filter((id) => Number(id) % 2 === 1);
    expect(odd).toEqual(odd.toSorted().reverse());
  });

  it("logs an item that fails, and lets it stop no other", async () => {
    const scope = await createTestMerchant();
    const logged = vi.spyOn(log, "error").mockImplementation(() => {});
    const failed: string[] = [];
    const job = itemJob({
      name: "test",
      due: () => itemsOf(scope, 10),
      late: null,
      doOne: async (_, { id }) => {
        if (Number(id) % 5 === 0) throw new Error("no");
        return true;
      },
      onFailure: async (_, { id }) => {
        failed.push(id);
        throw new Error("not that either");
      },
    });
    expect(await job.run()).toBe(8);
    expect(failed.sort()).toEqual(["005", "010"]);
    expect(logged).toHaveBeenCalledTimes(4);
    expect(logged.mock.calls[0]![0]).toMatchObject({ job: "test", merchantId: scope.merchantId });
  });
});
