import { afterAll, beforeAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { inScope } from "@/lib/merchants/scope";
import { type Story, story } from "@/lib/worker/testing";
import type { Benefit, Calculator } from "@/lib/terms/schema";
import { type OutrightGrant, grantOutright, voidReward } from "..";

let shop: Story;
let customerId: string;

beforeAll(async () => {
  shop = await story({ budget: { cost: "0", rewards: 1 } });
  customerId = (await shop.advocate("Ana")).customerId;
});
afterAll(closeConnections);

const AT = new Date("2026-05-01T10:00:00Z");
function gift(
  benefit: Benefit,
  calculator: Calculator,
  change: Partial<OutrightGrant> = {},
): OutrightGrant {
  return {
    programId: shop.program.id,
    customerId,
    source: "goodwill",
    ruleId: "goodwill",
    causeRef: { kind: "review", ref: `test:${Math.random()}` },
    eventId: null,
    benefit,
    calculator,
    holdDays: 0,
    at: AT,
    facts: { why: "test" },
    ...change,
  };
}
const fixed = (amount: string): Calculator => ({ kind: "fixed", amount });
const read = (id: string) =>
  inScope(shop.scope, ({ db, merchantId }) =>
    db.reward.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id } },
      include: { coupon: true },
    }),
  );
const balance = async (kind: "available" | "funding", ownerId: string, asset: string) =>
  (await balancesOf(shop.scope, ownerId)).find((row) => row.asset === asset)?.[kind] ?? 0n;

it("grants once per cause, however many ask at once, and releases without a hold", async () => {
  const input = gift({ kind: "credit" }, fixed("12.50"), {
    causeRef: { kind: "review", ref: "one" },
    costMinor: 0n,
  });
  const given = await Promise.all(
    Array.from({ length: 6 }, () => grantOutright(shop.scope, input)),
  );
  expect(new Set(given.map(({ rewardId }) => rewardId)).size).toBe(1);
  expect(await read(given[0]!.rewardId)).toMatchObject({
    state: "issued",
    amountMinor: 1250n,
    costMinor: 0n,
    eventId: null,
    advocateId: null,
  });
  expect(await balance("available", customerId, "USD/2")).toBe(1250n);
  expect(await balance("funding", shop.program.id, "USD/2")).toBe(-1250n);
});

it("works out the cost by default, and takes no room under the budget", async () => {
  const { rewardId } = await grantOutright(
    shop.scope,
    gift({ kind: "points" }, fixed("300"), { holdDays: 36_500 }),
  );
  expect(await read(rewardId)).toMatchObject({
    state: "held",
    amountMinor: 300n,
    asset: "PTS/0",
    costMinor: 300n,
  });
  await voidReward(shop.scope, { rewardId, reason: "A mistake" });
  expect(await read(rewardId)).toMatchObject({ state: "voided", costMinor: 0n });
  const budget = await inScope(shop.scope, ({ db }) =>
    db.programBudget.findFirstOrThrow({ where: { programId: shop.program.id } }),
  );
  expect(budget).toMatchObject({ rewards: 0, costMinor: 0n });
});

it("issues coupons and leaves to staff what they deliver", async () => {
  const coupon = await grantOutright(
    shop.scope,
    gift({ kind: "free_shipping", unitCost: "4" }, { kind: "none" }),
  );
  expect(await read(coupon.rewardId)).toMatchObject({
    state: "issued",
    costMinor: 400n,
    amountMinor: null,
    coupon: { customerId },
  });
  const bike = await grantOutright(
    shop.scope,
    gift({ kind: "gift", title: "A bike", unitCost: "120" }, { kind: "none" }),
  );
  expect(await read(bike.rewardId)).toMatchObject({
    state: "available",
    reason: "to_be_given",
    costMinor: 12_000n,
  });
});

it("refuses what it cannot work out", async () => {
  const share: Calculator = { kind: "share_of_order", shareBp: 1000, atMost: null };
  await expect(grantOutright(shop.scope, gift({ kind: "credit" }, share))).rejects.toMatchObject({
    code: "invalid_request",
  });
  await expect(
    grantOutright(shop.scope, gift({ kind: "credit" }, fixed("0"))),
  ).rejects.toMatchObject({
    code: "invalid_request",
  });
  await expect(
    grantOutright(shop.scope, gift({ kind: "credit" }, fixed("1"), { programId: "prg_nowhere" })),
  ).rejects.toMatchObject({ code: "not_found" });
});
