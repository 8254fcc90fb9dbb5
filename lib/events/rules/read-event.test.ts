import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEvent, type ReadingContext } from "./read-event";

const now = new Date("2026-06-01T12:00:00.000Z");
const context: ReadingContext = { asset: "USD/2", now, provenance: "server" };

const purchase = {
  type: "purchase",
  occurredAt: "2026-05-01T10:00:00Z",
  customer: { id: "c1", email: " Ann@Example.com " },
  order: {
    id: "o1",
    total: "49.9",
    currency: "USD",
    items: [{ sku: "a", quantity: 2, price: "24.95" }],
  },
};
const refund = { id: "r1", type: "refund", refund: { orderId: "o1", amount: "5" } };
const order = (change: object) => ({ ...purchase, order: { ...purchase.order, ...change } });
const withTraits = (traits: unknown) => ({ type: "lead", customer: { id: "c1", traits } });

function read(raw: unknown, change: Partial<ReadingContext> = {}) {
  const event = readEvent(raw, { ...context, ...change });
  if ("refused" in event) throw new Error(JSON.stringify(event.refused));
  return event;
}

describe("an event that is taken", () => {
  it("is normalised: address, code, amounts, times", () => {
    const { body } = read({
      ...purchase,
      code: " anna-7k2 ",
      occurredAt: "2026-05-01T12:00:00+02:00",
    });
    expect(body).toMatchObject({
      customer: { email: "ann@example.com" },
      code: "ANNA-7K2",
      occurredAt: "2026-05-01T10:00:00.000Z",
      order: { total: "49.90", items: [{ price: "24.95" }] },
    });
  });

  it("spells a country one way", () => {
    expect(read({ type: "lead", context: { country: "al" } }).body.context).toEqual({
      country: "AL",
    });
  });

  it("takes null for left out", () => {
    expect(
      read({
        type: "lead",
        id: null,
        customer: { id: "c", email: null, traits: null },
        context: null,
      }).body,
    ).toEqual({ type: "lead", customer: { id: "c" } });
  });

  it("may be as old as the books, and up to an hour ahead of our clock", () => {
    expect(
      read({ type: "lead", occurredAt: "1969-07-20T20:17:00Z" }).occurredAt.getUTCFullYear(),
    ).toBe(1969);
    expect(read({ type: "lead", occurredAt: "2026-06-01T13:00:00Z" }).occurredAt).toEqual(now);
    expect(read({ type: "lead" }).occurredAt).toEqual(now);
  });

  it.each([
    ["its id", { ...purchase, id: "e1" }, "id:e1"],
    ["its order and type", purchase, "order:purchase:o1"],
    ["nothing, when it says no time", { type: "lead" }, ""],
    ["the id of a refund", refund, "id:r1"],
  ])("counts once by %s", (_, raw, key) => {
    expect(read(raw).dedupeKey).toBe(key);
  });

  it("counts once by all that it says, with its time", () => {
    const said = { type: "lead", customer: { id: "c1" }, occurredAt: "2026-05-01T10:00:00Z" };
    const { dedupeKey } = read(said);
    expect(dedupeKey).toMatch(/^fact:/);
    expect(read({ ...said, occurredAt: "2026-05-01T12:00:00+02:00" }).dedupeKey).toBe(dedupeKey);
    for (const change of [
      { type: "demo" },
      { customer: { id: "c2" } },
      { occurredAt: "2026-05-01T10:00:01Z" },
      { properties: { page: 2 } },
    ])
      expect(read({ ...said, ...change }).dedupeKey).not.toBe(dedupeKey);
  });

  it("keys a refund without id by what it says", () => {
    const bare = { type: "refund", refund: { orderId: "o1", amount: "5" } };
    expect(read(bare).dedupeKey).toBe(
      read({ ...bare, refund: { amount: "5.00", orderId: "o1" } }).dedupeKey,
    );
    expect(read(bare).dedupeKey).not.toBe(
      read({ ...bare, refund: { orderId: "o1", amount: "6" } }).dedupeKey,
    );
  });

  it("works out a refunded line from the price of a piece", () => {
    const { body } = read({
      ...refund,
      refund: { orderId: "o1", items: [{ sku: "a", quantity: 3, price: "19.99" }] },
    });
    expect(body.refund?.items).toEqual([{ sku: "a", quantity: 3, amount: "59.97" }]);
  });

  it("has the scale of the merchant's currency", () => {
    expect(
      read(order({ currency: "JPY", total: "1200", items: null }), { asset: "JPY/0" }).body.order
        ?.total,
    ).toBe("1200");
  });

  it("has the same hash whatever the order of its fields and the spelling of its values", () => {
    const shuffled = {
      order: { ...purchase.order, total: "49.90" },
      customer: { email: "ann@example.com", id: "c1" },
      properties: undefined,
      occurredAt: "2026-05-01T10:00:00.000Z",
      type: "purchase",
    };
    expect(read(shuffled).bodyHash).toBe(read(purchase).bodyHash);
    expect(read({ type: "lead", properties: { b: 1, a: { d: 2, c: 3 } } }).bodyHash).toBe(
      read({ type: "lead", properties: { a: { c: 3, d: 2 }, b: 1 } }).bodyHash,
    );
    expect(read(order({ total: "49.91" })).bodyHash).not.toBe(read(purchase).bodyHash);
  });
});

describe("an event that is refused", () => {
  it.each([
    ["no object", 7, "invalid_request", ""],
    ["null", null, "invalid_request", ""],
    ["no type", {}, "invalid_request", "type"],
    ["a type with capitals", { type: "Purchase" }, "invalid_request", "type"],
    ["a long type", { type: "a".repeat(65) }, "invalid_request", "type"],
    ["a click", { type: "click" }, "reserved_type", "type"],
    ["a claim", { type: "invite_claim" }, "reserved_type", "type"],
    ["a join", { type: "join" }, "reserved_type", "type"],
    [
      "an unknown field below",
      { type: "lead", customer: { externalId: "1" } },
      "invalid_request",
      "customer.externalId",
    ],
    ["a number as id", { type: "lead", id: 5 }, "invalid_request", "id"],
    ["an empty id", { type: "lead", id: "" }, "invalid_request", "id"],
    ["a long id", { type: "lead", id: "x".repeat(201) }, "invalid_request", "id"],
    [
      "no address",
      { type: "lead", customer: { email: "ann" } },
      "invalid_request",
      "customer.email",
    ],
    [
      "two addresses",
      { type: "lead", customer: { email: "a@example.com,b@example.com" } },
      "invalid_request",
      "customer.email",
    ],
    [
      "a time without zone",
      { type: "lead", occurredAt: "2026-05-01T10:00:00" },
      "invalid_request",
      "occurredAt",
    ],
    [
      "a day that is not",
      { type: "lead", occurredAt: "2026-02-30T10:00:00Z" },
      "invalid_request",
      "occurredAt",
    ],
    [
      "a number as time",
      { type: "lead", occurredAt: 1_700_000_000 },
      "invalid_request",
      "occurredAt",
    ],
    [
      "the year 0",
      { type: "lead", occurredAt: "0000-01-01T00:00:00Z" },
      "invalid_request",
      "occurredAt",
    ],
    [
      "the future",
      { type: "lead", occurredAt: "2026-06-01T13:00:01Z" },
      "in_the_future",
      "occurredAt",
    ],
    ["a purchase without order", { type: "purchase", id: "e" }, "invalid_request", "order"],
    ["an order without id", order({ id: undefined }), "invalid_request", "order.id"],
    ["a number as total", order({ total: 49.9 }), "invalid_request", "order.total"],
    ["a total with exponent", order({ total: "1e3" }), "invalid_request", "order.total"],
    ["a negative total", order({ total: "-1" }), "invalid_request", "order.total"],
    ["too many decimals", order({ total: "1.999" }), "invalid_request", "order.total"],
    ["too large a total", order({ total: "999999999999999" }), "invalid_request", "order.total"],
    ["another currency", order({ currency: "EUR" }), "currency_mismatch", "order.currency"],
    [
      "a currency in small letters",
      order({ currency: "usd" }),
      "invalid_request",
      "order.currency",
    ],
    [
      "a quantity that is no number",
      order({ items: [{ sku: "a", quantity: "some", price: "1" }] }),
      "invalid_request",
      "order.items.0.quantity",
    ],
    [
      "too many lines",
      order({ items: Array(501).fill({ sku: "a", quantity: 1, price: "1" }) }),
      "invalid_request",
      "order.items",
    ],
    [
      "a refund of nothing",
      { ...refund, refund: { orderId: "o1", amount: "0.00" } },
      "invalid_request",
      "refund.amount",
    ],
    ["a refund without order", { type: "refund", id: "r" }, "invalid_request", "refund"],
    ["a refund with order", { ...refund, order: purchase.order }, "invalid_request", "order"],
    ["a lead with refund", { ...refund, type: "lead" }, "invalid_request", "refund"],
    [
      "a refund in another currency",
      { ...refund, refund: { orderId: "o1", currency: "EUR" } },
      "currency_mismatch",
      "refund.currency",
    ],
    ["NUL", { type: "lead", id: "a\0b" }, "invalid_request", "id"],
  ])("%s", (_, raw, code, path) => {
    const event = readEvent(raw, context);
    expect(event).toMatchObject({ refused: { code, path } });
    expect(Object.prototype).not.toHaveProperty("isAdmin");
  });

  it.each([
    ["purchase", purchase, "type"],
    ["refund", refund, "type"],
    ["lead with an order", { ...purchase, type: "lead" }, "order"],
  ])("a %s from a key that stands in a page", (_, raw, path) => {
    expect(readEvent(raw, { ...context, provenance: "browser" })).toMatchObject({
      refused: { code: "secret_key_required", path },
    });
  });

  it("leaves a trap on top of traits out", () => {
    expect(
      read(withTraits(JSON.parse('{"__proto__":{"isAdmin":true},"b":1}'))).bodyJson,
    ).not.toContain("isAdmin");
  });
});

describe("whatever is sent", () => {
  it("never throws, and what is taken is JSON that reads the same again", () => {
    const field = fc.oneof(fc.jsonValue(), fc.string(), fc.constant(null));
    const raw = fc.record(
      {
        type: fc.oneof(
          fc.constantFrom("lead", "purchase", "refund", "share", "click"),
          fc.string(),
        ),
        id: field,
        occurredAt: field,
        properties: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), field),
        customer: fc.oneof(
          fc.record(
            { email: fc.oneof(fc.emailAddress(), field), traits: field },
            { requiredKeys: [] },
          ),
          field,
        ),
        order: fc.oneof(fc.constant(purchase.order), field),
      },
      { requiredKeys: ["type"] },
    );
    fc.assert(
      fc.property(raw, (value) => {
        const event = readEvent(value, context);
        if ("refused" in event) {
          expect(event.refused.message).not.toBe("");
          return;
        }
        const again = read(JSON.parse(event.bodyJson));
        expect(again.bodyHash).toBe(event.bodyHash);
        expect(event.bodyJson).not.toMatch(/\\u0000|\\ud[89a-f]/i);
      }),
      { numRuns: 2_000 },
    );
  });
});
