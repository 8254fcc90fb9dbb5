import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { systemNow } from "@/lib/core/time";
import { createTestMerchant } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { IngestAnswer } from "../schema";
import { createTestKey, eventsRequest } from "../testing";
import type { HotRequest, HotResponse } from "./http";
import { ingest } from "./ingest";
import { answerWeb } from "./web";

/** Both doors: the function that `server.ts` calls, and the route file over it. */
const DOORS: Record<string, (request: HotRequest) => Promise<HotResponse>> = {
  "in front of Next": ingest,
  "the route": async ({ path, query, headers, body }) => {
    const request = new Request(`http://localhost${path}?${query.toString()}`, {
      method: "POST",
      headers: headers as HeadersInit,
      body: body && new Uint8Array(body),
    });
    const response = await answerWeb(request, ingest);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await response.text(),
    };
  },
};

let shop: Scope;
let key: string;
let publishable: string;

beforeAll(async () => {
  shop = await createTestMerchant();
  key = await createTestKey(shop);
  publishable = await createTestKey(shop, "publishable");
});

const bodyOf = ({ body }: HotResponse) => JSON.parse(body) as IngestAnswer;
let number = 0;
const purchase = (change: object = {}) => ({
  type: "purchase",
  customer: { id: "c1" },
  order: { id: `any-way-${(number += 1)}`, total: "49.90", currency: "USD" },
  ...change,
});

describe.each(Object.entries(DOORS))("an event sent to %s", (_, send) => {
  const ACCEPTED = { accepted: 1, duplicates: 0, rejected: [], warnings: [] };

  it("may begin with a byte order mark", async () => {
    const answer = await send(eventsRequest(key, `\ufeff${JSON.stringify(purchase())}`));
    expect(answer.status, answer.body).toBe(200);
    expect(bodyOf(answer)).toEqual(ACCEPTED);
  });

  it("may be zipped, with a byte order mark inside too", async () => {
    for (const encoding of ["gzip", "x-gzip", "GZIP"]) {
      const zipped = gzipSync(`\ufeff${JSON.stringify(purchase())}`);
      const answer = await send(eventsRequest(key, zipped, { "content-encoding": encoding }));
      expect(answer.status, answer.body).toBe(200);
      expect(bodyOf(answer)).toEqual(ACCEPTED);
    }
  });

  it("comes as plain text from a beacon, with the publishable key in the address", async () => {
    const beacon = (asKey: string, type: string | undefined): HotRequest => {
      const { "content-type": __, ...headers } = eventsRequest(null, "").headers;
      return {
        ...eventsRequest(null, { type: "page_view", visitorId: "v-1" }),
        query: new URLSearchParams({ key: asKey }),
        headers: { ...headers, ...(type && { "content-type": type }) },
      };
    };
    for (const type of ["text/plain;charset=UTF-8", "text/plain", undefined]) {
      const answer = await send(beacon(publishable, type));
      expect(answer.status, answer.body).toBe(200);
      expect(bodyOf(answer)).toEqual(ACCEPTED);
      expect(answer.headers["access-control-allow-origin"]).toBe("*");
    }
    expect((await send(beacon(publishable, "application/xml"))).status).toBe(415);
    // Addresses are logged: a secret key there lets nobody in.
    expect((await send(beacon(key, "text/plain"))).status).toBe(401);
    const plain = eventsRequest(key, purchase(), { "content-type": "text/plain" });
    expect((await send(plain)).status).toBe(415);
  });

  it("is told what was put right", async () => {
    const ahead = new Date(systemNow().getTime() + 50 * 60_000).toISOString();
    const answer = await send(
      eventsRequest(key, {
        sentAt: 1,
        events: [
          purchase(),
          purchase({ customer: { id: "c1", email: "ann" }, occurredAt: ahead, oops: 1 }),
          { type: "lead", customer: { email: "ann" }, oops: 1 },
        ],
      }),
    );
    expect(answer.status).toBe(200);
    expect(bodyOf(answer)).toEqual({
      accepted: 2,
      duplicates: 0,
      rejected: [
        { index: 2, code: "invalid_request", message: expect.any(String), path: "customer.email" },
      ],
      warnings: [
        { index: -1, code: "unknown_field", message: expect.any(String), path: "sentAt" },
        { index: 1, code: "unknown_field", message: expect.any(String), path: "oops" },
        { index: 1, code: "left_out", message: expect.any(String), path: "customer.email" },
        { index: 1, code: "clock_ahead", message: expect.any(String), path: "occurredAt" },
      ],
    });
  });

  it("answers 422 when it is refused alone, 200 in a batch", async () => {
    const wrong = purchase({ order: { id: "o", total: "1", currency: "EUR" } });
    const alone = await send(eventsRequest(key, wrong));
    expect(alone.status).toBe(422);
    expect(JSON.parse(alone.body)).toEqual({
      error: {
        code: "currency_mismatch",
        message: "This shop's amounts are in USD.",
        path: "order.currency",
        docs: "/docs/errors#error-currency-mismatch",
      },
      accepted: 0,
      duplicates: 0,
      rejected: [
        {
          index: 0,
          code: "currency_mismatch",
          message: "This shop's amounts are in USD.",
          path: "order.currency",
        },
      ],
      warnings: [],
    });
    const batch = await send(eventsRequest(key, { events: [wrong] }));
    expect(batch.status).toBe(200);
    expect(bodyOf(batch).rejected).toHaveLength(1);
    const sound = purchase();
    await send(eventsRequest(key, sound));
    const other = { ...sound, order: { ...sound.order, total: "1.00" } };
    expect((await send(eventsRequest(key, other))).status).toBe(422);
    const again = await send(eventsRequest(key, sound));
    expect([again.status, bodyOf(again).duplicates]).toEqual([200, 1]);
  });
});

describe("events under an Idempotency-Key", () => {
  const send = (body: unknown, once: string, withKey = key) =>
    ingest(eventsRequest(withKey, body, { "idempotency-key": once }));
  const views = (type: string) =>
    inScope(shop, ({ db, merchantId }) => db.event.count({ where: { merchantId, type } }));

  it("are taken once, also when they come at once, and answered the same", async () => {
    const body = { events: [{ type: "once" }, { type: "once" }] };
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(body, "k-1")));
    for (const answer of answers) expect(bodyOf(answer)).toMatchObject({ accepted: 2 });
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    expect(answers.filter(({ headers }) => headers["idempotent-replayed"])).toHaveLength(5);
    expect(await views("once")).toBe(2);
    const other = await send({ events: [{ type: "once" }] }, "k-1");
    expect([other.status, JSON.parse(other.body).error.code]).toEqual([
      409,
      "idempotency_conflict",
    ]);
    await send(body, "k-2");
    expect(await views("once")).toBe(4);
  });

  it("keep the keys of a page apart from those of the server", async () => {
    const mine = await send({ type: "apart" }, "k-3");
    const theirs = await send({ type: "apart" }, "k-3", publishable);
    expect([mine.status, theirs.status]).toEqual([200, 200]);
    expect(await views("apart")).toBe(2);
  });

  it("are not held by a refusal, and refuse a key that is none", async () => {
    expect((await send({ type: "Wrong" }, "k-4")).status).toBe(422);
    expect((await send({ type: "right" }, "k-4")).status).toBe(200);
    for (const once of ["", " ", "x".repeat(256), "schlüssel"])
      expect((await send({ type: "lead" }, once)).status, once).toBe(400);
  });
});
