import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { POINTS } from "@/lib/core/money";
import { addDays } from "@/lib/core/time";
import { adjustBalance } from "@/lib/ledger/commands/adjust-balance";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { lotsOf } from "@/lib/ledger/queries/balances";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { testSandbox } from "@/lib/merchants/testing";
import { story } from "@/lib/worker/testing";
import { deliverReward, voidReward } from "@/lib/rewards/commands";
import { pointsHistory, pointsOf } from "../points/queries/customer-points";
import { cancelRedemption, moveItem, redeemItem, saveItem, setItemState } from "./commands";
import {
  catalogueFor,
  itemById,
  listItems,
  listRedemptions,
  redemptionById,
  redemptionsOfCustomer,
} from "./queries";
import { itemSchema } from "./schema/item";
import { type CatalogueShop, catalogueShop, gift } from "./testing";

let shop: CatalogueShop;
let scope: Scope;
const item = (change?: Record<string, unknown>) => shop.item(change);
const customer = (points?: number) => shop.customer(points);
const redeem: CatalogueShop["redeem"] = (...input) => shop.redeem(...input);

/** The codes of those that were refused. */
function refusals(results: PromiseSettledResult<unknown>[]): string[] {
  return results.flatMap((result) =>
    result.status === "rejected"
      ? [(result.reason as { code: string }).code ?? String(result.reason)]
      : [],
  );
}

beforeAll(async () => {
  shop = catalogueShop(await story());
  ({ scope } = shop);
});
afterAll(async () => {
  // Whatever was bought and given back at once: the books add up, lots and all.
  expect((await checkLedger(scope)).differences).toEqual([]);
  await closeConnections();
});

describe("an item redeemed", () => {
  it("takes the points, gives what was bought and counts it, in one step", async () => {
    const buyer = await customer(250);
    const itemId = await item({
      points: 100,
      benefit: { kind: "amount_off" },
      calculator: { kind: "fixed", amount: "5" },
      stock: 3,
      validDays: 30,
    });
    const { redemptionId, rewardId, created } = await redeem(itemId, buyer);
    expect(created).toBe(true);
    expect((await pointsOf(scope, buyer)).points).toBe(150n);
    const row = await redemptionById(scope, redemptionId);
    expect(row).toMatchObject({
      state: "done",
      points: 100n,
      rewardId,
      rewardState: "issued",
      couponCode: expect.stringContaining("-"),
    });
    expect(await itemById(scope, itemId)).toMatchObject({ redeemed: 1, left: 2 });
    const reward = await inScope(scope, ({ db }) =>
      db.reward.findUniqueOrThrow({
        where: { merchantId_id: { merchantId: scope.merchantId, id: rewardId } },
      }),
    );
    expect(reward).toMatchObject({
      costMinor: 0n,
      amountMinor: 500n,
      ruleId: `catalogue:${itemId}`,
    });
    const [line] = (await pointsHistory(scope, buyer, { limit: 1 })).rows;
    expect(line).toMatchObject({
      kind: "redeemed",
      minor: -100n,
      itemName: { en: "Cup", sq: "", zh: "杯子" },
      reward: { id: rewardId },
    });
  });

  it("is had once for one key, whatever is sent twice", async () => {
    const buyer = await customer(1_000);
    const [itemId, other] = [await item(), await item()];
    const results = await Promise.all([1, 2, 3, 4].map(() => redeem(itemId, buyer, "basket-1")));
    expect(results.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(results.map(({ redemptionId }) => redemptionId)).size).toBe(1);
    expect((await pointsOf(scope, buyer)).points).toBe(900n);
    await expect(redeem(other, buyer, "basket-1")).rejects.toMatchObject({
      code: "idempotency_conflict",
    });
  });

  it("is refused with its reason, and nothing has happened then", async () => {
    const buyer = await customer(100);
    const tier = await inScope(scope, ({ db }) =>
      db.tier.create({
        data: {
          merchantId: scope.merchantId,
          id: "tir_gold",
          rank: 2,
          name: "Gold",
          threshold: 1n,
          benefits: {},
          color: "#aa8800",
          icon: "star",
          createdAt: new Date(),
          updatedAt: new Date(),
        },
      }),
    );
    const [dear, gold, off, single] = [
      await item({ points: 101 }),
      await item({ tier: tier.id }),
      await item(),
      await item({ points: 10, perPerson: 1 }),
    ];
    await setItemState(scope, { itemId: off, state: "disabled" });
    await redeem(single, buyer);
    for (const [itemId, code] of [
      [dear, "not_enough_points"],
      [gold, "tier_required"],
      [off, "not_offered"],
      [single, "limit_reached"],
    ] as const) {
      await expect(redeem(itemId, buyer)).rejects.toMatchObject({ code, status: 409 });
    }
    await expect(redeem("itm_none", buyer)).rejects.toMatchObject({ code: "not_found" });
    expect((await pointsOf(scope, buyer)).points).toBe(90n);
    expect(await redemptionsOfCustomer(scope, buyer, 10)).toHaveLength(1);
  });

  it("out of a pool that has run dry is sold out, and costs nothing", async () => {
    const buyer = await customer(100);
    await inScope(scope, ({ db }) =>
      db.couponPool.create({
        data: {
          merchantId: scope.merchantId,
          id: "pool_1",
          name: "Codes",
          lowAt: 0,
          createdAt: new Date(),
          codes: { create: [{ code: "ONLY-ONE", addedAt: new Date() }] },
        },
      }),
    );
    const itemId = await item({
      points: 50,
      benefit: { kind: "free_shipping", unitCost: "0", codes: { kind: "pool", poolId: "pool_1" } },
    });
    expect((await itemById(scope, itemId)).left).toBe(1);
    const { redemptionId } = await redeem(itemId, buyer);
    expect((await redemptionById(scope, redemptionId)).couponCode).toBe("ONLY-ONE");
    expect(
      (await catalogueFor(scope, buyer)).items.find(({ id }) => id === itemId)?.refusal?.code,
    ).toBe("sold_out");
    await expect(redeem(itemId, buyer)).rejects.toMatchObject({ code: "sold_out" });
    expect((await pointsOf(scope, buyer)).points).toBe(50n);
    const own = { ...scope, actor: { kind: "customer", id: buyer, label: "Buyer" } } as Scope;
    await expect(cancelRedemption(own, { redemptionId })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("at the same time", () => {
  it("twenty who want the last one: one gets it, the others are told", async () => {
    const itemId = await item({ points: 10, stock: 1 });
    const buyers: string[] = [];
    for (let count = 0; count < 20; count += 1) buyers.push(await customer(10));
    const results = await Promise.allSettled(buyers.map((buyer) => redeem(itemId, buyer)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(refusals(results)).toEqual(Array.from({ length: 19 }, () => "sold_out"));
    expect(await itemById(scope, itemId)).toMatchObject({ redeemed: 1, left: 0 });
    const sums = await Promise.all(
      buyers.map(async (buyer) => (await pointsOf(scope, buyer)).points),
    );
    expect(sums.filter((points) => points === 10n)).toHaveLength(19);
  });

  it("two redemptions with points for one: one wins", async () => {
    const buyer = await customer(100);
    const items = [await item(), await item()];
    const results = await Promise.allSettled(items.map((itemId) => redeem(itemId, buyer)));
    expect(refusals(results)).toEqual(["not_enough_points"]);
    expect((await pointsOf(scope, buyer)).points).toBe(0n);
  });

  it("a redemption and its cancelling, over and over, end where they began", async () => {
    const itemId = await item({ points: 10, stock: 2 });
    const buyers = [await customer(20), await customer(20), await customer(20)];
    await Promise.all(
      buyers.map(async (buyer) => {
        for (let round = 0; round < 4; round += 1) {
          const got = await redeem(itemId, buyer).catch((error: { code: string }) => error.code);
          if (typeof got === "string") expect(got).toBe("sold_out");
          else
            await Promise.all(
              [1, 2].map(() =>
                cancelRedemption(scope, { redemptionId: got.redemptionId, reason: "Trying" }),
              ),
            );
        }
      }),
    );
    expect(await itemById(scope, itemId)).toMatchObject({ redeemed: 0, left: 2 });
    for (const buyer of buyers) expect((await pointsOf(scope, buyer)).points).toBe(20n);
  });
});

describe("a redemption cancelled", () => {
  it("returns the very lots that it took, those that expire first", async () => {
    const buyer = await customer();
    await shop.give(buyer, 30, 90);
    await shop.give(buyer, 50, 10);
    await shop.give(buyer, 40);
    const lots = async () =>
      (await lotsOf(scope, buyer, POINTS)).map(({ id, remainingMinor }) => [id, remainingMinor]);
    const before = await lots();
    expect(before.map(([, left]) => left)).toEqual([50n, 30n, 40n]);
    const { redemptionId, rewardId } = await redeem(await item({ points: 60 }), buyer);
    expect((await lots()).map(([, left]) => left)).toEqual([20n, 40n]);
    const own = { ...scope, actor: { kind: "customer", id: buyer, label: "Buyer" } } as Scope;
    expect(await cancelRedemption(own, { redemptionId })).toEqual({ cancelled: true });
    expect(await cancelRedemption(own, { redemptionId })).toEqual({ cancelled: false });
    expect(await lots()).toEqual(before);
    expect((await pointsOf(scope, buyer)).nextExpiry).toMatchObject({ minor: 50n });
    expect(await redemptionById(scope, redemptionId)).toMatchObject({
      state: "cancelled",
      rewardState: "reversed",
      cancelledBy: "Buyer",
      rewardId,
    });
    expect(
      (await pointsHistory(scope, buyer, { limit: 2 })).rows.map(({ kind, minor }) => [
        kind,
        minor,
      ]),
    ).toEqual([
      ["returned", 60n],
      ["redeemed", -60n],
    ]);
  });

  it("makes its code void, and takes credit back only whole", async () => {
    const buyer = await customer(300);
    const coupon = await redeem(
      await item({ benefit: { kind: "amount_off" }, calculator: { kind: "fixed", amount: "5" } }),
      buyer,
    );
    await cancelRedemption(scope, { redemptionId: coupon.redemptionId, reason: "Ordered twice" });
    expect(await redemptionById(scope, coupon.redemptionId)).toMatchObject({
      couponCode: null,
      reason: "Ordered twice",
      cancelledBy: "Test",
    });
    const credit = await redeem(
      await item({ benefit: { kind: "credit" }, calculator: { kind: "fixed", amount: "5" } }),
      buyer,
    );
    await cancelRedemption(scope, {
      redemptionId: credit.redemptionId,
      reason: "Changed their mind",
    });
    expect((await pointsOf(scope, buyer)).points).toBe(300n);
  });

  it("lends nobody credit that was spent, whatever the policy is", async () => {
    const policy = (clawbackPolicy: string) =>
      inScope(scope, ({ db, merchantId }) =>
        db.merchant.update({ where: { id: merchantId }, data: { clawbackPolicy } }),
      );
    const buyer = await customer(200);
    const itemId = await item({
      benefit: { kind: "credit" },
      calculator: { kind: "fixed", amount: "5" },
    });
    const [one, other] = [await redeem(itemId, buyer), await redeem(itemId, buyer)];
    await adjustBalance(scope, {
      customerId: buyer,
      asset: scope.asset,
      minor: -800n,
      reason: "Spent in the shop",
    });
    await policy("negative");
    await expect(
      cancelRedemption(scope, { redemptionId: one.redemptionId, reason: "Changed their mind" }),
    ).rejects.toThrow(/spent already/);
    await policy("clamp");
    await voidReward(scope, { rewardId: other.rewardId, reason: "Given by mistake" });
    await expect(
      cancelRedemption(scope, { redemptionId: other.redemptionId, reason: "Points back" }),
    ).rejects.toThrow(/spent already/);
    expect((await pointsOf(scope, buyer)).points).toBe(0n);
  });

  it("is possible until it is delivered, by its owner and no one else", async () => {
    const [buyer, stranger] = [await customer(200), await customer()];
    const { redemptionId, rewardId } = await redeem(await item(), buyer);
    const as = (id: string) =>
      ({ ...scope, actor: { kind: "customer", id, label: "Someone" } }) as Scope;
    await expect(cancelRedemption(as(stranger), { redemptionId })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(
      redeemItem(as(stranger), {
        itemId: await item(),
        customerId: buyer,
        programId: shop.programId,
        requestKey: "theirs",
      }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await deliverReward(scope, { rewardId });
    for (const by of [as(buyer), scope])
      await expect(
        cancelRedemption(by, { redemptionId, reason: "Too late" }),
      ).rejects.toMatchObject({ code: "conflict" });
    expect((await pointsOf(scope, buyer)).points).toBe(100n);
  });
});

describe("the catalogue", () => {
  it("is the same in test mode, where redemptions stay apart", async () => {
    const itemId = await item({
      stock: 5,
      benefit: { kind: "amount_off", codes: { kind: "pool", poolId: "pool_1" } },
      calculator: { kind: "fixed", amount: "5" },
    });
    const sandbox = await testSandbox(scope);
    expect(await itemById(sandbox, itemId)).toMatchObject({
      stock: 5,
      left: 5,
      worth: { benefit: { kind: "amount_off" } },
    });
    expect((await itemById(sandbox, itemId)).worth.benefit).not.toHaveProperty("codes");
    await setItemState(scope, { itemId, state: "disabled" });
    expect((await itemById(sandbox, itemId)).state).toBe("disabled");
  });

  it("keeps what customers have when stock is reduced, and its order when items move", async () => {
    const buyer = await customer(500);
    const itemId = await item({ stock: 5 });
    await redeem(itemId, buyer);
    await redeem(itemId, buyer);
    const less = (stock: number) =>
      saveItem(scope, {
        ...itemSchema.parse({ name: { en: "Cup" }, points: 120, benefit: gift, stock }),
        itemId,
      });
    await expect(less(1)).rejects.toMatchObject({ code: "conflict", path: "stock" });
    await less(2);
    expect(await itemById(scope, itemId)).toMatchObject({ left: 0, pricePoints: 120n });
    const order = async () => (await listItems(scope, { limit: 200 })).rows.map(({ id }) => id);
    const before = await order();
    await moveItem(scope, { itemId, direction: "up" });
    expect((await order()).indexOf(itemId)).toBe(before.indexOf(itemId) - 1);
    const page = await listItems(scope, { limit: 2, search: "cup" });
    const next = await listItems(scope, { limit: 200, search: "cup", cursor: page.nextCursor! });
    expect([...page.rows, ...next.rows].map(({ id }) => id)).toEqual(await order());
  });

  it("lists who bought what, a page at a time", async () => {
    const itemId = await item({ points: 1 });
    const buyer = await customer(5);
    for (let count = 0; count < 3; count += 1) await redeem(itemId, buyer);
    const first = await listRedemptions(scope, { item: itemId, limit: 2 });
    const rest = await listRedemptions(scope, {
      item: itemId,
      limit: 2,
      cursor: first.nextCursor!,
    });
    expect([first.rows.length, rest.rows.length, rest.nextCursor]).toEqual([2, 1, null]);
    expect(
      await listRedemptions(scope, { customer: buyer, state: "cancelled", limit: 5 }),
    ).toMatchObject({ rows: [] });
  });

  it("counts no expired lot, swept or not", async () => {
    const buyer = await customer();
    await shop.give(buyer, 100, 5);
    const later = { ...scope, clockOffsetMs: BigInt(addDays(new Date(0), 6).getTime()) } as Scope;
    expect((await pointsOf(later, buyer)).points).toBe(0n);
    expect((await catalogueFor(later, buyer)).points).toBe(0n);
  });
});
