import { describe, expect, it } from "vitest";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { inScope } from "@/lib/merchants/scope";
import { deliverReward } from "@/lib/rewards/commands";
import { rejectReferral, undoRejection } from "./decide-referral";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";

const states = (rewards: { side: string; state: string }[]) =>
  rewards.map(({ side, state }) => `${side} ${state}`);
const remaining = (shop: Story, orderId: string) =>
  inScope(shop.scope, async ({ db }) => {
    const order = await db.order.findUniqueOrThrow({
      where: { merchantId_id: { merchantId: shop.scope.merchantId, id: orderId } },
    });
    return order.totalMinor - order.refundedMinor;
  });
const budgetOf = (shop: Story) =>
  inScope(shop.scope, ({ db }) =>
    db.programBudget.findFirst({
      where: { merchantId: shop.scope.merchantId },
      select: { rewards: true, costMinor: true },
    }),
  );
const order = (
  id: string,
  total: string,
  items: { sku: string; quantity: number; price: string }[],
) => ({ order: { id, total, currency: "USD", items } });

describe("a refund of items", () => {
  it("reaches over all lines of the same article", async () => {
    const shop = await story();
    const line = { sku: "tea", quantity: 1, price: "20.00" };
    await shop.purchase(
      "Tom",
      "A-1",
      "60.00",
      order("A-1", "60.00", [line, { ...line, sku: "cup" }, line]),
    );
    await shop.refund("A-1", { items: [{ sku: "tea", quantity: 2 }] });
    expect(await remaining(shop, "A-1")).toBe(2000n);
    await shop.refund("A-1", {
      items: [
        { sku: "tea", quantity: 1 },
        { sku: "cup", quantity: 1, amount: "5.00" },
      ],
    });
    expect(await remaining(shop, "A-1")).toBe(1500n);
  });

  it("shares an amount over the lines of its article", async () => {
    const shop = await story();
    const line = { sku: "tea", quantity: 1, price: "20.00" };
    await shop.purchase("Tom", "A-1", "40.00", order("A-1", "40.00", [line, line]));
    await shop.refund("A-1", { items: [{ sku: "tea", quantity: 2, amount: "30.00" }] });
    expect(await remaining(shop, "A-1")).toBe(1000n);
  });

  it("leaves nothing of a reward when the last piece is refunded", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "1.00", {
      code,
      ...order("A-1", "1.00", [{ sku: "pin", quantity: 3, price: "0.40" }]),
    });
    for (const id of ["r-1", "r-2", "r-3"])
      await shop.refund("A-1", { items: [{ sku: "pin", quantity: 1 }] }, id);
    expect(await remaining(shop, "A-1")).toBe(0n);
    expect(states(await shop.rewards())).toEqual(["advocate reversed", "friend issued"]);
  });
});

describe("what a refund reverses", () => {
  it("is judged by the conditions that the reward was granted under, and no others", async () => {
    const shop = await story({
      rules: [
        advocateCredit(),
        friendCoupon({ on: { kind: "first_purchase" } }),
        friendCoupon({
          id: "regular",
          on: { kind: "first_purchase" },
          conditions: { none: [{ kind: "new_customer" }] },
        }),
      ],
      qualification: {
        trigger: { kind: "first_purchase" },
        conditions: { kind: "order_total", atLeast: "100.00" },
      },
      newCustomersOnly: false,
    });
    const { code } = await shop.advocate("Mira");
    await shop.claim("Tom", code);
    await shop.purchase("Tom", "A-1", "20.00");
    await shop.refund("A-1", { amount: "5.00" });
    expect(states(await shop.rewards())).toEqual(["friend issued"]);

    await shop.purchase("Ann", "B-0", "20.00", {}, new Date("2026-01-01T00:00:00Z"));
    await shop.purchase("Ann", "B-1", "20.00", { code });
    await shop.refund("B-1", { amount: "5.00" });
    expect(states(await shop.rewards())).toEqual([
      "friend issued",
      "friend issued",
      "friend issued",
    ]);
  });

  it("keeps a regular customer's referral qualified when the order still carries it", async () => {
    const shop = await story({
      qualification: {
        trigger: { kind: "first_purchase" },
        conditions: { none: [{ kind: "new_customer" }] },
      },
      newCustomersOnly: false,
    });
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Ann", "B-0", "20.00", {}, new Date("2026-01-01T00:00:00Z"));
    await shop.purchase("Ann", "B-1", "20.00", { code });
    await shop.refund("B-1", { amount: "5.00" });
    expect(await shop.referralOf("Ann")).toMatchObject({ state: "rewarded" });
    expect(states(await shop.rewards())).toEqual(["advocate issued", "friend issued"]);
  });

  it("is all of a share that rounds down to nothing", async () => {
    const shop = await story({
      rules: [
        advocateCredit({
          benefit: { kind: "cash" },
          calculator: { kind: "share_of_order", shareBp: 1000, atMost: null },
        }),
      ],
    });
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "1.00", { code });
    await shop.refund("A-1", { amount: "0.95" });
    expect(states(await shop.rewards())).toEqual(["advocate reversed"]);
    expect(await budgetOf(shop)).toEqual({ rewards: 0, costMinor: 0n });
  });

  it("stays reversed when a rejection in between is undone", async () => {
    const shop = await story();
    const mira = await shop.advocate("Mira");
    await shop.claim("Tom", mira.code);
    await shop.purchase("Tom", "A-1", "80.00");
    const referralId = (await shop.referralOf("Tom"))!.id;
    await rejectReferral(shop.scope, { referralId, reason: "Same household" });
    await shop.refund("A-1");
    await undoRejection(shop.scope, { referralId });
    await shop.settle();
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "reversed" });
    expect(states(await shop.rewards())).toEqual(["advocate voided", "friend issued"]);
    expect(await balancesOf(shop.scope, mira.customerId)).toMatchObject([
      { available: 0n, pending: 0n },
    ]);
    expect(await budgetOf(shop)).toEqual({ rewards: 1, costMinor: 500n });
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("is in part what the undo of a rejection does not bring back", async () => {
    const shop = await story({
      rules: [
        advocateCredit({
          calculator: { kind: "share_of_order", shareBp: 1000, atMost: null },
          holdDays: 14,
        }),
      ],
    });
    const mira = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "80.00", { code: mira.code });
    await shop.refund("A-1", { amount: "10.00" });
    const referralId = (await shop.referralOf("Tom"))!.id;
    await rejectReferral(shop.scope, { referralId, reason: "Same household" });
    await shop.refund("A-1", { amount: "20.00" });
    await undoRejection(shop.scope, { referralId });
    expect(await balancesOf(shop.scope, mira.customerId)).toMatchObject([
      { pending: 500n, available: 0n },
    ]);
    expect(await budgetOf(shop)).toEqual({ rewards: 1, costMinor: 500n });
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });
});

describe("what was used", () => {
  it("is not given a second time when a rejection is undone", async () => {
    const shop = await story({
      rules: [
        advocateCredit({ benefit: { kind: "cash" } }),
        friendCoupon(),
        {
          ...advocateCredit({ id: "gift", calculator: { kind: "none" } }),
          benefit: { kind: "gift", title: "A tin of tea", unitCost: "6.00" },
        },
      ],
    });
    const { code } = await shop.advocate("Mira");
    await shop.claim("Tom", code);
    const coupon = await inScope(shop.scope, ({ db }) =>
      db.coupon.findFirst({ where: { merchantId: shop.scope.merchantId } }),
    );
    const withCoupon = (id: string) => ({
      order: { id, total: "80.00", currency: "USD", discountCode: coupon!.code },
    });
    await shop.purchase("Tom", "A-1", "80.00", withCoupon("A-1"));
    for (const { id, side } of await shop.rewards())
      if (side === "advocate") await deliverReward(shop.scope, { rewardId: id });
    const before = [await budgetOf(shop), states(await shop.rewards())];
    const referralId = (await shop.referralOf("Tom"))!.id;
    await rejectReferral(shop.scope, { referralId, reason: "Same household" });
    await undoRejection(shop.scope, { referralId });
    await shop.settle();
    expect([await budgetOf(shop), states(await shop.rewards())]).toEqual(before);
    const { eventId } = await shop.purchase("Tom", "A-2", "80.00", withCoupon("A-2"));
    expect(await shop.decisions(eventId)).toContain("coupon_not_usable");
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });
});
