import { describe, expect, it } from "vitest";
import type { Asset } from "@/lib/core/money";
import { readEvent } from "./read-event";

const now = new Date("2026-06-01T12:00:00.000Z");

function read(raw: object, asset: Asset = "USD/2") {
  const event = readEvent(raw, { asset, now, provenance: "server" });
  return "refused" in event ? event.refused : event.body;
}
const purchase = (order: object, currency = "USD") => ({
  type: "purchase",
  customer: { id: "c1" },
  order: { id: "o1", total: "50.00", currency, ...order },
});
const item = (change: object) =>
  purchase({ items: [{ sku: "a", quantity: 1, price: "1.00", ...change }] });
const refund = (change: object) => ({
  id: "r1",
  type: "refund",
  refund: { orderId: "o1", ...change },
});

describe("amounts as shops write them", () => {
  it.each([
    ["USD/2", "49.9000", "49.90"],
    ["USD/2", " 49.9 ", "49.90"],
    ["USD/2", "49.900000000000000000", "49.90"],
    ["JPY/0", "1000.00", "1000"],
    ["KWD/3", "1.5000", "1.500"],
  ] as const)("%s takes %j as it is meant", (asset, total, stored) => {
    const currency = asset.slice(0, 3);
    expect(read(purchase({ total }, currency), asset)).toMatchObject({ order: { total: stored } });
    expect(read(refund({ amount: total, currency }), asset)).toMatchObject({
      refund: { amount: stored },
    });
  });

  it.each([
    ["USD/2", "49.905"],
    ["JPY/0", "1000.50"],
    ["USD/2", "49,90"],
    ["USD/2", "-49.90"],
    ["USD/2", "$49.90"],
  ] as const)("%s refuses %j: it is no amount of it", (asset, total) => {
    const currency = asset.slice(0, 3);
    expect(read(purchase({ total }, currency), asset)).toMatchObject({
      code: "invalid_request",
      path: "order.total",
    });
  });

  it.each([
    [
      { price: "0.0125", quantity: 400 },
      { price: "0.0125", quantity: 400 },
    ],
    [{ price: "24.9500" }, { price: "24.95" }],
    [{ price: "-5.00" }, { price: "-5.00" }],
    [{ price: "9999999999", quantity: 1_000_000 }, { price: "9999999999.00" }],
    [{ quantity: 0.5 }, { quantity: 0.5 }],
    [{ quantity: "0.500" }, { quantity: 0.5 }],
    [{ quantity: 0.1 + 0.2 }, { quantity: 0.3 }],
    [{ quantity: 1 / 3 }, { quantity: 0.333333 }],
    [{ quantity: 0 }, { quantity: 0 }],
    [{ quantity: -1 }, { quantity: -1 }],
    [{ quantity: null }, { quantity: 1 }],
  ])("takes a line with %j", (change, stored) => {
    expect(read(item(change))).toMatchObject({ order: { items: [{ sku: "a", ...stored }] } });
  });

  it.each([{ quantity: "some" }, { quantity: 1e9 }, { quantity: Number.NaN }, { price: "free" }])(
    "refuses a line with %j",
    (change) => {
      expect(read(item(change))).toMatchObject({ code: "invalid_request" });
    },
  );
});

describe("a refund as the shop says it", () => {
  it.each([
    ["pieces by a fine price", { quantity: 400, price: "0.0125" }, { amount: "5.00" }],
    ["half a piece", { quantity: 0.5, price: "9.99" }, { quantity: 0.5, amount: "5.00" }],
    ["an amount beside a price", { quantity: 1, price: "9.99", amount: "5" }, { amount: "5.00" }],
    ["an amount without pieces", { amount: "5" }, { quantity: 0, amount: "5.00" }],
    ["a piece without its worth", { quantity: 1 }, { quantity: 1 }],
    ["an article alone", {}, { quantity: 1 }],
  ])("has %s", (_, said, stored) => {
    expect(read(refund({ items: [{ sku: "a", ...said }] }))).toMatchObject({
      refund: { items: [{ sku: "a", ...stored }] },
    });
  });

  it("has an amount and the pieces that it was paid for", () => {
    const both = { amount: "100.00", items: [{ sku: "a", quantity: 2 }] };
    expect(read(refund(both))).toMatchObject({ refund: both });
  });
});
