import { describe, expect, it } from "vitest";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { checkLedger } from "@/lib/ledger/commands/post-transfers";
import { inScope } from "@/lib/merchants/scope";
import { deliverReward } from "@/lib/rewards/commands";
import { rejectReferral, undoRejection } from "./decide-referral";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";

const states = (rewards: { side: string; state: string }[]) =>
  rewards.map(({ side, state }) => `${side} ${state}`);
const remaining = (tale: Story, orderId: string) =>
  inScope(tale.scope, async (db) => {
    const order = await db.order.findUniqueOrThrow({
      where: { merchantId_id: { merchantId: tale.scope.merchantId, id: orderId } },
    });
    return order.totalMinor - order.refundedMinor;
  });
const budgetOf = (tale: Story) =>
  inScope(tale.scope, (db) =>
    db.programBudget.findFirst({
      where: { merchantId: tale.scope.merchantId },
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
    const tale = await story();
    const line = { sku: "tea", quantity: 1, price: "20.00" };
    await tale.purchase(
      "Tom",
      "A-1",
      "60.00",
      order("A-1", "60.00", [line, { ...line, sku: "cup" }, line]),
    );
    await tale.refund("A-1", { items: [{ sku: "tea", quantity: 2 }] });
    expect(await remaining(tale, "A-1")).toBe(2000n);
    await tale.refund("A-1", {
      items: [
        { sku: "tea", quantity: 1 },
        { sku: "cup", quantity: 1, amount: "5.00" },
      ],
    });
    expect(await remaining(tale, "A-1")).toBe(1500n);
  });

  it("shares an amount over the lines of its article", async () => {
    const tale = await story();
    const line = { sku: "tea", quantity: 1, price: "20.00" };
    await tale.purchase("Tom", "A-1", "40.00", order("A-1", "40.00", [line, line]));
    await tale.refund("A-1", { items: [{ sku: "tea", quantity: 2, amount: "30.00" }] });
    expect(await remaining(tale, "A-1")).toBe(1000n);
  });

  it("leaves no cent behind when the last piece comes back, nor the reward that would stand on it", async () => {
    const tale = await story();
    const { code } = await tale.advocate("Mira");
    await tale.purchase("Tom", "A-1", "1.00", {
      code,
      ...order("A-1", "1.00", [{ sku: "pin", quantity: 3, price: "0.40" }]),
    });
    for (const id of ["r-1", "r-2", "r-3"])
      await tale.refund("A-1", { items: [{ sku: "pin", quantity: 1 }] }, id);
    expect(await remaining(tale, "A-1")).toBe(0n);
    expect(states(await tale.rewards())).toEqual(["advocate reversed", "friend issued"]);
  });
});

describe("what a refund takes back", () => {
  it("is judged by the conditions that the reward was granted under, and no others", async () => {
    const tale = await story({
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
    const { code } = await tale.advocate("Mira");
    await tale.claim("Tom", code);
    await tale.purchase("Tom", "A-1", "20.00");
    await tale.refund("A-1", { amount: "5.00" });
    expect(states(await tale.rewards())).toEqual(["friend issued"]);

    await tale.purchase("Ann", "B-0", "20.00", {}, new Date("2026-01-01T00:00:00Z"));
    await tale.purchase("Ann", "B-1", "20.00", { code });
    await tale.refund("B-1", { amount: "5.00" });
    expect(states(await tale.rewards())).toEqual([
      "friend issued",
      "friend issued",
      "friend issued",
    ]);
  });

  it("leaves a referral of a regular customer confirmed when the order still carries it", async () => {
    const tale = await story({
      qualification: {
        trigger: { kind: "first_purchase" },
        conditions: { none: [{ kind: "new_customer" }] },
      },
      newCustomersOnly: false,
    });
    const { code } = await tale.advocate("Mira");
    await tale.purchase("Ann", "B-0", "20.00", {}, new Date("2026-01-01T00:00:00Z"));
    await tale.purchase("Ann", "B-1", "20.00", { code });
    await tale.refund("B-1", { amount: "5.00" });
    expect(await tale.referralOf("Ann")).toMatchObject({ state: "rewarded" });
    expect(states(await tale.rewards())).toEqual(["advocate issued", "friend issued"]);
  });

  it("is all of a share that rounds down to nothing", async () => {
    const tale = await story({
      rules: [
        advocateCredit({
          benefit: { kind: "cash" },
          calculator: { kind: "share_of_order", shareBp: 1000, atMost: null },
        }),
      ],
    });
    const { code } = await tale.advocate("Mira");
    await tale.purchase("Tom", "A-1", "1.00", { code });
    await tale.refund("A-1", { amount: "0.95" });
    expect(states(await tale.rewards())).toEqual(["advocate reversed"]);
    expect(await budgetOf(tale)).toEqual({ rewards: 0, costMinor: 0n });
  });

  it("stays taken when the referral was rejected meanwhile and the rejection is undone", async () => {
    const tale = await story();
    const mira = await tale.advocate("Mira");
    await tale.claim("Tom", mira.code);
    await tale.purchase("Tom", "A-1", "80.00");
    const referralId = (await tale.referralOf("Tom"))!.id;
    await rejectReferral(tale.scope, { referralId, reason: "Same household" });
    await tale.refund("A-1");
    await undoRejection(tale.scope, { referralId });
    await tale.settle();
    expect(await tale.referralOf("Tom")).toMatchObject({ state: "reversed" });
    expect(states(await tale.rewards())).toEqual(["advocate voided", "friend issued"]);
    expect(await balancesOf(tale.scope, mira.customerId)).toMatchObject([
      { available: 0n, pending: 0n },
    ]);
    expect(await budgetOf(tale)).toEqual({ rewards: 1, costMinor: 500n });
    expect((await checkLedger(tale.scope)).differences).toEqual([]);
  });

  it("is in part what the undo of a rejection does not bring back", async () => {
    const tale = await story({
      rules: [
        advocateCredit({
          calculator: { kind: "share_of_order", shareBp: 1000, atMost: null },
          holdDays: 14,
        }),
      ],
    });
    const mira = await tale.advocate("Mira");
    await tale.purchase("Tom", "A-1", "80.00", { code: mira.code });
    await tale.refund("A-1", { amount: "10.00" });
    const referralId = (await tale.referralOf("Tom"))!.id;
    await rejectReferral(tale.scope, { referralId, reason: "Same household" });
    await tale.refund("A-1", { amount: "20.00" });
    await undoRejection(tale.scope, { referralId });
    expect(await balancesOf(tale.scope, mira.customerId)).toMatchObject([
      { pending: 500n, available: 0n },
    ]);
    expect(await budgetOf(tale)).toEqual({ rewards: 1, costMinor: 500n });
    expect((await checkLedger(tale.scope)).differences).toEqual([]);
  });
});

describe("what was used", () => {
  it("is not given a second time when a rejection is undone", async () => {
    const tale = await story({
      rules: [
        advocateCredit({ benefit: { kind: "cash" } }),
        friendCoupon(),
        {
          ...advocateCredit({ id: "gift", calculator: { kind: "none" } }),
          benefit: { kind: "gift", title: "A tin of tea", unitCost: "6.00" },
        },
      ],
    });
    const { code } = await tale.advocate("Mira");
    await tale.claim("Tom", code);
    const coupon = await inScope(tale.scope, (db) =>
      db.coupon.findFirst({ where: { merchantId: tale.scope.merchantId } }),
    );
    const withCoupon = (id: string) => ({
      order: { id, total: "80.00", currency: "USD", discountCode: coupon!.code },
    });
    await tale.purchase("Tom", "A-1", "80.00", withCoupon("A-1"));
    for (const { id, side } of await tale.rewards())
      if (side === "advocate") await deliverReward(tale.scope, { rewardId: id });
    const before = [await budgetOf(tale), states(await tale.rewards())];
    const referralId = (await tale.referralOf("Tom"))!.id;
    await rejectReferral(tale.scope, { referralId, reason: "Same household" });
    await undoRejection(tale.scope, { referralId });
    await tale.settle();
    expect([await budgetOf(tale), states(await tale.rewards())]).toEqual(before);
    const { eventId } = await tale.purchase("Tom", "A-2", "80.00", withCoupon("A-2"));
    expect(await tale.decisions(eventId)).toContain("coupon_not_usable");
    expect((await checkLedger(tale.scope)).differences).toEqual([]);
  });
});
