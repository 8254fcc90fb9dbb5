import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { closeConnections, Prisma } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { storeEvent } from "@/lib/events/commands/store-event";
import { createTestMerchant } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { waitUntil } from "@/lib/operations/processes/processes";
import { type DueItem, MOST_OF_ONE } from "./due";
import { JOBS } from "./jobs";
import { groupJob } from "./job-kinds/group-job";
import { itemJob } from "./job-kinds/job";
import { readiness } from "./readiness";
import { startWorker } from "./run";

afterEach(() => void vi.restoreAllMocks());
afterAll(closeConnections);

const outcomes = (scope: Scope) =>
  inScope(scope, ({ db }) => db.eventOutcome.count({ where: { merchantId: scope.merchantId } }));

describe("the worker", () => {
  it("does what is due, shows its presence, and stops", async () => {
    const shop = await createTestMerchant();
    await storeEvent(shop, { source: "api", body: { type: "lead" } });
    const worker = await startWorker();
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
      "forget_payout_requests",
      "forget_networks",
    ]);
    expect(nightly.filter(({ onTestClock }) => onTestClock)).toEqual([]);
  });
});

describe("a job of items", () => {
  const itemsOf = (scope: Scope, count: number) => Prisma.sql`
    SELECT ${scope.merchantId} AS "merchantId", lpad(n::text, 3, '0') AS id,
      now() - n * interval '1 second' AS "dueAt", (n % 2)::text AS owner
    FROM generate_series(1, ${count}::int) n`;

  it("does each, the longest due first, and counts what was done", async () => {
    const scope = await createTestMerchant();
    const begun: string[] = [];
    const job = itemJob({
      name: "test",
      due: () => itemsOf(scope, 20),
      late: null,
      doOne: async (_, { id }) => {
        begun.push(id);
        return 2;
      },
    });
    expect(await job.run()).toBe(40);
    expect(begun).toEqual(begun.toSorted().reverse());
  });

  it("takes merchants in turn, the longest waiting first, each up to its share", async () => {
    const [late, later] = [await createTestMerchant(), await createTestMerchant()];
    const flood = await createTestMerchant();
    const begun: string[] = [];
    const job = itemJob({
      name: "test",
      due: () => Prisma.sql`
        SELECT ${flood.merchantId} AS "merchantId", 'flood' || n AS id,
          now() - n * interval '1 second' AS "dueAt" FROM generate_series(1, 2000) n
        UNION ALL SELECT ${late.merchantId}, 'late' || n, now() - n * interval '1 day'
        FROM generate_series(1, 2) n
        UNION ALL SELECT ${later.merchantId}, 'later', now()`,
      late: null,
      doOne: async (_, { id }) => begun.push(id) > 0,
    });
    expect(await job.run()).toBe(MOST_OF_ONE + 3);
    expect(begun.slice(0, 5)).toEqual(["late2", "flood2000", "later", "late1", "flood1999"]);
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

describe("a job of groups", () => {
  const itemsOf = (scopes: readonly Scope[], count: number) => Prisma.sql`
    SELECT m AS "merchantId", lpad(n::text, 3, '0') AS id,
      now() - n * interval '1 second' AS "dueAt", (n % 7)::text AS owner
    FROM unnest(${scopes.map(({ merchantId }) => merchantId)}::text[]) m,
      generate_series(1, ${count}::int) n`;
  type Owned = DueItem & { owner: string };

  it("keeps an owner's items apart and in order, and does alone what is left", async () => {
    const scopes = [await createTestMerchant(), await createTestMerchant()];
    const groups: string[][] = [];
    const alone: string[] = [];
    const done = new Map<string, string[]>();
    const note = ({ merchantId, owner, id }: Owned) => {
      const key = `${merchantId} ${owner}`;
      done.set(key, [...(done.get(key) ?? []), id]);
    };
    const job = groupJob<Owned>({
      name: "test",
      due: () => itemsOf(scopes, 30),
      late: null,
      ownerOf: ({ owner }) => owner,
      most: 5,
      doGroup: async (_, items) => {
        groups.push(items.map(({ owner }) => owner));
        const left = items.filter(({ id }) => id.endsWith("3"));
        items.filter((item) => !left.includes(item)).forEach(note);
        return left;
      },
      doOne: async (_, item) => {
        alone.push(item.id);
        note(item);
        return true;
      },
    });
    expect(await job.run()).toBe(60);
    for (const owners of groups) {
      expect(owners.length).toBeLessThanOrEqual(5);
      expect(new Set(owners).size).toBe(owners.length);
    }
    expect(new Set(alone.filter((id) => id.endsWith("3"))).size).toBe(3);
    expect([...done.values()].flat()).toHaveLength(60);
    for (const ids of done.values()) expect(ids).toEqual(ids.toSorted().reverse());
  });

  it("does one by one what a failing group held, and one failure stops no other", async () => {
    const scope = await createTestMerchant();
    const logged = vi.spyOn(log, "error").mockImplementation(() => {});
    const failed: string[] = [];
    const job = groupJob<Owned>({
      name: "test",
      due: () => itemsOf([scope], 14),
      late: null,
      ownerOf: ({ owner }) => owner,
      most: 5,
      doGroup: async () => {
        throw new Error("one of them cannot be done");
      },
      doOne: async (_, { id }) => {
        if (id === "006") throw new Error("no");
        return true;
      },
      onFailure: async (_, { id }) => void failed.push(id),
    });
    expect(await job.run()).toBe(13);
    expect(failed).toEqual(["006"]);
    logged.mockRestore();
  });
});
