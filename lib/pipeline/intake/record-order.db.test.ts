import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { inScope } from "@/lib/merchants/scope";
import { rejectReferral } from "../process/decide-referral";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";

afterAll(closeConnections);

/** After everything that a test does before it, one after the other. */
const START = Date.now() + 600_000;
const soon = (turn: number) => new Date(START + turn * 1_000);
const day = (days: number) => new Date(Date.UTC(2026, 0, 1 + days));

type Statement = { id: string; at: number; total: string; price?: string; discountCode?: string };

function state(shop: Story, { id, at, total, price, discountCode }: Statement, name = "tom") {
  return shop.send(
    {
      id,
      type: "purchase",
      customer: { email: `${name}@example.com` },
      order: {
        id: "o1",
        total,
        currency: "USD",
        items: [{ sku: "tea", quantity: 2, price: price ?? total }],
        ...(discountCode && { discountCode }),
      },
    },
    day(at),
  );
}

async function endOf(shop: Story) {
  const { merchantId } = shop.scope;
  const [order, friend] = await inScope(shop.scope, ({ db }) =>
    Promise.all([
      db.order.findFirstOrThrow({
        where: { merchantId, id: "o1" },
        select: {
          totalMinor: true,
          refundedMinor: true,
          occurredAt: true,
          discountCode: true,
          lines: { select: { sku: true, totalMinor: true, refundedMinor: true } },
        },
      }),
      db.customer.findFirstOrThrow({
        where: { merchantId, email: "tom@example.com" },
        select: { orderCount: true, revenueMinor: true, firstOrderAt: true, lastOrderAt: true },
      }),
    ]),
  );
  return { order, friend };
}

describe("an order that the shop states again", () => {
  it("is revised by another total, and rewards follow", async () => {
    const shop = await story({
      rules: [
        advocateCredit({ calculator: { kind: "share_of_order", shareBp: 1000, atMost: null } }),
      ],
    });
    const { code } = await shop.advocate("Mira");
    await shop.claim("Tom", code);
    const first = await shop.purchase("Tom", "o1", "80.00", { id: "e1" });
    const again = await shop.purchase("Tom", "o1", "50.00", { id: "e2" });
    expect(await shop.decisions(first.eventId)).toContain("order_recorded");
    expect(await shop.decisions(again.eventId)).toContain("order_revised");
    const { order, friend } = await endOf(shop);
    expect(order).toMatchObject({ totalMinor: 5000n, lines: [{ totalMinor: 5000n }] });
    expect(friend).toMatchObject({ orderCount: 1, revenueMinor: 5000n });
    const [reward] = await shop.rewards();
    expect(reward!.amountMinor! - reward!.reversedMinor).toBe(500n);
    await shop.purchase("Tom", "o1", "120.00", { id: "e3" });
    const [raised] = await shop.rewards();
    expect(raised!.amountMinor! - raised!.reversedMinor).toBe(1200n);
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("notes both totals, and says nothing new of the same content", async () => {
    const shop = await story();
    await state(shop, { id: "e1", at: 0, total: "50.00" });
    const { eventId } = await state(shop, { id: "e2", at: 1, total: "80.00" });
    const outcome = await inScope(shop.scope, ({ db, merchantId }) =>
      db.eventOutcome.findUniqueOrThrow({ where: { merchantId_eventId: { merchantId, eventId } } }),
    );
    expect(outcome.decisions).toContainEqual({
      code: "order_revised",
      message: "The shop states order o1 anew: 80.00 instead of 50.00 USD.",
      orderId: "o1",
      fromTotal: "50.00",
      toTotal: "80.00",
    });
    const same = await state(shop, { id: "e3", at: 2, total: "80.00" });
    expect(await shop.decisions(same.eventId)).toContain("order_known");
    expect((await endOf(shop)).order).toMatchObject({ totalMinor: 8000n, occurredAt: day(0) });
  });

  it("keeps its refunds, which count against the new total", async () => {
    const shop = await story();
    await state(shop, { id: "e1", at: 0, total: "50.00" });
    await shop.refund("o1", { items: [{ sku: "TEA", quantity: 1 }] });
    expect((await endOf(shop)).order.refundedMinor).toBe(2500n);
    await state(shop, { id: "e2", at: 1, total: "80.00" });
    expect((await endOf(shop)).order.refundedMinor).toBe(4000n);
    await shop.refund("o1", { amount: "60.00" });
    expect((await endOf(shop)).friend).toMatchObject({ revenueMinor: 0n, firstOrderAt: null });
    await state(shop, { id: "e3", at: 2, total: "130.00" });
    expect((await endOf(shop)).friend).toMatchObject({ revenueMinor: 500n, firstOrderAt: day(0) });
  });

  it("stays with the customer it was recorded for", async () => {
    const shop = await story();
    await state(shop, { id: "e1", at: 0, total: "50.00" });
    const { eventId } = await state(shop, { id: "e2", at: 1, total: "80.00" }, "ann");
    expect(await shop.decisions(eventId)).toContain("order_of_another_customer");
    const { order, friend } = await endOf(shop);
    expect(order.totalMinor).toBe(5000n);
    expect(friend).toMatchObject({ orderCount: 1, revenueMinor: 5000n });
  });

  it("ends the same in whatever order statements and refunds arrive", async () => {
    const statement = fc.record({
      at: fc.integer({ min: 0, max: 2 }),
      total: fc.constantFrom("0.00", "20.00", "50.00", "80.00"),
    });
    const refund = fc.constantFrom("10.00", "30.00", null);
    const facts = fc.tuple(
      fc.array(statement, { minLength: 2, maxLength: 4 }),
      fc.array(refund, { maxLength: 2 }),
      fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
    );
    await fc.assert(
      fc.asyncProperty(facts, async ([statements, refunds, keys]) => {
        const stated = statements.map((one, index) => ({ ...one, id: `e${index}` }));
        const ends = [];
        for (const isShuffled of [false, true]) {
          const list = [...stated, ...refunds.map((amount, index) => ({ amount, index }))];
          if (isShuffled)
            list.splice(
              0,
              list.length,
              ...list
                .map((fact, index) => ({ fact, key: keys[index]! }))
                .toSorted((one, other) => one.key - other.key)
                .map(({ fact }) => fact),
            );
          const shop = await story();
          for (const fact of list) {
            if ("id" in fact) await state(shop, fact);
            else
              await shop.refund(
                "o1",
                fact.amount === null
                  ? { items: [{ sku: "tea", quantity: 1 }] }
                  : { amount: fact.amount },
                `r${fact.index}`,
              );
          }
          await shop.settle();
          ends.push(await endOf(shop));
        }
        expect(ends[1]).toEqual(ends[0]);
      }),
      { numRuns: 12 },
    );
  });
});

describe("the lines of an order", () => {
  const lines = async (
    items: { sku: string; quantity: number; price: string }[],
    total: string,
  ) => {
    const shop = await story();
    await shop.purchase("Tom", "o1", total, {
      order: { id: "o1", total, currency: "USD", items },
    });
    return inScope(shop.scope, ({ db, merchantId }) =>
      db.orderLine.findMany({ where: { merchantId }, orderBy: { line: "asc" } }),
    );
  };

  it("share the total by unit prices finer than a cent, and by parts of a piece", async () => {
    const found = await lines(
      [
        { sku: "screw", quantity: 400, price: "0.0125" },
        { sku: "silk", quantity: 0.5, price: "30.00" },
      ],
      "40.00",
    );
    expect(found.map(({ totalMinor }) => totalMinor)).toEqual([1000n, 3000n]);
    expect(found.map(({ quantity }) => quantity.toFixed())).toEqual(["400", "0.5"]);
  });

  it("give a discount line nothing, and take it from its article where it names one", async () => {
    const tea = { sku: "tea", quantity: 1, price: "20.00" };
    const cup = { sku: "cup", quantity: 1, price: "20.00" };
    const off = (sku: string) => ({ sku, quantity: 1, price: "-10.00" });
    const totals = (found: Awaited<ReturnType<typeof lines>>) => found.map((one) => one.totalMinor);
    expect(totals(await lines([tea, cup, off("WELCOME")], "30.00"))).toEqual([1500n, 1500n, 0n]);
    expect(totals(await lines([tea, cup, off("Tea")], "30.00"))).toEqual([1000n, 2000n, 0n]);
    expect(totals(await lines([tea, { ...cup, quantity: -1 }], "20.00"))).toEqual([2000n, 0n]);
    expect(totals(await lines([off("a")], "5.00"))).toEqual([500n]);
  });
});

describe("a coupon", () => {
  async function shopWithCoupon(reuse = true) {
    const shop = await story({ rules: [friendCoupon()] });
    const { merchantId } = shop.scope;
    if (!reuse)
      await inScope(shop.scope, ({ db }) =>
        db.merchant.update({ where: { id: merchantId }, data: { couponReuse: false } }),
      );
    const { code } = await shop.advocate("Mira");
    await shop.claim("Tom", code);
    const coupon = () =>
      inScope(shop.scope, ({ db }) => db.coupon.findFirstOrThrow({ where: { merchantId } }));
    const { code: discountCode } = await coupon();
    const buy = (id: string, at: Date) => {
      const order = { id, total: "30.00", currency: "USD", discountCode };
      return shop.purchase("Tom", id, "30.00", { order }, at);
    };
    const seen = async () => {
      const [{ state, costMinor } = { state: "", costMinor: 0n }] = await shop.rewards();
      const { orderId, usedAt } = await coupon();
      expect(usedAt === null).toBe(orderId === null);
      expect((await checkLedger(shop.scope)).differences).toEqual([]);
      return [state, orderId, costMinor];
    };
    return { shop, buy, seen };
  }

  it("is usable again when its order came back whole, and then by the next", async () => {
    const { shop, buy, seen } = await shopWithCoupon();
    await buy("o1", soon(1));
    expect(await seen()).toEqual(["used", "o1", 500n]);
    await shop.refund("o1", { amount: "29.99" });
    expect(await seen()).toEqual(["used", "o1", 500n]);
    await shop.refund("o1", { amount: "0.01" });
    expect(await seen()).toEqual(["issued", null, 0n]);
    await buy("o2", soon(2));
    expect(await seen()).toEqual(["used", "o2", 500n]);
    await shop.refund("o2");
    expect(await seen()).toEqual(["issued", null, 0n]);
    await buy("o3", soon(3));
    expect(await seen()).toEqual(["used", "o3", 500n]);
  });

  it("is its earliest order's, in whatever order they arrive", async () => {
    const { shop, buy, seen } = await shopWithCoupon();
    await buy("o2", soon(2));
    const { eventId } = await buy("o3", soon(3));
    expect(await shop.decisions(eventId)).toContain("coupon_not_usable");
    await buy("o1", soon(1));
    expect(await seen()).toEqual(["used", "o1", 500n]);
    await shop.refund("o1");
    expect(await seen()).toEqual(["used", "o2", 500n]);
    await shop.refund("o3");
    await shop.refund("o2");
    expect(await seen()).toEqual(["issued", null, 0n]);
  });

  it("stays used where the shop wants that", async () => {
    const { shop, buy, seen } = await shopWithCoupon(false);
    await buy("o1", soon(1));
    await shop.refund("o1");
    // Its cost goes with the order all the same.
    expect(await seen()).toEqual(["used", "o1", 0n]);
    const order = { id: "o1", total: "60.00", currency: "USD", items: [] };
    const { eventId } = await shop.purchase("Tom", "o1", "60.00", { id: "e2", order }, soon(2));
    expect(await shop.decisions(eventId)).toContain("order_revised");
  });

  it("takes its cost along when its referral is undone after its order came back", async () => {
    const { shop, buy, seen } = await shopWithCoupon();
    await shop.purchase("Tom", "o0", "30.00", {}, soon(0));
    await buy("o1", soon(1));
    await shop.refund("o1");
    expect(await seen()).toEqual(["issued", null, 0n]);
    const referral = await shop.referralOf("Tom");
    await rejectReferral(shop.scope, { referralId: referral!.id, reason: "Same household" });
    expect(await seen()).toEqual(["reversed", null, 0n]);
  });
});
