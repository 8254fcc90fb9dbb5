import { afterAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { POINTS } from "@/lib/core/money";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { balancesOf, lotsOf } from "@/lib/ledger/queries/balances";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { stepsOfRewards } from "@/lib/rewards/queries/rewards";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";
import { pointsOf } from "../../points/queries/customer-points";
import { type CatalogueShop, catalogueShop } from "../testing";
import { cancelRedemption } from ".";

afterAll(closeConnections);

type Policy = "clamp" | "negative";

/** A shop whose advocate earns a point for each 1.00 of a friend's first purchase. */
async function pointsShop(policy: Policy) {
  const shop = await story({
    rules: [
      advocateCredit({
        benefit: { kind: "points" },
        calculator: { kind: "per_unit", amount: "1", per: "1.00", atMost: null },
      }),
    ],
  });
  const { scope } = shop;
  await inScope(scope, ({ db, merchantId }) =>
    db.merchant.update({
      where: { id: merchantId },
      data: { clawbackPolicy: policy, pointCostMilli: 1_000 },
    }),
  );
  const catalogue = catalogueShop(shop);
  const { customerId, code } = await shop.advocate("Mira");
  return { ...actionsIn(shop, catalogue, { customerId, code }), scope };
}

function actionsIn(
  shop: Story,
  catalogue: CatalogueShop,
  { customerId, code }: { customerId: string; code: string },
) {
  const { scope } = shop;
  return {
    customerId,
    /** Earns so many points by a friend's order of that name. */
    async earn(order: string, points = 100) {
      await shop.claim(`friend-${order}`, code);
      await shop.purchase(`friend-${order}`, order, points.toFixed(2));
    },
    refund: (order: string, amount?: number) =>
      shop.refund(order, amount === undefined ? {} : { amount: amount.toFixed(2) }),
    async redeem(points = 100) {
      const itemId = await catalogue.item({ points });
      return (await catalogue.redeem(itemId, customerId)).redemptionId;
    },
    async cancel(redemptionId: string) {
      return cancelRedemption(as(scope, customerId), { redemptionId });
    },
    points: async () => Number((await pointsOf(scope, customerId)).points),
    rewardOf: (orderId: string) =>
      inScope(scope, async ({ db, merchantId }) => {
        const { id, state, reason, ...row } = await db.reward.findFirstOrThrow({
          where: { merchantId, orderId },
        });
        const steps = (await stepsOfRewards(scope, [id])).get(id)!;
        return {
          is: `${state} ${reason}`,
          reversed: Number(row.reversedMinor),
          recovered: Number(row.recoveredMinor),
          cost: Number(row.costMinor),
          steps: steps
            .filter(({ reversalReason, reason }) => reversalReason || reason === "recovered")
            .map(({ reason, amountMinor, costMinor }) => `${reason} ${amountMinor} ${costMinor}`),
        };
      }),
    /** What is left in lots, of which rewards' orders. */
    lots: () =>
      inScope(scope, async ({ db, merchantId }) => {
        const lots = await lotsOf(scope, customerId, POINTS);
        const rewards = await db.reward.findMany({ where: { merchantId } });
        return lots.map(({ rewardId, remainingMinor }) => {
          const order = rewards.find(({ id }) => id === rewardId)?.orderId;
          return `${order ?? "nobody"} ${remainingMinor}`;
        });
      }),
    async check() {
      expect((await checkLedger(scope)).differences).toEqual([]);
      const [{ cost, budget, funding }] = await inScope(
        scope,
        ({ db, merchantId }) => db.$queryRaw<[{ cost: bigint; budget: bigint; funding: bigint }]>`
          SELECT (SELECT sum(cost_minor) FROM reward WHERE merchant_id = ${merchantId})::bigint
              AS cost,
            (SELECT cost_minor FROM program_budget WHERE merchant_id = ${merchantId}) AS budget,
            (SELECT -balance_minor FROM ledger_account WHERE merchant_id = ${merchantId}
              AND kind = 'funding' AND asset = ${POINTS}) AS funding`,
      );
      // A point costs a cent here: what was not got back is what it costs.
      expect([cost, budget]).toEqual([funding, funding]);
    },
  };
}

function as(scope: Scope, customerId: string): Scope {
  return { ...scope, actor: { kind: "customer", id: customerId, label: "Mira" } };
}

describe.each(["clamp", "negative"] as const)("under %s, a redemption cancelled", (policy) => {
  it("gives a reward that was reversed meanwhile nothing back, again and again", async () => {
    const shop = await pointsShop(policy);
    await shop.earn("o1");
    const redemption = await shop.redeem();
    await shop.refund("o1");
    expect(await shop.points()).toBe(policy === "clamp" ? 0 : -100);
    await shop.check();
    await shop.cancel(redemption);
    expect(await shop.points()).toBe(0);
    expect(await shop.lots()).toEqual([]);
    expect(await shop.rewardOf("o1")).toEqual({
      is: "reversed refunded",
      reversed: 100,
      recovered: 100,
      cost: 0,
      steps: policy === "clamp" ? ["refunded 0 0", "recovered 100 -100"] : ["refunded 100 -100"],
    });
    await shop.check();
    expect(await shop.cancel(redemption)).toEqual({ cancelled: false });
    await expect(shop.redeem()).rejects.toMatchObject({ code: "not_enough_points" });

    // And what is earned later is the customer's own, through any number of rounds.
    await shop.earn("o2");
    for (let round = 0; round < 3; round += 1) await shop.cancel(await shop.redeem());
    expect(await shop.points()).toBe(100);
    const last = await shop.redeem();
    await shop.refund("o2");
    await shop.cancel(last);
    expect(await shop.points()).toBe(0);
    expect(await shop.lots()).toEqual([]);
    await shop.check();
  });

  it("gives back what part of the order is left, in parts", async () => {
    const shop = await pointsShop(policy);
    await shop.earn("o1");
    const [one, other] = [await shop.redeem(60), await shop.redeem(40)];
    await shop.refund("o1", 50);
    await shop.refund("o1", 30);
    await shop.cancel(other);
    expect(await shop.points()).toBe(policy === "clamp" ? 0 : -40);
    expect(await shop.rewardOf("o1")).toMatchObject({
      is: "issued partly_refunded",
      reversed: 80,
      recovered: policy === "clamp" ? 40 : 80,
      cost: policy === "clamp" ? 60 : 20,
    });
    await shop.cancel(one);
    expect(await shop.points()).toBe(20);
    expect(await shop.lots()).toEqual(["o1 20"]);
    await shop.check();
    const again = await shop.redeem(20);
    await shop.refund("o1");
    await shop.cancel(again);
    expect(await shop.points()).toBe(0);
    expect(await shop.rewardOf("o1")).toMatchObject({ reversed: 100, recovered: 100, cost: 0 });
    await shop.check();
  });

  it("returns to other rewards what they stood in with", async () => {
    const shop = await pointsShop(policy);
    await shop.earn("o1");
    const redemption = await shop.redeem();
    await shop.earn("o2", 70);
    await shop.refund("o1");
    expect(await shop.points()).toBe(policy === "clamp" ? 0 : -30);
    await shop.cancel(redemption);
    expect(await shop.points()).toBe(70);
    expect(await shop.lots()).toEqual(["o2 70"]);
    await shop.check();
    await shop.refund("o2");
    expect(await shop.points()).toBe(0);
    expect(await shop.rewardOf("o2")).toMatchObject({ recovered: 70, cost: 0 });
    await shop.check();
  });

  it("ends the same as if it had been cancelled before the refund", async () => {
    const shop = await pointsShop(policy);
    await shop.earn("o1");
    await shop.earn("o2", 50);
    // Out of o1, then out of the rest of o1 and o2.
    const [one, other] = [await shop.redeem(80), await shop.redeem(60)];
    await shop.refund("o2");
    expect(await shop.points()).toBe(policy === "clamp" ? 0 : -40);
    await shop.cancel(one);
    expect(await shop.points()).toBe(40);
    expect(await shop.rewardOf("o2")).toMatchObject({ recovered: 50, cost: 0 });
    await shop.check();
    await shop.refund("o1");
    await shop.cancel(other);
    expect(await shop.points()).toBe(0);
    expect(await shop.lots()).toEqual([]);
    await shop.check();
  });
});

describe("what was earned after a reversal", () => {
  it("is not taken for it when its own redemption is cancelled, under clamp", async () => {
    const shop = await pointsShop("clamp");
    await shop.earn("o1");
    const first = await shop.redeem();
    await shop.refund("o1");
    await shop.earn("o2");
    await shop.cancel(await shop.redeem());
    expect(await shop.points()).toBe(100);
    expect(await shop.rewardOf("o1")).toMatchObject({ recovered: 0, cost: 100 });
    await shop.cancel(first);
    expect(await shop.points()).toBe(100);
    expect(await shop.lots()).toEqual(["o2 100"]);
    expect(await shop.rewardOf("o1")).toMatchObject({ recovered: 100, cost: 0 });
    await shop.check();
  });

  it("has what it repaid again when the claim comes back, under negative", async () => {
    const shop = await pointsShop("negative");
    await shop.earn("o1");
    const first = await shop.redeem();
    await shop.refund("o1");
    await shop.earn("o2", 130);
    expect(await shop.points()).toBe(30);
    await shop.cancel(first);
    expect(await shop.points()).toBe(130);
    expect((await shop.lots()).sort()).toEqual(["o2 100", "o2 30"]);
    expect((await balancesOf(shop.scope, shop.customerId))[0]).toMatchObject({ owed: 0n });
    await shop.check();
    await shop.refund("o2");
    expect(await shop.points()).toBe(0);
    await shop.check();
  });
});
