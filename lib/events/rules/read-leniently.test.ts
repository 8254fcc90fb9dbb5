import { describe, expect, it } from "vitest";
import { readEvent, type ReadingContext } from "./read-event";

const now = new Date("2026-06-01T12:00:00.000Z");
const context: ReadingContext = { asset: "USD/2", now, provenance: "server" };

const purchase = {
  id: "e1",
  type: "purchase",
  customer: { id: "c1" },
  order: { id: "o1", total: "49.90", currency: "USD" },
};
const line = { sku: "a", quantity: 1, price: "49.90" };
const withLine = (change: object) => ({
  ...purchase,
  order: { ...purchase.order, items: [{ ...line, ...change }] },
});
const withContext = (change: object) => ({ ...purchase, context: change });
const withTraits = (traits: unknown) => ({ ...purchase, customer: { id: "c1", traits } });
const long = "x".repeat(5_000);

function read(raw: unknown) {
  const event = readEvent(raw, context);
  if ("refused" in event) throw new Error(JSON.stringify(event.refused));
  return event;
}

describe("a side matter never costs the fact:", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 50; level += 1) deep = { deep };
  const many = Object.fromEntries(Array.from({ length: 600 }, (_, i) => [`k${i}`, i]));
  const much = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`k${i}`, long]));

  it.each([
    [
      "a long name",
      { ...purchase, customer: { id: "c1", name: long } },
      "shortened",
      "customer.name",
    ],
    [
      "a name that is a number",
      { ...purchase, customer: { id: "c1", name: 7 } },
      "left_out",
      "customer.name",
    ],
    [
      "an unreadable email beside an id",
      { ...purchase, customer: { id: "c1", email: "ann" } },
      "left_out",
      "customer.email",
    ],
    [
      "an endless email beside an id",
      { ...purchase, customer: { id: "c1", email: `${long}@x.com` } },
      "left_out",
      "customer.email",
    ],
    [
      "an email that is none of text",
      { ...purchase, customer: { id: "c1", email: false } },
      "left_out",
      "customer.email",
    ],
    [
      "an unreadable email beside a browser",
      { ...purchase, customer: { email: "ann" }, visitorId: "v1" },
      "left_out",
      "customer.email",
    ],
    [
      "an id that is a number beside an email",
      { ...purchase, customer: { id: 5, email: "a@example.com" } },
      "left_out",
      "customer.id",
    ],
    [
      "a customer that is a text beside a browser",
      { ...purchase, customer: "ann", visitorId: "v1" },
      "left_out",
      "customer",
    ],
    [
      "a long page address",
      withContext({ url: `https://x.com/${long}` }),
      "shortened",
      "context.url",
    ],
    ["a long referrer", withContext({ referrer: long }), "shortened", "context.referrer"],
    ["a long campaign", withContext({ campaign: long }), "shortened", "context.campaign"],
    ["a campaign that is a list", withContext({ campaign: ["a"] }), "left_out", "context.campaign"],
    ["a locale that is none", withContext({ locale: long }), "left_out", "context.locale"],
    ["a country by its name", withContext({ country: "Albania" }), "left_out", "context.country"],
    ["a context that is none", { ...purchase, context: "web" }, "left_out", "context"],
    ["a field of a newer client", { ...purchase, sentAt: 1 }, "unknown_field", "sentAt"],
    [
      "such a field below",
      { ...purchase, customer: { id: "c1", phone: "1" } },
      "unknown_field",
      "customer.phone",
    ],
    [
      "such a field of an order",
      { ...purchase, order: { ...purchase.order, tax: "1" } },
      "unknown_field",
      "order.tax",
    ],
    ["such a field of a line", withLine({ weight: 1 }), "unknown_field", "order.items.0.weight"],
    ["such a field of a context", withContext({ ip: "::1" }), "unknown_field", "context.ip"],
    [
      "a trap on top",
      JSON.parse(`{"__proto__":{"isAdmin":true},${JSON.stringify(purchase).slice(1)}`),
      "unknown_field",
      "__proto__",
    ],
    ["a long name of a line", withLine({ name: long }), "shortened", "order.items.0.name"],
    [
      "a category that is a number",
      withLine({ category: 7 }),
      "left_out",
      "order.items.0.category",
    ],
    ["a long SKU", withLine({ sku: long }), "shortened", "order.items.0.sku"],
    ["a line without a SKU", withLine({ sku: null }), "left_out", "order.items.0.sku"],
    ["a SKU that is a number", withLine({ sku: 7 }), "left_out", "order.items.0.sku"],
    [
      "a discount code that is none",
      { ...purchase, order: { ...purchase.order, discountCode: [] } },
      "left_out",
      "order.discountCode",
    ],
    ["a long code", { ...purchase, code: long }, "left_out", "code"],
    ["a long click", { ...purchase, clickId: long }, "left_out", "clickId"],
    ["a long browser beside an id", { ...purchase, visitorId: long }, "left_out", "visitorId"],
    ["traits as a list", withTraits([1]), "left_out", "customer.traits"],
    ["deep traits", withTraits(deep), "left_out", "customer.traits.deep.deep.deep.deep.deep"],
    ["many traits", withTraits(many), "left_out", "customer.traits.k549"],
    ["a long text in traits", withTraits({ a: `${long}!` }), "shortened", "customer.traits.a"],
    ["an endless number", withTraits({ a: JSON.parse("1e999") }), "left_out", "customer.traits.a"],
    [
      "a trap below",
      withTraits(JSON.parse('{"a":{"__proto__":{"isAdmin":true}}}')),
      "left_out",
      "customer.traits.a",
    ],
    ["a constructor", withTraits({ constructor: 1 }), "left_out", "customer.traits"],
    ["NUL in a trait", withTraits({ a: "b\0" }), "shortened", "customer.traits.a"],
    ["NUL in a trait's name", withTraits({ "a\0": 1 }), "left_out", "customer.traits"],
    ["NUL in a campaign", withContext({ campaign: "a\0b" }), "shortened", "context.campaign"],
    [
      "half a letter in a name",
      { ...purchase, customer: { id: "c1", name: "A\ud83d" } },
      "shortened",
      "customer.name",
    ],
    [
      "NUL in an email beside an id",
      { ...purchase, customer: { id: "c1", email: "a\0@b.de" } },
      "left_out",
      "customer.email",
    ],
    ["properties that are a text", { ...purchase, properties: "a=1" }, "left_out", "properties"],
    ["many properties", { ...purchase, properties: much }, "left_out", "properties"],
    [
      "a clock that is ahead",
      { ...purchase, occurredAt: "2026-06-01T13:00:00Z" },
      "clock_ahead",
      "occurredAt",
    ],
    ["a purchase of nobody", { ...purchase, customer: null }, "nobody_named", "customer"],
  ])("%s", (_, raw, code, path) => {
    const event = read(raw);
    expect(event.warnings).toMatchObject([{ code, path, message: expect.stringMatching(/\.$/) }]);
    expect(event.body.order).toMatchObject({ id: "o1", total: "49.90", currency: "USD" });
    expect(event.occurredAt).toEqual(now);
    expect(event.bodyJson).not.toMatch(/\\u0000|\\ud83d/);
    expect(Object.prototype).not.toHaveProperty("isAdmin");
    // What was put right once stays as it is.
    expect(read(JSON.parse(event.bodyJson)).bodyHash).toBe(event.bodyHash);
  });

  it("all at once, at most twenty told", () => {
    const strange = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`field${i}`, i]));
    const event = read({ ...purchase, ...strange, code: 7, context: { url: 7, medium: long } });
    expect(event.warnings).toHaveLength(20);
    expect(event.body.context?.medium).toHaveLength(200);
    expect(event.body).not.toHaveProperty("field49");
  });

  it("a cut text ends with a whole letter", () => {
    const name = `x${"😀".repeat(300)}`;
    expect(read({ ...purchase, customer: { id: "c1", name } }).body.customer?.name).toBe(
      `x${"😀".repeat(99)}`,
    );
  });

  it("leaves what came in as it was", () => {
    const raw = { ...withLine({ name: long, weight: 1 }), sentAt: 1, context: { url: long } };
    const before = structuredClone(raw);
    read(raw);
    expect(raw).toEqual(before);
  });

  it("says nothing about a sound event", () => {
    expect(read({ ...withLine({}), context: { url: "https://x.com" } }).warnings).toEqual([]);
    expect(read({ ...purchase, occurredAt: "2026-06-01T12:00:00.900Z" }).warnings).toEqual([]);
  });
});

describe("refused stay", () => {
  it.each([
    ["nobody it could be about", { type: "lead", customer: { email: "ann" } }, "customer.email"],
    ["an id that is a number alone", { type: "lead", customer: { id: 5 } }, "customer.id"],
    ["NUL in the only id", { type: "lead", customer: { id: "a\0b" } }, "customer.id"],
    [
      "a customer by a field that we do not know",
      { type: "lead", customer: { phone: "1" } },
      "customer.phone",
    ],
    ["a customer that is a text", { type: "lead", customer: "ann" }, "customer"],
    ["a browser that is a number alone", { type: "lead", visitorId: 5 }, "visitorId"],
    [
      "a total that is none",
      { ...purchase, order: { ...purchase.order, total: "x" } },
      "order.total",
    ],
    ["a price that is none", withLine({ price: "x" }), "order.items.0.price"],
    ["an order without id", { ...purchase, order: { ...purchase.order, id: null } }, "order.id"],
    ["an id that is a number", { ...purchase, id: 7 }, "id"],
    ["NUL in an order's id", { ...purchase, order: { ...purchase.order, id: "a\0b" } }, "order.id"],
    [
      "a refund of a line without SKU",
      { id: "r", type: "refund", refund: { orderId: "o1", items: [{ quantity: 1 }] } },
      "refund.items.0.sku",
    ],
    ["no type beside a side matter", { customer: { name: 7 } }, "type"],
  ])("%s", (_, raw, path) => {
    expect(readEvent(raw, context)).toMatchObject({ refused: { code: "invalid_request", path } });
  });
});
