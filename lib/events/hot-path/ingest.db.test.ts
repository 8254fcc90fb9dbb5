import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { poolFor } from "@/lib/core/db";
import { HOUR_MS, systemNow } from "@/lib/core/time";
import { keyIdOf } from "@/lib/merchants/rules/api-key";
import { createTestMerchant, testSandbox } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { recordEvent } from "../commands/record-event";
import type { HotResponse } from "./http";
import { ingest } from "./ingest";
import type { IngestAnswer } from "../schema";
import { storeEvent } from "../commands/store-event";
import { createTestKey, eventsRequest } from "../testing";

let shop: Scope;
let key: string;

beforeAll(async () => {
  shop = await createTestMerchant();
  key = await createTestKey(shop);
});

const lead = (id: string, name = "Ann") => ({ id, type: "lead", customer: { id: "c1", name } });
const purchase = (orderId: string, id?: string) => ({
  id,
  type: "purchase",
  customer: { id: "c1" },
  order: { id: orderId, total: "49.90", currency: "USD" },
});

async function send(
  body: unknown,
  { with: withKey = key, headers = {} } = {},
): Promise<HotResponse> {
  return ingest(eventsRequest(withKey, body, headers));
}

async function answerTo(body: unknown, withKey = key): Promise<IngestAnswer> {
  const answer = await send(body, { with: withKey });
  expect(answer.status, answer.body).toBe(200);
  return JSON.parse(answer.body) as IngestAnswer;
}

/** How many events and inbox rows a merchant has whose key begins so. */
async function kept(scope: Scope, begin: string): Promise<{ events: number; inbox: number }> {
  return inScope(scope, async ({ db, merchantId }) => ({
    events: await db.event.count({ where: { merchantId, dedupeKey: { startsWith: begin } } }),
    inbox: await db.eventInbox.count({
      where: { merchantId, event: { dedupeKey: { startsWith: begin } } },
    }),
  }));
}

describe("taking events in", () => {
  it("keeps one event with its place in the inbox before it answers", async () => {
    expect(await answerTo(lead("one"))).toEqual({
      accepted: 1,
      duplicates: 0,
      rejected: [],
      warnings: [],
    });
    const row = await inScope(shop, ({ db, merchantId }) =>
      db.event.findUniqueOrThrow({
        where: { merchantId_dedupeKey: { merchantId, dedupeKey: "id:one" } },
        include: { inbox: true },
      }),
    );
    expect(row).toMatchObject({
      type: "lead",
      source: "api",
      body: { id: "one", type: "lead", customer: { id: "c1", name: "Ann" } },
      inbox: { attempts: 0, lastError: null },
    });
    expect(row.occurredAt).toEqual(row.recordedAt);
  });

  it("tells duplicates from conflicts, in the table and within a batch", async () => {
    await answerTo(purchase("d1"));
    const answer = await answerTo({
      events: [
        purchase("d1"),
        lead("d2"),
        lead("d2"),
        lead("d2", "Bob"),
        { type: "nonsense!" },
        { ...purchase("d1"), order: { id: "d1", total: "50.00", currency: "USD" } },
        { ...purchase("d3"), order: { id: "d3", total: "1", currency: "EUR" } },
      ],
    });
    expect(answer).toEqual({
      accepted: 1,
      duplicates: 2,
      rejected: [
        { index: 3, code: "idempotency_conflict", message: expect.any(String), path: "id" },
        { index: 4, code: "invalid_request", message: expect.any(String), path: "type" },
        { index: 5, code: "idempotency_conflict", message: expect.any(String), path: "order.id" },
        {
          index: 6,
          code: "currency_mismatch",
          message: expect.any(String),
          path: "order.currency",
        },
      ],
      warnings: [],
    });
    expect(await kept(shop, "id:d2")).toEqual({ events: 1, inbox: 1 });
  });

  it("keeps an order that comes under two ids twice: the pipeline counts it once", async () => {
    expect(
      await answerTo({ events: [purchase("twice", "x1"), purchase("twice", "x2")] }),
    ).toMatchObject({ accepted: 2 });
  });

  it("counts facts without a key or a time each time, and those with a time once", async () => {
    expect(
      await answerTo({ events: [{ type: "page_view" }, { type: "page_view" }] }),
    ).toMatchObject({ accepted: 2 });
    const said = { type: "page_view", visitorId: "v-1", occurredAt: "2026-05-01T10:00:00Z" };
    expect(await answerTo({ events: [said, said] })).toMatchObject({ accepted: 1, duplicates: 1 });
    expect(await answerTo(said)).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await answerTo({ ...said, visitorId: "v-2" })).toMatchObject({ accepted: 1 });
  });

  it("takes a thousand in one batch, and none in an empty one", async () => {
    const events = Array.from({ length: 1_000 }, (_, index) => lead(`many-${index}`));
    expect(await answerTo({ events })).toEqual({
      accepted: 1_000,
      duplicates: 0,
      rejected: [],
      warnings: [],
    });
    expect(await answerTo({ events: events.toReversed() })).toEqual({
      accepted: 0,
      duplicates: 1_000,
      rejected: [],
      warnings: [],
    });
    expect(await kept(shop, "id:many-")).toEqual({ events: 1_000, inbox: 1_000 });
    expect(await answerTo({ events: [] })).toEqual({
      accepted: 0,
      duplicates: 0,
      rejected: [],
      warnings: [],
    });
  });

  it("keeps one of 200 that come at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => answerTo(purchase("rush"))),
    );
    expect(answers.reduce((sum, answer) => sum + answer.accepted, 0)).toBe(1);
    expect(answers.reduce((sum, answer) => sum + answer.duplicates, 0)).toBe(199);
    expect(await kept(shop, "order:purchase:rush")).toEqual({ events: 1, inbox: 1 });
  });

  it("takes overlapping batches in opposite orders at once", async () => {
    const events = Array.from({ length: 300 }, (_, index) => lead(`overlap-${index}`));
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, turn) =>
        answerTo({ events: turn % 2 ? events : events.toReversed() }),
      ),
    );
    expect(answers.reduce((sum, answer) => sum + answer.accepted, 0)).toBe(300);
    expect(answers.every((answer) => answer.rejected.length === 0)).toBe(true);
  });

  it("answers for nobody while the database is shut, and takes the same again later", async () => {
    const pool = poolFor("goodword_gate");
    const query = pool.query.bind(pool);
    Object.assign(pool, {
      query: () => Promise.reject(Object.assign(new Error("gone"), { code: "57P01" })),
    });
    const refused = await send(lead("later"));
    Object.assign(pool, { query });
    expect(refused).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
    expect(await kept(shop, "id:later")).toEqual({ events: 0, inbox: 0 });
    expect(await answerTo(lead("later"))).toMatchObject({ accepted: 1 });
  });
});

describe("whole requests that are refused", () => {
  const megabyte = JSON.stringify({ type: "lead", properties: { a: "x".repeat(1_100_000) } });

  it.each([
    ["no key", lead("n"), null, {}, 401, "unauthenticated"],
    ["a key that is none", lead("n"), "hello", {}, 401, "unauthenticated"],
    [
      "an unknown key",
      lead("n"),
      `gw_live_${"0".repeat(26)}_${"0".repeat(40)}`,
      {},
      401,
      "unauthenticated",
    ],
    [
      "a form",
      "type=lead",
      undefined,
      { "content-type": "application/x-www-form-urlencoded" },
      415,
      "unsupported_media_type",
    ],
    [
      "a body zipped in a way we do not know",
      lead("n"),
      undefined,
      { "content-encoding": "br" },
      415,
      "unsupported_media_type",
    ],
    [
      "a body that is said to be zipped",
      lead("n"),
      undefined,
      { "content-encoding": "gzip" },
      400,
      "invalid_request",
    ],
    [
      "a small body that is huge",
      gzipSync(megabyte),
      undefined,
      { "content-encoding": "gzip" },
      413,
      "payload_too_large",
    ],
    ["no body", "", undefined, {}, 400, "invalid_request"],
    ["half a body", '{"events":[{"type":"lead"},', undefined, {}, 400, "invalid_request"],
    ["a list", [lead("n")], undefined, {}, 400, "invalid_request"],
    ["text", '"lead"', undefined, {}, 400, "invalid_request"],
    ["broken UTF-8", Buffer.from([0x22, 0xff, 0xfe, 0x22]), undefined, {}, 400, "invalid_request"],
    ["a deep hole", "[".repeat(500_000), undefined, {}, 400, "invalid_request"],
    ["a wrong events", { events: {} }, undefined, {}, 400, "invalid_request"],
    ["an event beside events", { events: [], type: "lead" }, undefined, {}, 400, "invalid_request"],
    [
      "too many",
      { events: Array(1_001).fill({ type: "lead" }) },
      undefined,
      {},
      413,
      "payload_too_large",
    ],
    ["too much", megabyte, undefined, {}, 413, "payload_too_large"],
  ])("%s", async (_, body, withKey, headers, status, code) => {
    const request = eventsRequest(
      withKey === undefined ? key : withKey,
      body,
      headers as Record<string, string>,
    );
    const answer = await ingest(request);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({
      error: { code, message: expect.any(String), docs: expect.any(String) },
    });
  });

  it("refuses deep and poisoned events one by one", async () => {
    const deep = `${'{"a":'.repeat(2_000)}1${"}".repeat(2_000)}`;
    const body =
      `{"events":[{"type":"lead","properties":${deep}},{"type":"lead","id":"\\u0000"},` +
      `{"type":"lead","properties":{"a":{"__proto__":{"isAdmin":true}}}},` +
      `{"type":"lead","id":"\\ud83d"},` +
      `{"type":"lead","id":"fine \\ud83d\\ude00"}]}`;
    const answer = await answerTo(body);
    expect(answer.accepted).toBe(3);
    expect(answer.rejected.map(({ index }) => index)).toEqual([1, 3]);
    expect(answer.warnings.map(({ index }) => index)).toEqual([0, 2]);
    expect({}).not.toHaveProperty("isAdmin");
  });

  it("a revoked key: at once in test mode, within two seconds else", async () => {
    for (const [scope, patienceMs] of [
      [await testSandbox(shop), 0],
      [shop, 2_100],
    ] as const) {
      const revoked = await createTestKey(scope);
      expect((await send(lead("r1"), { with: revoked })).status).toBe(200);
      await inScope(scope, ({ db, merchantId }) =>
        db.apiKey.updateMany({
          where: { merchantId, id: keyIdOf(revoked)! },
          data: { revokedAt: systemNow() },
        }),
      );
      await setTimeout(patienceMs);
      expect((await send(lead("r2"), { with: revoked })).status).toBe(401);
      expect(await kept(scope, "id:r2")).toEqual({ events: 0, inbox: 0 });
    }
  });

  it("too many unknown keys from one address", async () => {
    const unknown = `gw_live_${"1".repeat(26)}_${"1".repeat(40)}`;
    let answer = await send(lead("n"), { with: unknown });
    for (let turn = 0; turn < 70 && answer.status === 401; turn += 1)
      answer = await send(lead("n"), { with: unknown });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect((await send(lead("still-welcome"))).status).toBe(200);
  });
});

describe("whose events they are", () => {
  it("keeps merchants apart: the same id is another event elsewhere", async () => {
    const other = await createTestMerchant({ currency: "EUR" });
    const otherKey = await createTestKey(other);
    await answerTo(lead("shared"));
    expect(await answerTo(lead("shared", "Zoe"), otherKey)).toMatchObject({ accepted: 1 });
    expect(await kept(other, "id:shared")).toEqual({ events: 1, inbox: 1 });
    expect(await answerTo({ events: [purchase("e1")] }, otherKey)).toMatchObject({
      rejected: [{ code: "currency_mismatch" }],
    });
  });

  it("lets a page send facts but no orders, and lets browsers in", async () => {
    const publishable = await createTestKey(shop, "publishable");
    const answer = await send({ events: [lead("page"), purchase("page")] }, { with: publishable });
    expect(JSON.parse(answer.body)).toMatchObject({
      accepted: 1,
      rejected: [{ index: 1, code: "secret_key_required" }],
    });
    expect(answer.headers["access-control-allow-origin"]).toBe("*");
    const row = await inScope(shop, ({ db, merchantId }) =>
      db.event.findFirstOrThrow({ where: { merchantId, dedupeKey: "page:id:page" } }),
    );
    expect([row.source, row.provenance]).toEqual(["browser", "browser"]);
    const preflight = await ingest({ ...eventsRequest(null, ""), method: "OPTIONS" });
    expect(preflight).toMatchObject({
      status: 204,
      headers: { "access-control-allow-headers": "authorization, content-type, idempotency-key" },
    });
    expect((await send(lead("no-cors"))).headers).not.toHaveProperty("access-control-allow-origin");
  });

  it("reads a sandbox by its own clock, at once after it moved", async () => {
    const sandbox = await testSandbox(shop);
    const testKey = await createTestKey(sandbox);
    const soon = new Date(systemNow().getTime() + 2 * HOUR_MS).toISOString();
    const early = { type: "lead", id: "soon", occurredAt: soon };
    expect(await answerTo({ events: [early] }, testKey)).toMatchObject({
      rejected: [{ code: "in_the_future", path: "occurredAt" }],
    });
    await inScope(sandbox, ({ db, merchantId }) =>
      db.merchant.update({
        where: { id: merchantId },
        data: { clockOffsetMs: BigInt(31 * 24 * HOUR_MS) },
      }),
    );
    expect(await answerTo(early, testKey)).toMatchObject({ accepted: 1 });
    const row = await inScope(sandbox, ({ db, merchantId }) =>
      db.event.findFirstOrThrow({
        where: { merchantId, dedupeKey: "id:soon" },
        include: { inbox: true },
      }),
    );
    expect(row.occurredAt.toISOString()).toBe(soon);
    expect(row.recordedAt.getTime()).toBeGreaterThan(systemNow().getTime() + 30 * 24 * HOUR_MS);
    // The inbox is worked in real time.
    expect(row.inbox?.nextTryAt.getTime()).toBeLessThanOrEqual(systemNow().getTime());
  });
});

describe("facts that the product records", () => {
  it("stores once per key in the caller's transaction, which may still be undone", async () => {
    const share = {
      source: "refer",
      dedupeKey: "share:1",
      channel: "whatsapp",
      body: { type: "share", code: "ANNA" },
    } as const;
    const undone = inScope(shop, async (tx) => {
      await storeEvent(tx, share);
      throw new Error("changed my mind");
    });
    await expect(undone).rejects.toThrow("changed my mind");
    const first = await storeEvent(shop, share);
    expect(first.duplicate).toBe(false);
    expect(await storeEvent(shop, share)).toEqual({ eventId: first.eventId, duplicate: true });
    await expect(
      storeEvent(shop, { ...share, body: { type: "share", code: "BEN" } }),
    ).rejects.toMatchObject({ code: "idempotency_conflict" });
    expect(await kept(shop, "share:1")).toEqual({ events: 1, inbox: 1 });
  });

  it("reads entries by hand as it reads the API, and counts an order once", async () => {
    const byHand = await recordEvent(shop, purchase("by-hand"));
    expect(byHand.duplicate).toBe(false);
    expect(await answerTo(purchase("by-hand"))).toMatchObject({ duplicates: 1 });
    await expect(recordEvent(shop, { type: "purchase" })).rejects.toMatchObject({
      code: "invalid_request",
      path: "order",
    });
  });
});
