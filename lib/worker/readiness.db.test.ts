import { afterAll, describe, expect, inject, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { MINUTE_MS } from "@/lib/core/time";
import { storeEvent } from "@/lib/events/commands/store-event";
import { createTestMerchant } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { waitUntil } from "@/lib/operations/processes/processes";
import { runOnServer } from "@/lib/operations/postgres/temporary-postgres";
import { workerPresence } from "./presence";
import { readiness } from "./readiness";

const url = process.env.DATABASE_URL!;
const READY = { status: "ready", database: "ok", migrations: "ok", worker: "ok" };

afterAll(closeConnections);

describe("a worker", () => {
  it("is missed until one is there, and counts as long as any is", async () => {
    expect(await readiness()).toEqual({
      status: "not ready",
      database: "ok",
      migrations: "ok",
      worker: "none",
      problems: ["No worker is running."],
    });
    const workers = [workerPresence(), workerPresence()];
    for (const worker of workers) await worker.keep();
    await workers[0]!.keep();
    expect(await readiness()).toEqual(READY);
    await workers[0]!.end();
    expect(await readiness()).toEqual(READY);
    await workers[1]!.end();
    expect(await readiness()).toMatchObject({ status: "not ready", worker: "none" });
  });

  it("shows its presence again after the database cut its connection", async () => {
    const worker = workerPresence();
    await worker.keep();
    await runOnServer(
      url,
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory'
       and database = (select oid from pg_database where datname = current_database())`,
    );
    expect(await readiness()).toMatchObject({ worker: "none" });
    const isBack = async () => {
      await worker.keep();
      return (await readiness()).worker === "ok";
    };
    expect(await waitUntil(isBack, { withinMs: 20_000 })).toBe(true);
    await worker.end();
  });
});

describe("late work", () => {
  it("is named with its job and since when, and takes no traffic away", async () => {
    const worker = workerPresence();
    await worker.keep();
    const shop = await createTestMerchant();
    await storeEvent(shop, { source: "api", body: { type: "lead" } });
    expect(await readiness()).toEqual(READY);

    const since = await makeWait(shop, 5 * MINUTE_MS);
    expect(await readiness()).toEqual({
      ...READY,
      worker: "late",
      late: [{ job: "process_events", since }],
      problems: [
        `The job process_events has had work waiting since ${since.toISOString()}. ` +
          "What events lead to is not visible yet.",
      ],
    });

    const email = new Date(Date.now() - 60 * MINUTE_MS);
    await inScope(shop, ({ db }) =>
      db.message.create({
        data: {
          merchantId: shop.merchantId,
          id: "msg_late",
          causeKey: "late",
          template: "friend_joined",
          recipient: "anna@example.com",
          locale: "en",
          subject: "",
          text: "",
          html: "",
          state: "queued",
          createdAt: email,
          nextTryAt: email,
        },
      }),
    );
    expect((await readiness()).late).toEqual([
      { job: "send_emails", since: email },
      { job: "process_events", since },
    ]);
    await inScope(shop, async ({ db }) => {
      await db.message.deleteMany({ where: { merchantId: shop.merchantId } });
      await db.eventInbox.deleteMany({ where: { merchantId: shop.merchantId } });
    });
    expect(await readiness()).toEqual(READY);
    await worker.end();
  });

  async function makeWait(shop: Scope, ms: number): Promise<Date> {
    const nextTryAt = new Date(Date.now() - ms);
    await inScope(shop, ({ db }) =>
      db.eventInbox.updateMany({
        where: { merchantId: shop.merchantId },
        data: { nextTryAt },
      }),
    );
    return nextTryAt;
  }
});

describe("a database", () => {
  it("without migrations, or that does not answer, is said to be so", async () => {
    const databases = {
      [inject("testServerUrl")]: { database: "ok", migrations: "behind" },
      "postgresql://nobody@127.0.0.1:1/nothing": { database: "down", migrations: "unknown" },
    };
    for (const [other, found] of Object.entries(databases)) {
      await closeConnections();
      process.env.DATABASE_URL = other;
      expect(await readiness()).toMatchObject({ status: "not ready", ...found });
    }
    await closeConnections();
    process.env.DATABASE_URL = url;
  });

  it("is asked once, however many ask at the same time", async () => {
    const answers = Array.from({ length: 200 }, () => readiness());
    expect(new Set(answers).size).toBe(1);
    expect(await answers[0]).toMatchObject({ database: "ok" });
    expect(readiness()).not.toBe(answers[0]);
  });
});
