import { describe, expect, it } from "vitest";
import { POINTS } from "@/lib/core/money";
import { adjustBalance } from "@/lib/ledger/commands/adjust-balance";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { inScope } from "@/lib/merchants/scope";
import { deliverReward, undoDelivery } from "@/lib/rewards/commands";
import { rejectReferral, undoRejection } from "../process/decide-referral";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";

/** A shop that lets balances go below 0. */
async function strict(change: Parameters<typeof advocateCredit>[0] = {}): Promise<Story> {
  const shop = await story({ rules: [advocateCredit(change), friendCoupon()] });
  await inScope(shop.scope, ({ db }) =>
    db.merchant.update({
      where: { id: shop.scope.merchantId },
      data: { clawbackPolicy: "negative" },
    }),
  );
  return shop;
}

async function spendAll(shop: Story, customerId: string, minor: bigint): Promise<void> {
  const asset = shop.scope.asset;
  await postTransfers(shop.scope, [
    {
      causeKey: `spend ${minor}`,
      from: { kind: "available", ownerId: customerId, asset },
      to: { kind: "spent", ownerId: shop.program.id, asset },
      amount: { minor, asset },
      memo: "Spent",
      occurredAt: new Date(),
    },
  ]);
}

const balance = async (shop: Story, customerId: string) =>
  (await balancesOf(shop.scope, customerId)).find(({ asset }) => asset === shop.scope.asset);
const advocates = async (shop: Story) =>
  (await shop.rewards()).filter(({ side }) => side === "advocate");
const withheld = (shop: Story) =>
  inScope(shop.scope, ({ db }) =>
    db.reward.findMany({
      where: { merchantId: shop.scope.merchantId, side: "advocate" },
      orderBy: { id: "asc" },
      select: { state: true, withheldMinor: true, reason: true },
    }),
  );
const books = async (shop: Story) =>
  expect((await checkLedger(shop.scope)).differences).toEqual([]);

describe("a shop that lets balances go below 0", () => {
  it("claims spent credit, pays it from the next reward, and says so on that reward", async () => {
    const shop = await strict();
    const mira = await shop.advocate("Mira");
    await shop.claim("Tom", mira.code);
    await shop.purchase("Tom", "A-1", "80.00");
    await spendAll(shop, mira.customerId, 1000n);
    await shop.refund("A-1");
    expect((await advocates(shop))[0]).toMatchObject({
      state: "reversed",
      reversedMinor: 1000n,
      recoveredMinor: 1000n,
      costMinor: 0n,
    });
    expect(await balance(shop, mira.customerId)).toMatchObject({ available: 0n, owed: -1000n });
    await books(shop);

    await shop.claim("Uli", mira.code);
    await shop.purchase("Uli", "A-2", "80.00");
    expect(await balance(shop, mira.customerId)).toMatchObject({ available: 0n, owed: 0n });
    expect((await withheld(shop))[1]).toEqual({
      state: "issued",
      withheldMinor: 1000n,
      reason: "kept_back",
    });
    // The reward that paid does not stand either: the debt is there again.
    await shop.refund("A-2");
    expect(await balance(shop, mira.customerId)).toMatchObject({ available: 0n, owed: -1000n });
    expect((await withheld(shop))[1]).toMatchObject({ state: "reversed", withheldMinor: 0n });
    await books(shop);
  });

  it("takes what is there first, and claims the rest slice by slice, each once", async () => {
    const shop = await strict({
      calculator: { kind: "share_of_order", shareBp: 1000, atMost: null },
    });
    const mira = await shop.advocate("Mira");
    await shop.claim("Tom", mira.code);
    await shop.purchase("Tom", "A-1", "80.00");
    await spendAll(shop, mira.customerId, 600n);
    await shop.refund("A-1", { amount: "30.00" }, "slice-1");
    expect(await balance(shop, mira.customerId)).toMatchObject({ available: 0n, owed: -100n });
    await shop.refund("A-1", { amount: "30.00" }, "slice-1");
    await shop.refund("A-1", { amount: "20.00" }, "slice-2");
    expect(await balance(shop, mira.customerId)).toMatchObject({ available: 0n, owed: -300n });
    expect((await advocates(shop))[0]).toMatchObject({
      state: "issued",
      reversedMinor: 500n,
      recoveredMinor: 500n,
      costMinor: 300n,
    });
    await books(shop);
  });

  it("claims cash that was paid and coupons that were used", async () => {
    const shop = await strict({ benefit: { kind: "cash" } });
    const mira = await shop.advocate("Mira");
    await shop.claim("Tom", mira.code);
    await shop.purchase("Tom", "A-1", "80.00");
    await deliverReward(shop.scope, { rewardId: (await advocates(shop))[0]!.id });
    await shop.refund("A-1");
    expect(await balance(shop, mira.customerId)).toMatchObject({ issued: 0n, owed: -1000n });
    expect((await advocates(shop))[0]).toMatchObject({
      state: "reversed",
      recoveredMinor: 1000n,
      costMinor: 0n,
    });

    // The next cash reward pays it: nothing is left to deliver.
    await shop.claim("Uli", mira.code);
    await shop.purchase("Uli", "A-2", "80.00");
    expect((await withheld(shop))[1]).toEqual({
      state: "used",
      withheldMinor: 1000n,
      reason: "kept_back",
    });
    expect(await balance(shop, mira.customerId)).toMatchObject({ issued: 0n, owed: 0n });
    await books(shop);
  });

  it("claims again what a cash reward had paid, and nothing else of its owner's", async () => {
    const shop = await strict({ benefit: { kind: "cash" } });
    const mira = await shop.advocate("Mira");
    await shop.claim("Tom", mira.code);
    await shop.purchase("Tom", "A-1", "80.00");
    const [first] = await advocates(shop);
    await deliverReward(shop.scope, { rewardId: first!.id });
    await shop.refund("A-1", { amount: "80.00" });
    // Half of the debt is let go, so that the next reward pays the other half and brings the rest.
    await adjustBalance(shop.scope, {
      customerId: mira.customerId,
      asset: shop.scope.asset,
      minor: 500n,
      reason: "Half of it was our mistake",
    });
    await shop.claim("Uli", mira.code);
    await shop.purchase("Uli", "A-2", "80.00");
    await shop.claim("Vera", mira.code);
    await shop.purchase("Vera", "A-3", "80.00");
    expect(await balance(shop, mira.customerId)).toMatchObject({ issued: 1500n, owed: 0n });
    await shop.refund("A-2");
    expect(await balance(shop, mira.customerId)).toMatchObject({ issued: 1000n, owed: -500n });
    await deliverReward(shop.scope, { rewardId: (await advocates(shop))[2]!.id });
    expect(await balance(shop, mira.customerId)).toMatchObject({ issued: 0n, owed: -500n });
    await books(shop);
  });

  it("does not undo a delivery of which a part was reversed since", async () => {
    const shop = await strict({
      benefit: { kind: "cash" },
      calculator: { kind: "share_of_order", shareBp: 1000, atMost: null },
    });
    const mira = await shop.advocate("Mira");
    await shop.claim("Tom", mira.code);
    await shop.purchase("Tom", "A-1", "80.00");
    const [reward] = await advocates(shop);
    await deliverReward(shop.scope, { rewardId: reward!.id });
    await shop.refund("A-1", { amount: "30.00" });
    await expect(
      undoDelivery(shop.scope, { rewardId: reward!.id, reason: "The wrong one" }),
    ).rejects.toThrow(/reversed since/);
    await books(shop);
  });

  it("returns a claim when its rejection is undone, even if it was paid by then", async () => {
    for (const paid of [false, true]) {
      const shop = await strict();
      const mira = await shop.advocate("Mira");
      await shop.claim("Tom", mira.code);
      await shop.purchase("Tom", "A-1", "80.00");
      await spendAll(shop, mira.customerId, 1000n);
      const referralId = (await shop.referralOf("Tom"))!.id;
      await rejectReferral(shop.scope, { referralId, reason: "Same address" });
      expect(await balance(shop, mira.customerId)).toMatchObject({ available: 0n, owed: -1000n });
      if (paid) {
        await shop.claim("Uli", mira.code);
        await shop.purchase("Uli", "A-2", "80.00");
      }
      await undoRejection(shop.scope, { referralId });
      await shop.settle();
      expect(await balance(shop, mira.customerId)).toMatchObject({
        available: paid ? 1000n : 0n,
        owed: 0n,
        pending: 0n,
      });
      await books(shop);
    }
  });

  it("returns the claim on cash that stays paid", async () => {
    const shop = await strict({ benefit: { kind: "cash" } });
    const mira = await shop.advocate("Mira");
    await shop.claim("Tom", mira.code);
    await shop.purchase("Tom", "A-1", "80.00");
    await deliverReward(shop.scope, { rewardId: (await advocates(shop))[0]!.id });
    const referralId = (await shop.referralOf("Tom"))!.id;
    await rejectReferral(shop.scope, { referralId, reason: "Same address" });
    await undoRejection(shop.scope, { referralId });
    await shop.settle();
    expect((await advocates(shop))[0]).toMatchObject({
      state: "used",
      reversedMinor: 0n,
      recoveredMinor: 0n,
      costMinor: 1000n,
    });
    expect(await balance(shop, mira.customerId)).toMatchObject({
      available: 0n,
      owed: 0n,
      issued: 0n,
    });
    await books(shop);
  });
});

it("points are claimed in points and paid in points", async () => {
  const shop = await strict({
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "100" },
  });
  const mira = await shop.advocate("Mira");
  await shop.claim("Tom", mira.code);
  await shop.purchase("Tom", "A-1", "80.00");
  const points = async () =>
    (await balancesOf(shop.scope, mira.customerId)).find(({ asset }) => asset === POINTS);
  await postTransfers(shop.scope, [
    {
      causeKey: "spend",
      from: { kind: "available", ownerId: mira.customerId, asset: POINTS },
      to: { kind: "spent", ownerId: shop.program.id, asset: POINTS },
      amount: { minor: 60n, asset: POINTS },
      memo: "Spent",
      occurredAt: new Date(),
    },
  ]);
  await shop.refund("A-1");
  expect(await points()).toMatchObject({ available: 0n, owed: -60n });
  await shop.claim("Uli", mira.code);
  await shop.purchase("Uli", "A-2", "80.00");
  expect(await points()).toMatchObject({ available: 40n, owed: 0n });
  await books(shop);
});
