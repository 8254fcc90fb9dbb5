import { describe, expect, it } from "vitest";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { deliverReward, voidReward } from "@/lib/rewards/commands";
import { approveReferral, decideEach, rejectReferral, undoRejection } from "./decide-referral";
import { advocateCredit, friendCoupon, story } from "@/lib/worker/testing";

const states = (rewards: { side: string; state: string }[]) =>
  rewards.map(({ side, state }) => `${side} ${state}`);
const budgetOf = (scope: Scope) =>
  inScope(scope, ({ db }) =>
    db.programBudget.findFirst({ where: { merchantId: scope.merchantId } }),
  );

async function rewarded() {
  const shop = await story();
  const mira = await shop.advocate("Mira");
  await shop.claim("Tom", mira.code);
  await shop.purchase("Tom", "A-1", "80.00");
  return { shop, mira, referralId: (await shop.referralOf("Tom"))!.id };
}

describe("the same decision on several", () => {
  it("leaves what was decided meanwhile as it is, and is undone to the cent", async () => {
    const { shop, mira, referralId } = await rewarded();
    await shop.claim("Una", mira.code);
    const other = (await shop.referralOf("Una"))!.id;
    const both = [referralId, other, referralId];
    const reason = "One household";
    await rejectReferral(shop.scope, { referralId: other, reason });
    const reject = (id: string) => rejectReferral(shop.scope, { referralId: id, reason });
    expect(await decideEach(both, reject)).toEqual({ done: [referralId], skipped: 1 });
    expect(await balancesOf(shop.scope, mira.customerId)).toMatchObject([{ available: 0n }]);

    const undo = (id: string) => undoRejection(shop.scope, { referralId: id });
    expect(await decideEach(both, undo)).toEqual({ done: [referralId, other], skipped: 0 });
    await shop.settle();
    expect(await balancesOf(shop.scope, mira.customerId)).toMatchObject([{ available: 1000n }]);
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("says so when none is known", async () => {
    const { shop } = await rewarded();
    const approve = (id: string) => approveReferral(shop.scope, { referralId: id });
    await expect(decideEach(["ref_none"], approve)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("decisions by hand", () => {
  it("reject with a reason, reverse every reward, and undo it to the cent", async () => {
    const { shop, mira, referralId } = await rewarded();
    const before = await budgetOf(shop.scope);
    await rejectReferral(shop.scope, { referralId, reason: "Ordered to the same address" });
    expect(await shop.referralOf("Tom")).toMatchObject({
      state: "rejected",
      reason: "Ordered to the same address",
    });
    expect(states(await shop.rewards())).toEqual(["advocate reversed", "friend reversed"]);
    expect(await balancesOf(shop.scope, mira.customerId)).toMatchObject([{ available: 0n }]);
    expect(await budgetOf(shop.scope)).toMatchObject({ rewards: 0, costMinor: 0n });

    await undoRejection(shop.scope, { referralId });
    await shop.settle();
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
    expect(states(await shop.rewards())).toEqual(["advocate issued", "friend issued"]);
    expect(await balancesOf(shop.scope, mira.customerId)).toMatchObject([{ available: 1000n }]);
    expect(await budgetOf(shop.scope)).toEqual(before);
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("can go back and forth without making or losing a cent", async () => {
    const { shop, mira, referralId } = await rewarded();
    for (let round = 0; round < 3; round += 1) {
      await rejectReferral(shop.scope, { referralId, reason: `Round ${round}` });
      await undoRejection(shop.scope, { referralId });
      await shop.settle();
    }
    expect(await balancesOf(shop.scope, mira.customerId)).toMatchObject([
      { available: 1000n, pending: 0n },
    ]);
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("wait for a locked reward before they lock the budget, to avoid a deadlock", async () => {
    const { shop, referralId } = await rewarded();
    const last = (await shop.rewards())
      .map(({ id }) => id)
      .sort()
      .at(-1)!;
    let held = () => {};
    const isHeld = new Promise<void>((resolve) => (held = resolve));
    const other = inScope(shop.scope, async ({ db, merchantId }) => {
      await db.$queryRaw`
        SELECT 1 FROM reward
        WHERE merchant_id = ${merchantId} AND id = ${last}
        FOR NO KEY UPDATE`;
      held();
      await new Promise((resolve) => setTimeout(resolve, 500));
      await db.$queryRaw`
        SELECT 1 FROM program_budget
        WHERE merchant_id = ${merchantId}
        FOR NO KEY UPDATE`;
    });
    await isHeld;
    await Promise.all([
      other,
      rejectReferral(shop.scope, { referralId, reason: "At the same time" }),
    ]);
    expect(states(await shop.rewards())).toEqual(["advocate reversed", "friend reversed"]);
  });

  it("approve what waits for a look, and only that", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.send({ type: "sign_up", customer: { id: "Mira" }, visitorId: "browser-1" });
    await shop.claim("Tom", code, "browser-1");
    await shop.purchase("Tom", "A-1", "80.00");
    const referralId = (await shop.referralOf("Tom"))!.id;
    await approveReferral(shop.scope, { referralId });
    expect(states(await shop.rewards())).toEqual(["advocate issued", "friend issued"]);
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
    await expect(approveReferral(shop.scope, { referralId })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("overrule the product's own rejection for good", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-0", "20.00", {}, new Date("2026-01-01T00:00:00Z"));
    await shop.claim("Tom", code);
    const referralId = (await shop.referralOf("Tom"))!.id;
    await undoRejection(shop.scope, { referralId });
    await shop.purchase("Tom", "A-1", "80.00");
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
  });

  it("let one of two at once through", async () => {
    const { shop, referralId } = await rewarded();
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => rejectReferral(shop.scope, { referralId, reason: "Same person" })),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("are for those whose role allows them, in their own shop", async () => {
    const { shop, referralId } = await rewarded();
    const analyst = {
      ...shop.scope,
      actor: { kind: "member", id: "u", label: "A", role: "analyst" } as const,
    } as Scope;
    await expect(rejectReferral(analyst, { referralId, reason: "Because" })).rejects.toMatchObject({
      code: "forbidden",
    });
    const other = await story();
    await expect(
      rejectReferral(other.scope, { referralId, reason: "Because" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("rewards by hand", () => {
  it("are reversed once, with the reason that their owner reads", async () => {
    const { shop, mira } = await rewarded();
    const [advocate] = await shop.rewards();
    const results = await Promise.allSettled(
      [1, 2].map(() =>
        voidReward(shop.scope, { rewardId: advocate!.id, reason: "Paid in the shop" }),
      ),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await shop.rewards())[0]).toMatchObject({
      state: "reversed",
      reason: "Paid in the shop",
      costMinor: 0n,
    });
    expect(await balancesOf(shop.scope, mira.customerId)).toMatchObject([{ available: 0n }]);
  });

  it("are delivered once, at what they then cost", async () => {
    const shop = await story({
      rules: [advocateCredit({ benefit: { kind: "cash" } }), friendCoupon()],
    });
    const mira = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "80.00", { code: mira.code });
    const [cash] = await shop.rewards();
    expect(cash).toMatchObject({ state: "available", reason: "payable" });
    await deliverReward(shop.scope, { rewardId: cash!.id });
    await expect(deliverReward(shop.scope, { rewardId: cash!.id })).rejects.toMatchObject({
      code: "conflict",
    });
    await shop.refund("A-1");
    expect((await shop.rewards())[0]).toMatchObject({
      state: "reversed",
      recoveredMinor: 0n,
      costMinor: 1000n,
    });
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("in coupons are used by the first order that brings their code", async () => {
    const { shop } = await rewarded();
    const coupon = await inScope(shop.scope, ({ db }) =>
      db.coupon.findFirst({ where: { merchantId: shop.scope.merchantId } }),
    );
    const order = (id: string) => ({
      order: { id, total: "40.00", currency: "USD", discountCode: coupon!.code },
    });
    await shop.purchase("Tom", "A-2", "40.00", order("A-2"));
    const { eventId } = await shop.purchase("Tom", "A-3", "40.00", order("A-3"));
    expect((await shop.rewards())[1]).toMatchObject({ side: "friend", state: "used" });
    expect(await shop.decisions(eventId)).toContain("coupon_not_usable");
  });
});
