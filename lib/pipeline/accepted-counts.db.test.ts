import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { ingest } from "@/lib/events/hot-path/ingest";
import type { IngestAnswer } from "@/lib/events/schema";
import { createTestKey, eventsRequest } from "@/lib/events/testing";
import { inScope } from "@/lib/merchants/scope";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";

/**
 * Accepted means it counts: whatever the door takes in, the pipeline can process. Events of every
 * shape that the schema lets in, and of some that it does not, all to one shop, so that they meet.
 */

const RUNS = Number(process.env.ACCEPTED_RUNS ?? 25);
const NOW = Date.now();

let shop: Story;
let keys: { secret: string; publishable: string };
let shareCode: string;

beforeAll(async () => {
  shop = await story({
    rules: [
      advocateCredit(),
      friendCoupon(),
      advocateCredit({
        id: "share",
        on: { kind: "each_purchase", from: 1, to: null },
        calculator: { kind: "share_of_order", shareBp: 1_000, atMost: null },
      }),
      friendCoupon({
        id: "points",
        on: { kind: "qualified" },
        benefit: { kind: "points" },
        calculator: { kind: "fixed", amount: "5" },
      }),
    ],
  });
  shareCode = (await shop.advocate("Ana")).code;
  keys = {
    secret: await createTestKey(shop.scope),
    publishable: await createTestKey(shop.scope, "publishable"),
  };
});
afterAll(closeConnections);

const anyText = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 250 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom("", " ", "\u200b", "0", "null", "x".repeat(201), "a\u0000b", "\ud83d"),
);
const anything = fc.oneof(anyText, fc.jsonValue({ maxDepth: 2 }), fc.double());
const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.option(value as fc.Arbitrary<unknown>, { nil: null, freq: 6 });
/** Mostly what the field is for, now and then something else. */
const mostly = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ arbitrary: value as fc.Arbitrary<unknown>, weight: 12 }, anything);

const id = (prefix: string, count: number) =>
  fc.oneof(
    { arbitrary: fc.nat(count).map((n) => `${prefix}-${n}`), weight: 8 },
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
  );
const email = fc.oneof(
  fc.nat(12).map((n) => `person-${n}@example.com`),
  fc.constantFrom("Ana@Example.com", "p.erson+1@gmail.com", "person@gmail.com", "m@müller.de"),
  fc.emailAddress({ size: "medium" }),
);
const time = fc
  .oneof(
    fc.integer({ min: NOW - 40 * 86_400_000, max: NOW + 3_500_000 }),
    fc.integer({ min: Date.UTC(1900, 0, 1), max: NOW }),
  )
  .map((ms) => new Date(ms).toISOString());
const amount = fc.oneof(
  fc.integer({ min: 0, max: 50_000 }).map((cents) => (cents / 100).toFixed(2)),
  fc.constantFrom("0", "0.01", "49.9000", " 1", "9999999999999.99", "10000000000000.00", "12.345"),
);
const price = fc.oneof(amount, fc.constantFrom("-5.00", "0.333333", "-0", "999999999999999"));
const quantity = fc.oneof(
  fc.integer({ min: 1, max: 5 }),
  fc.constantFrom(0, 0.5, "0.250", 1_000_000, "3", 1e-7, 0.1),
);
const lineQuantity = fc.oneof(quantity, fc.constantFrom(-1, "-0.5", -1_000_000));
const free = fc.dictionary(anyText, anything, { maxKeys: 6 });
const some = <T extends Record<string, fc.Arbitrary<unknown>>>(fields: T) =>
  fc.record(fields, { requiredKeys: [] });

const customer = some({
  id: mostly(id("c", 15)),
  email: mostly(email),
  name: maybe(anyText),
  traits: maybe(free),
});
const line = some({ name: maybe(anyText), category: maybe(anyText) }).chain((side) =>
  fc.record({
    sku: mostly(id("sku", 4)),
    quantity: maybe(lineQuantity),
    price,
    name: fc.constant(side.name),
    category: fc.constant(side.category),
  }),
);
const order = fc.record(
  {
    id: id("o", 30),
    total: amount,
    currency: fc.constant("USD"),
    items: maybe(fc.array(line, { maxLength: 5 })),
    discountCode: maybe(anyText),
  },
  { requiredKeys: ["id", "total", "currency"] },
);
const refundLine = fc.record(
  { sku: id("sku", 4), quantity: maybe(quantity), amount: maybe(amount), price: maybe(amount) },
  { requiredKeys: ["sku"] },
);
const refund = fc.oneof(
  fc.record({ orderId: id("o", 30) }),
  fc.record({ orderId: id("o", 30), amount }),
  fc.record({
    orderId: id("o", 30),
    amount,
    items: fc.array(refundLine, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({ orderId: id("o", 30), items: fc.array(refundLine, { minLength: 1, maxLength: 4 }) }),
);
const context = some({
  ...Object.fromEntries(
    ["channel", "source", "medium", "campaign", "term", "content", "device"].map((field) => [
      field,
      maybe(mostly(anyText)),
    ]),
  ),
  referrer: maybe(mostly(fc.webUrl())),
  url: maybe(mostly(fc.webUrl())),
  locale: maybe(mostly(fc.constantFrom("en", "sq-AL", "zh-Hans-CN", "xx", "de_DE"))),
  country: maybe(mostly(fc.constantFrom("AL", "de", "XX", "Germany"))),
});
const shared = {
  id: maybe(id("e", 200)),
  occurredAt: maybe(time),
  customer: maybe(mostly(customer)),
  visitorId: maybe(mostly(id("v", 10))),
  clickId: maybe(mostly(id("k", 5))),
  code: maybe(
    mostly(
      fc.oneof(
        fc.constant(null).map(() => shareCode),
        anyText,
      ),
    ),
  ),
  context: maybe(mostly(context)),
  properties: maybe(mostly(free)),
  newer: maybe(anything),
};
const goal = fc.constantFrom("lead", "sign_up", "page_view", "share", "trial:started", "refer");
const event = fc.oneof(
  fc.record(
    { type: fc.constant("purchase"), order, ...shared },
    { requiredKeys: ["type", "order"] },
  ),
  fc.record(
    { type: fc.constant("refund"), refund, ...shared },
    { requiredKeys: ["type", "refund"] },
  ),
  fc.record(
    { type: fc.oneof(goal, fc.stringMatching(/^[a-z0-9_.:-]{1,64}$/)), order, ...shared },
    { requiredKeys: ["type"] },
  ),
);

let address = 0;
async function send(events: unknown[], key: string): Promise<IngestAnswer> {
  // Each from an address of its own: a page may send so much from one.
  const ip = `192.0.2.${(address += 1)}`;
  const { status, body } = await ingest({ ...eventsRequest(key, { events }), ip });
  expect(status, body).toBe(200);
  return JSON.parse(body) as IngestAnswer;
}

/** What is left in the inbox, but for refunds whose order never came. */
async function leftOver() {
  return inScope(
    shop.scope,
    ({ db, merchantId }) => db.$queryRaw<{ error: string | null; body: unknown }[]>`
      SELECT i.last_error AS error, e.body FROM event_inbox i
      JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
      WHERE i.merchant_id = ${merchantId} AND NOT (e.type = 'refund' AND NOT EXISTS (
        SELECT FROM shop_order o WHERE o.merchant_id = e.merchant_id
          AND o.id = e.body->'refund'->>'orderId'))`,
  );
}

/** What met another event on the way is tried again a second later. */
async function settle(): Promise<void> {
  await shop.settle();
  for (let turn = 0; turn < 3 && (await leftOver()).length > 0; turn += 1) {
    await setTimeout(1_100);
    await shop.settle();
  }
}

const counts = () =>
  inScope(shop.scope, async ({ db, merchantId }) => ({
    events: await db.event.count({ where: { merchantId } }),
    processed: await db.eventOutcome.count({ where: { merchantId } }),
    waiting: await db.eventInbox.count({ where: { merchantId } }),
    discarded: await db.eventOutcome.count({
      where: { merchantId, decisions: { array_contains: [{ code: "discarded" }] } },
    }),
  }));

describe("every event that is counted as accepted", () => {
  it("is processed: the inbox is empty, but for refunds of orders that never came", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { minLength: 1, maxLength: 40 }),
        fc.boolean(),
        async (events, fromPage) => {
          const before = await counts();
          const answer = await send(events, fromPage ? keys.publishable : keys.secret);
          expect(answer.accepted + answer.duplicates + answer.rejected.length).toBe(events.length);
          expect((await counts()).events - before.events).toBe(answer.accepted);
          await settle();
          expect(await leftOver()).toEqual([]);
          const { events: stored, processed, waiting, discarded } = await counts();
          expect({ missing: stored - processed - waiting, discarded }).toEqual({
            missing: 0,
            discarded: 0,
          });
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});
