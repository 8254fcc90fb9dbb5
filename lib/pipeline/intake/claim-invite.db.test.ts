import { describe, expect, it } from "vitest";
import { POINTS } from "@/lib/core/money";
import { adjustBalance } from "@/lib/ledger/commands/adjust-balance";
import { checkLedger, postTransfers } from "@/lib/ledger/commands/post-transfers";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { inScope } from "@/lib/merchants/scope";
import { deliverReward, undoDelivery } from "@/lib/rewards/commands";
import { rejectReferral, undoRejection } from "../decide/decide-referral";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";

/** A shop that lets balances go below 0. */
async function strict(change: Parameters<typeof advocateCredit>[0] = {}): Promise<Story> {
  const tale = await story({ rules: [advocateCredit(change), friendCoupon()] });
  await inScope(tale.scope, (db) =>
    db.merchant.update({
      where: { id: tale.scope.merchantId },
      data: { clawbackPolicy: "negative" },
    }),
  );
  return tale;
}

async function spendAll(tale: Story, customerId: string, minor: bigint): Promise<void> {
  const asset = tale.scope.asset;
  await postTransfers(tale.scope, [
    {
      causeKey: `spend ${minor}`,
      from: { kind: "available", ownerId: customerId, asset },
      to: { kind: "spent", ownerId: tale.program.id, asset },
      amount: { minor, asset },
      memo: "Spent",
      occurredAt: new Date(),
    },
  ]);
}

const balance = async (tale: Story, customerId: string) =>
  (await balancesOf(tale.scope, customerId)).find(({ asset }) => asset === tale.scope.asset);
const advocates = async (tale: Story) =>
  (await tale.rewards()).filter(({ side }) => side === "advocate");
const withheld = (tale: Story) =>
  inScope(tale.scope, (db) =>
    db.reward.findMany({
      where: { merchantId: tale.scope.merchantId, side: "advocate" },
      orderBy: { id: "asc" },
      select: { state: true, withheldMinor: true, reason: true },
    }),
  );
const books = async (tale: Story) =>
  expect((await checkLedger(tale.scope)).differences).toEqual([]);

describe("a shop that lets balances go below 0", () => {
  it("claims spent credit, pays it from the next reward, and says so on that reward", async () => {
    const tale = await strict();
    const mira = await tale.advocate("Mira");
    await tale.claim("Tom", mira.code);
    await tale.purchase("Tom", "A-1", "80.00");
    await spendAll(tale, mira.customerId, 1000n);
    await tale.refund("A-1");
    expect((await advocates(tale))[0]).toMatchObject({
      state: "reversed",
      reversedMinor: 1000n,
      recoveredMinor: 1000n,
      costMinor: 0n,
    });
    expect(await balance(tale, mira.customerId)).toMatchObject({ available: 0n, owed: -1000n });
    await books(tale);

    await tale.claim("Uli", mira.code);
    await tale.purchase("Uli", "A-2", "80.00");
    expect(await balance(tale, mira.customerId)).toMatchObject({ available: 0n, owed: 0n });
    expect((await withheld(tale))[1]).toEqual({
      state: "issued",
      withheldMinor: 1000n,
      reason: "kept_back",
    });
    // The reward that paid does not stand either: the debt is there again.
    await tale.refund("A-2");
    expect(await balance(tale, mira.customerId)).toMatchObject({ available: 0n, owed: -1000n });
    expect((await withheld(tale))[1]).toMatchObject({ state: "reversed", withheldMinor: 0n });
    await books(tale);
  });

  it("takes what is there first, and claims the rest slice by slice, each once", async () => {
    const tale = await strict({
      calculator: { kind: "share_of_order", shareBp: 1000, atMost: null },
    });
    const mira = await tale.advocate("Mira");
    await tale.claim("Tom", mira.code);
    await tale.purchase("Tom", "A-1", "80.00");
    await spendAll(tale, mira.customerId, 600n);
    await tale.refund("A-1", { amount: "30.00" }, "slice-1");
    expect(await balance(tale, mira.customerId)).toMatchObject({ available: 0n, owed: -100n });
    await tale.refund("A-1", { amount: "30.00" }, "slice-1");
    await tale.refund("A-1", { amount: "20.00" }, "slice-2");
    expect(await balance(tale, mira.customerId)).toMatchObject({ available: 0n, owed: -300n });
    expect((await advocates(tale))[0]).toMatchObject({
      state: "issued",
      reversedMinor: 500n,
      recoveredMinor: 500n,
      costMinor: 300n,
    });
    await books(tale);
  });

  it("claims cash that was paid and coupons that were used", async () => {
    const tale = await strict({ benefit: { kind: "cash" } });
    const mira = await tale.advocate("Mira");
    await tale.claim("Tom", mira.code);
    await tale.purchase("Tom", "A-1", "80.00");
    await deliverReward(tale.scope, { rewardId: (await advocates(tale))[0]!.id });
    await tale.refund("A-1");
    expect(await balance(tale, mira.customerId)).toMatchObject({ issued: 0n, owed: -1000n });
    expect((await advocates(tale))[0]).toMatchObject({
      state: "reversed",
      recoveredMinor: 1000n,
      costMinor: 0n,
    });

    // The next cash reward pays it: nothing is left to hand over.
    await tale.claim("Uli", mira.code);
    await tale.purchase("Uli", "A-2", "80.00");
    expect((await withheld(tale))[1]).toEqual({
      state: "used",
      withheldMinor: 1000n,
      reason: "kept_back",
    });
    expect(await balance(tale, mira.customerId)).toMatchObject({ issued: 0n, owed: 0n });
    await books(tale);
  });

  it("claims again what a cash reward had paid, and leaves the other cash of its owner alone", async () => {
    const tale = await strict({ benefit: { kind: "cash" } });
    const mira = await tale.advocate("Mira");
    await tale.claim("Tom", mira.code);
    await tale.purchase("Tom", "A-1", "80.00");
    const [first] = await advocates(tale);
    await deliverReward(tale.scope, { rewardId: first!.id });
    await tale.refund("A-1", { amount: "80.00" });
    // Half of the debt is let go, so that the next reward pays the other half and brings the rest.
    await adjustBalance(tale.scope, {
      customerId: mira.customerId,
      asset: tale.scope.asset,
      minor: 500n,
      reason: "Half of it was our mistake",
    });
    await tale.claim("Uli", mira.code);
    await tale.purchase("Uli", "A-2", "80.00");
    await tale.claim("Vera", mira.code);
    await tale.purchase("Vera", "A-3", "80.00");
    expect(await balance(tale, mira.customerId)).toMatchObject({ issued: 1500n, owed: 0n });
    await tale.refund("A-2");
    expect(await balance(tale, mira.customerId)).toMatchObject({ issued: 1000n, owed: -500n });
    await deliverReward(tale.scope, { rewardId: (await advocates(tale))[2]!.id });
    expect(await balance(tale, mira.customerId)).toMatchObject({ issued: 0n, owed: -500n });
    await books(tale);
  });

  it("does not undo a handing over of which a part was called back since", async () => {
    const tale = await strict({
      benefit: { kind: "cash" },
      calculator: { kind: "share_of_order", shareBp: 1000, atMost: null },
    });
    const mira = await tale.advocate("Mira");
    await tale.claim("Tom", mira.code);
    await tale.purchase("Tom", "A-1", "80.00");
    const [reward] = await advocates(tale);
    await deliverReward(tale.scope, { rewardId: reward!.id });
    await tale.refund("A-1", { amount: "30.00" });
    await expect(
      undoDelivery(tale.scope, { rewardId: reward!.id, reason: "The wrong one" }),
    ).rejects.toThrow(/called back since/);
    await books(tale);
  });

  it("gives a claim back when the rejection behind it is undone, also when it was paid meanwhile", async () => {
    for (const paid of [false, true]) {
      const tale = await strict();
      const mira = await tale.advocate("Mira");
      await tale.claim("Tom", mira.code);
      await tale.purchase("Tom", "A-1", "80.00");
      await spendAll(tale, mira.customerId, 1000n);
      const referralId = (await tale.referralOf("Tom"))!.id;
      await rejectReferral(tale.scope, { referralId, reason: "Same address" });
      expect(await balance(tale, mira.customerId)).toMatchObject({ available: 0n, owed: -1000n });
      if (paid) {
        await tale.claim("Uli", mira.code);
        await tale.purchase("Uli", "A-2", "80.00");
      }
      await undoRejection(tale.scope, { referralId });
      await tale.settle();
      expect(await balance(tale, mira.customerId)).toMatchObject({
        available: paid ? 1000n : 0n,
        owed: 0n,
        pending: 0n,
      });
      await books(tale);
    }
  });

  it("gives back the claim on cash that stays paid", async () => {
    const tale = await strict({ benefit: { kind: "cash" } });
    const mira = await tale.advocate("Mira");
    await tale.claim("Tom", mira.code);
    await tale.purchase("Tom", "A-1", "80.00");
    await deliverReward(tale.scope, { rewardId: (await advocates(tale))[0]!.id });
    const referralId = (await tale.referralOf("Tom"))!.id;
    await rejectReferral(tale.scope, { referralId, reason: "Same address" });
    await undoRejection(tale.scope, { referralId });
    await tale.settle();
    expect((await advocates(tale))[0]).toMatchObject({
      state: "used",
      reversedMinor: 0n,
      recoveredMinor: 0n,
      costMinor: 1000n,
    });
    expect(await balance(tale, mira.customerId)).toMatchObject({
      available: 0n,
      owed: 0n,
      issued: 0n,
    });
    await books(tale);
  });
});

it("points are claimed in points and paid in points", async () => {
  const tale = await strict({
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "100" },
  });
  const mira = await tale.advocate("Mira");
  await tale.claim("Tom", mira.code);
  await tale.purchase("Tom", "A-1", "80.00");
  const points = async () =>
    (await balancesOf(tale.scope, mira.customerId)).find(({ asset }) => asset === POINTS);
  await postTransfers(tale.scope, [
    {
      causeKey: "spend",
      from: { kind: "available", ownerId: mira.customerId, asset: POINTS },
      to: { kind: "spent", ownerId: tale.program.id, asset: POINTS },
      amount: { minor: 60n, asset: POINTS },
      memo: "Spent",
      occurredAt: new Date(),
    },
  ]);
  await tale.refund("A-1");
  expect(await points()).toMatchObject({ available: 0n, owed: -60n });
  await tale.claim("Uli", mira.code);
  await tale.purchase("Uli", "A-2", "80.00");
  expect(await points()).toMatchObject({ available: 40n, owed: 0n });
  await books(tale);
});
