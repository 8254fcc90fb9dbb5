import { describe, expect, it } from "vitest";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { checkLedger } from "@/lib/ledger/commands/post-transfers";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { deliverReward, voidReward } from "@/lib/rewards/commands";
import { approveReferral, rejectReferral, undoRejection } from "./decide-referral";
import { advocateCredit, friendCoupon, story } from "@/lib/worker/testing";

const states = (rewards: { side: string; state: string }[]) =>
  rewards.map(({ side, state }) => `${side} ${state}`);
const budgetOf = (scope: Scope) =>
  inScope(scope, (db) => db.programBudget.findFirst({ where: { merchantId: scope.merchantId } }));

async function rewarded() {
  const tale = await story();
  const mira = await tale.advocate("Mira");
  await tale.claim("Tom", mira.code);
  await tale.purchase("Tom", "A-1", "80.00");
  return { tale, mira, referralId: (await tale.referralOf("Tom"))!.id };
}

describe("decisions by hand", () => {
  it("reject with a reason, take back every reward, and undo it to the cent", async () => {
    const { tale, mira, referralId } = await rewarded();
    const before = await budgetOf(tale.scope);
    await rejectReferral(tale.scope, { referralId, reason: "Ordered to the same address" });
    expect(await tale.referralOf("Tom")).toMatchObject({
      state: "rejected",
      reason: "Ordered to the same address",
    });
    expect(states(await tale.rewards())).toEqual(["advocate reversed", "friend reversed"]);
    expect(await balancesOf(tale.scope, mira.customerId)).toMatchObject([{ available: 0n }]);
    expect(await budgetOf(tale.scope)).toMatchObject({ rewards: 0, costMinor: 0n });

    await undoRejection(tale.scope, { referralId });
    await tale.settle();
    expect(await tale.referralOf("Tom")).toMatchObject({ state: "rewarded" });
    expect(states(await tale.rewards())).toEqual(["advocate issued", "friend issued"]);
    expect(await balancesOf(tale.scope, mira.customerId)).toMatchObject([{ available: 1000n }]);
    expect(await budgetOf(tale.scope)).toEqual(before);
    expect((await checkLedger(tale.scope)).differences).toEqual([]);
  });

  it("can go back and forth without making or losing a cent", async () => {
    const { tale, mira, referralId } = await rewarded();
    for (let round = 0; round < 3; round += 1) {
      await rejectReferral(tale.scope, { referralId, reason: `Round ${round}` });
      await undoRejection(tale.scope, { referralId });
      await tale.settle();
    }
    expect(await balancesOf(tale.scope, mira.customerId)).toMatchObject([
      { available: 1000n, pending: 0n },
    ]);
    expect((await checkLedger(tale.scope)).differences).toEqual([]);
  });

  it("wait for a reward that somebody else has before they take the budget, so that nobody waits in a circle", async () => {
    const { tale, referralId } = await rewarded();
    const last = (await tale.rewards())
      .map(({ id }) => id)
      .sort()
      .at(-1)!;
    let held = () => {};
    const isHeld = new Promise<void>((resolve) => (held = resolve));
    const other = inScope(tale.scope, async (db, { merchantId }) => {
      await db.$queryRaw`SELECT 1 FROM reward WHERE merchant_id = ${merchantId} AND id = ${last} FOR NO KEY UPDATE`;
      held();
      await new Promise((resolve) => setTimeout(resolve, 500));
      await db.$queryRaw`SELECT 1 FROM program_budget WHERE merchant_id = ${merchantId} FOR NO KEY UPDATE`;
    });
    await isHeld;
    await Promise.all([
      other,
      rejectReferral(tale.scope, { referralId, reason: "At the same time" }),
    ]);
    expect(states(await tale.rewards())).toEqual(["advocate reversed", "friend reversed"]);
  });

  it("approve what waits for a look, and only that", async () => {
    const tale = await story();
    const { code } = await tale.advocate("Mira");
    await tale.send({ type: "sign_up", customer: { id: "Mira" }, visitorId: "browser-1" });
    await tale.claim("Tom", code, "browser-1");
    await tale.purchase("Tom", "A-1", "80.00");
    const referralId = (await tale.referralOf("Tom"))!.id;
    await approveReferral(tale.scope, { referralId });
    expect(states(await tale.rewards())).toEqual(["advocate issued", "friend issued"]);
    expect(await tale.referralOf("Tom")).toMatchObject({ state: "rewarded" });
    await expect(approveReferral(tale.scope, { referralId })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("overrule the product's own rejection for good", async () => {
    const tale = await story();
    const { code } = await tale.advocate("Mira");
    await tale.purchase("Tom", "A-0", "20.00", {}, new Date("2026-01-01T00:00:00Z"));
    await tale.claim("Tom", code);
    const referralId = (await tale.referralOf("Tom"))!.id;
    await undoRejection(tale.scope, { referralId });
    await tale.purchase("Tom", "A-1", "80.00");
    expect(await tale.referralOf("Tom")).toMatchObject({ state: "rewarded" });
  });

  it("let one of two at once through", async () => {
    const { tale, referralId } = await rewarded();
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => rejectReferral(tale.scope, { referralId, reason: "Same person" })),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("are for those whose role allows them, in their own shop", async () => {
    const { tale, referralId } = await rewarded();
    const analyst = {
      ...tale.scope,
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
  it("are taken back once, with the reason that their owner reads", async () => {
    const { tale, mira } = await rewarded();
    const [advocate] = await tale.rewards();
    const results = await Promise.allSettled(
      [1, 2].map(() =>
        voidReward(tale.scope, { rewardId: advocate!.id, reason: "Paid in the shop" }),
      ),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await tale.rewards())[0]).toMatchObject({
      state: "reversed",
      reason: "Paid in the shop",
      costMinor: 0n,
    });
    expect(await balancesOf(tale.scope, mira.customerId)).toMatchObject([{ available: 0n }]);
  });

  it("are handed over once, and then cost what they cost", async () => {
    const tale = await story({
      rules: [advocateCredit({ benefit: { kind: "cash" } }), friendCoupon()],
    });
    const mira = await tale.advocate("Mira");
    await tale.purchase("Tom", "A-1", "80.00", { code: mira.code });
    const [cash] = await tale.rewards();
    expect(cash).toMatchObject({ state: "available", reason: "payable" });
    await deliverReward(tale.scope, { rewardId: cash!.id });
    await expect(deliverReward(tale.scope, { rewardId: cash!.id })).rejects.toMatchObject({
      code: "conflict",
    });
    await tale.refund("A-1");
    expect((await tale.rewards())[0]).toMatchObject({
      state: "reversed",
      recoveredMinor: 0n,
      costMinor: 1000n,
    });
    expect((await checkLedger(tale.scope)).differences).toEqual([]);
  });

  it("in coupons are used by the first order that brings their code", async () => {
    const { tale } = await rewarded();
    const coupon = await inScope(tale.scope, (db) =>
      db.coupon.findFirst({ where: { merchantId: tale.scope.merchantId } }),
    );
    const order = (id: string) => ({
      order: { id, total: "40.00", currency: "USD", discountCode: coupon!.code },
    });
    await tale.purchase("Tom", "A-2", "40.00", order("A-2"));
    const { eventId } = await tale.purchase("Tom", "A-3", "40.00", order("A-3"));
    expect((await tale.rewards())[1]).toMatchObject({ side: "friend", state: "used" });
    expect(await tale.decisions(eventId)).toContain("coupon_not_usable");
  });
});
