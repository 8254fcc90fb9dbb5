import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { storeEvent } from "@/lib/events/commands/store-event";
import type { EventBody } from "@/lib/events/schema";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { inScope } from "@/lib/merchants/scope";
import { processEvents } from "@/lib/worker/jobs/events";
import { type Story, story } from "@/lib/worker/testing";

afterAll(closeConnections);

type Said = Parameters<Story["refund"]>[1];
type Items = NonNullable<NonNullable<EventBody["order"]>["items"]>;

const A = (price: string, quantity = 1) => ({ sku: "A", quantity, price });
const B = (price: string) => ({ sku: "B", quantity: 1, price });
const back = (sku: string, quantity: number, amount?: string): Said => ({
  items: [{ sku, quantity, ...(amount !== undefined && { amount }) }],
});

/** A friend's first purchase, and what is known of it, its friend and its advocate in the end. */
async function bought(total: string, items?: Items) {
  const shop = await story();
  const { code } = await shop.advocate("Mira");
  const order = { id: "o1", total, currency: "USD", ...(items && { items }) };
  await shop.purchase("Tom", "o1", total, { code, order });
  return shop;
}

async function endOf(shop: Story) {
  const { merchantId } = shop.scope;
  const [order, friend] = await inScope(shop.scope, ({ db }) =>
    Promise.all([
      db.order.findFirstOrThrow({ where: { merchantId, id: "o1" }, include: { refunds: true } }),
      db.customer.findFirstOrThrow({ where: { merchantId, email: "tom@example.com" } }),
    ]),
  );
  const counted = order.refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  expect(counted).toBe(order.refundedMinor);
  expect(friend.revenueMinor).toBe(order.totalMinor - order.refundedMinor);
  expect(friend.firstOrderAt).toEqual(order.stands ? order.occurredAt : null);
  expect((await checkLedger(shop.scope)).differences).toEqual([]);
  return {
    revenue: friend.revenueMinor,
    referral: (await shop.referralOf("Tom"))?.state,
    advocate: (await shop.rewards()).filter(({ side }) => side === "advocate")[0]?.state,
  };
}

const GONE = { referral: "reversed", advocate: "reversed" };
const KEPT = { referral: "rewarded", advocate: "issued" };

describe("a refund is what the shop says", () => {
  it.each<[string, string, Items | undefined, Said[], object]>([
    [
      "290.00 = A 100.00 + B 200.00",
      "290.00",
      [A("100.00"), B("200.00")],
      [back("A", 1, "90.00"), back("B", 1, "200.00")],
      { revenue: 0n, ...GONE },
    ],
    [
      "an amount, then a piece",
      "100.00",
      [A("50"), B("50")],
      [{ amount: "50.00" }, back("A", 1)],
      { revenue: 0n, ...GONE },
    ],
    [
      "a piece, then an amount",
      "100.00",
      [A("50"), B("50")],
      [back("A", 1), { amount: "50.00" }],
      { revenue: 0n, ...GONE },
    ],
    [
      "all pieces, shipping kept",
      "110.00",
      [A("50.00", 2)],
      [back("A", 2, "100.00")],
      { revenue: 1000n, ...GONE },
    ],
    [
      "lines of an order without lines",
      "100.00",
      undefined,
      [back("A", 1, "100.00")],
      { revenue: 0n, ...GONE },
    ],
    [
      "50.00 = A 40 + B 20, 10 off",
      "50.00",
      [A("40"), B("20")],
      [back("A", 1, "30.00"), back("B", 1, "20.00")],
      { revenue: 0n, ...GONE },
    ],
    [
      "an SKU in other letters",
      "50.00",
      [{ sku: "Tea-1", quantity: 1, price: "50" }],
      [back(" TEA-1 ", 1)],
      { revenue: 0n, ...GONE },
    ],
    [
      "an amount with the pieces that it was paid for",
      "110.00",
      [A("50.00", 2)],
      [{ amount: "100.00", items: [{ sku: "A", quantity: 2 }] }],
      { revenue: 1000n, ...GONE },
    ],
    [
      "half a meter of one",
      "10.00",
      [{ sku: "silk", quantity: 1.5, price: "7.50" }],
      [back("silk", 0.75)],
      { revenue: 500n, ...KEPT },
    ],
    [
      "more than was paid",
      "50.00",
      [A("50")],
      [{ amount: "30" }, { amount: "30" }],
      { revenue: 0n, ...GONE },
    ],
    ["a part", "50.00", [A("50", 2)], [back("A", 1)], { revenue: 2500n, ...KEPT }],
  ])("%s", async (_, total, items, refunds, right) => {
    for (const said of [refunds, refunds.toReversed()]) {
      const shop = await bought(total, items);
      for (const refund of said) await shop.refund("o1", refund);
      expect(await endOf(shop)).toEqual(right);
    }
  });

  it("says what could not count", async () => {
    const shop = await bought("50.00", [A("50")]);
    const send = async (refund: Said) => {
      const body = { type: "refund", refund: { orderId: "o1", currency: "USD", ...refund } };
      return shop.decisions((await shop.send({ id: `r-${Math.random()}`, ...body })).eventId);
    };
    expect(await send(back("C", 1))).toContain("refund_worth_unknown");
    const counted = await send(back("C", 1, "20.00"));
    expect(counted.filter((code) => code.startsWith("refund_"))).toEqual(["refund_recorded"]);
    expect(await send(back("A", 2))).toContain("refund_beyond_order");
    expect(await send({ amount: "0.01" })).toContain("refund_beyond_order");
  });

  it("leaves the person a new customer when everything came back", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "o0", "20.00", {}, new Date(Date.now() - 5 * 86_400_000));
    await shop.purchase("Tom", "o00", "0.00", {}, new Date(Date.now() - 4 * 86_400_000));
    await shop.refund("o0");
    await shop.purchase("Tom", "o1", "50.00", { code });
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
    const friend = await inScope(shop.scope, ({ db, merchantId }) =>
      db.customer.findFirstOrThrow({ where: { merchantId, email: "tom@example.com" } }),
    );
    expect(friend).toMatchObject({ orderCount: 3, revenueMinor: 5000n });
  });

  it("is a fact: nothing of it changes but what it counts", async () => {
    const shop = await bought("50.00", [A("50")]);
    await shop.refund("o1", { amount: "10" });
    const change = (set: string) =>
      inScope(shop.scope, ({ db, merchantId }) =>
        db.$executeRawUnsafe(`UPDATE refund SET ${set} WHERE merchant_id = '${merchantId}'`),
      );
    await expect(change(`said = '{}'`)).rejects.toThrow(/permission denied/);
    await expect(change("amount_minor = 0")).rejects.toThrow(/permission denied/);
    await expect(change("occurred_at = now()")).rejects.toThrow(/permission denied/);
  });
});

it("ends the same in whatever order the same refunds arrive, lines and amounts mixed", async () => {
  const refund = fc.oneof(
    fc.constant<Said>({}),
    fc.integer({ min: 1, max: 9_000 }).map((cents): Said => ({ amount: decimalOf(cents) })),
    fc
      .record({
        sku: fc.constantFrom("a", "B ", "C"),
        quantity: fc.constantFrom(0.5, 1, 2),
        cents: fc.option(fc.integer({ min: 0, max: 9_000 })),
      })
      .map(({ sku, quantity, cents }) =>
        back(sku, quantity, cents === null ? undefined : decimalOf(cents)),
      ),
  );
  const refunds = fc.array(refund, { minLength: 2, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(refunds, fc.array(fc.nat(), { minLength: 4 }), async (refunds, keys) => {
      const facts = refunds.map((said, index) => ({ said, id: `r${index}`, key: keys[index]! }));
      const ends = [];
      for (const list of [facts, facts.toSorted((one, other) => one.key - other.key)]) {
        const shop = await bought("97.35", [A("33.35", 2), B("20.00"), A("3.00")]);
        for (const { said, id } of list) {
          await storeEvent(shop.scope, {
            source: "api",
            body: { id, type: "refund", refund: { orderId: "o1", currency: "USD", ...said } },
            occurredAt: new Date("2026-01-01T00:00:00Z"),
            dedupeKey: `id:${id}`,
          });
          await processEvents.run({ merchantId: shop.scope.merchantId });
        }
        const lines = await inScope(shop.scope, ({ db, merchantId }) =>
          db.orderLine.findMany({
            where: { merchantId },
            orderBy: { line: "asc" },
            select: { refundedMinor: true, cameBack: true, refundedQuantity: true },
          }),
        );
        ends.push({ ...(await endOf(shop)), lines: lines.map((line) => ({ ...line })) });
      }
      expect(ends[1]).toEqual(ends[0]);
    }),
    { numRuns: 12 },
  );
});

function decimalOf(cents: number): string {
  return (cents / 100).toFixed(2);
}
