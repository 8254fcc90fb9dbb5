import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { adjustBalance } from "@/lib/ledger/commands/adjust-balance";
import { balancesOf, transfersOfReward } from "@/lib/ledger/queries/balances";
import { inScope } from "@/lib/merchants/scope";
import type { Benefit, Calculator } from "@/lib/terms/schema";
import { stepsOfRewards } from "@/lib/rewards/queries/rewards";
import { type Story, story, testTerms } from "@/lib/worker/testing";
import { grantOutright, type OutrightGrant, reverseReward } from "..";
import { createPool } from "../../coupons/commands/manage-pools";

let shop: Story;
let customerId: string;
beforeAll(async () => {
  shop = await story(testTerms());
  customerId = (await shop.advocate("Ana")).customerId;
  await inScope(shop.scope, ({ db, merchantId }) =>
    db.merchant.update({ where: { id: merchantId }, data: { clawbackPolicy: "negative" } }),
  );
});
afterAll(closeConnections);

const AT = new Date("2026-05-01T10:00:00Z");
const fixed = (amount: string): Calculator => ({ kind: "fixed", amount });

function outright(
  benefit: Benefit,
  calculator: Calculator = { kind: "none" },
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
    facts: {},
    ...change,
  };
}

/** A reward as its row, its receipt, the ledger and its owner's emails tell of it, in lines. */
async function storyOf(rewardId: string): Promise<string[]> {
  const { row, emails } = await inScope(shop.scope, async ({ db, merchantId }) => ({
    row: await db.reward.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: rewardId } },
      include: { coupon: true },
    }),
    emails: await db.message.findMany({
      where: { merchantId, causeKey: { contains: rewardId } },
      orderBy: { id: "asc" },
    }),
  }));
  const steps = (await stepsOfRewards(shop.scope, [rewardId])).get(rewardId)!;
  const when = (at: Date) => (at.getTime() === row.earnedAt.getTime() ? "when earned" : "now");
  const set = (name: string, value: unknown) => (value === null ? "" : ` ${name}`);
  return [
    `${row.state} ${row.reason} ${row.amountMinor} ${row.asset} cost ${row.costMinor}` +
      ` withheld ${row.withheldMinor}` +
      set("available", row.availableAt) +
      set("issued", row.issuedAt) +
      set("expires", row.expiresAt) +
      set("reminds", row.remindAt) +
      set("waits", row.waitingPoolId) +
      set("coupon", row.coupon),
    ...steps.map(
      (step) =>
        `step ${step.state} ${step.reason} ${when(step.at)} ${step.amountMinor}` +
        ` cost ${step.costMinor}`,
    ),
    ...(await transfersOfReward(shop.scope, rewardId)).map(
      ({ causeKey, from, to, amount, memo }) =>
        `${causeKey.replace(rewardId, "").replace(/\d{6,}/, "…")} ${from.kind} ${to.kind}` +
        ` ${amount.minor} ${memo}`,
    ),
    ...emails.map(({ template }) => `email ${template}`),
  ];
}

const grant = async (...asked: Parameters<typeof outright>) =>
  storyOf((await grantOutright(shop.scope, outright(...asked))).rewardId);

/** Spends a reward before it is reversed, so that its owner owes it. */
async function owe(benefit: Benefit, amount: string): Promise<void> {
  const { rewardId } = await grantOutright(shop.scope, outright(benefit, fixed(amount)));
  const asset = benefit.kind === "points" ? "PTS/0" : "USD/2";
  const minor = (await balancesOf(shop.scope, customerId)).find((one) => one.asset === asset)!;
  const spent = { customerId, asset, minor: -minor.available, reason: "Spent" } as const;
  await adjustBalance(shop.scope, spent);
  await reverseReward(shop.scope, rewardId, "refunded", { key: rewardId, at: new Date() });
}

describe("a reward without a hold", () => {
  it("of credit is added to the balance, and expires as one that was held", async () => {
    expect(
      await grant({ kind: "credit" }, fixed("12.50"), {
        expiry: { unissuedDays: 30, issuedDays: 3_600, remindDays: 7 },
      }),
    ).toMatchInlineSnapshot(`
      [
        "issued credited 1250 USD/2 cost 1250 withheld 0 available issued expires reminds",
        "step held given_outright when earned 1250 cost 1250",
        "step available no_hold when earned null cost 0",
        "step issued credited now null cost 0",
        "reward::grant funding pending 1250 Reward granted",
        "reward::release:… pending available 1250 Hold ended",
        "email reward_available",
      ]
    `);
  });

  it("is written once", async () => {
    const updates = await inScope(shop.scope, async (tx) => {
      await grantOutright(tx, outright({ kind: "credit" }, fixed("2")));
      const [row] = await tx.db.$queryRaw<[{ updated: bigint }]>`
        SELECT pg_stat_get_xact_tuples_updated('reward'::regclass) AS updated`;
      return row.updated;
    });
    expect(updates).toBe(0n);
  });

  it("of a rule takes the same steps", async () => {
    const ben = await shop.advocate("Ben");
    await shop.claim("cleo", ben.code);
    await shop.purchase("cleo", "o-1", "40");
    const rewards = await inScope(shop.scope, ({ db, merchantId }) =>
      db.reward.findMany({
        where: { merchantId, NOT: { ruleId: "goodwill" } },
        orderBy: { id: "asc" },
      }),
    );
    expect(await Promise.all(rewards.map(({ id }) => storyOf(id)))).toMatchInlineSnapshot(`
      [
        [
          "issued coupon_issued 500 USD/2 cost 500 withheld 0 available issued coupon",
          "step held granted when earned 500 cost 500",
          "step available no_hold when earned null cost 0",
          "step issued coupon_issued now null cost 0",
          "reward::grant funding pending 500 Reward granted",
          "reward::release:… pending issued 500 Hold ended",
          "email reward_available",
        ],
        [
          "issued credited 1000 USD/2 cost 1000 withheld 0 available issued",
          "step held granted when earned 1000 cost 1000",
          "step available no_hold when earned null cost 0",
          "step issued credited now null cost 0",
          "reward::grant funding pending 1000 Reward granted",
          "reward::release:… pending available 1000 Hold ended",
          "email reward_available",
        ],
      ]
    `);
  });

  it("is a coupon with its code, or waits for one", async () => {
    expect(await grant({ kind: "amount_off" }, fixed("5"))).toMatchInlineSnapshot(`
      [
        "issued coupon_issued 500 USD/2 cost 500 withheld 0 available issued coupon",
        "step held given_outright when earned 500 cost 500",
        "step available no_hold when earned null cost 0",
        "step issued coupon_issued now null cost 0",
        "reward::grant funding pending 500 Reward granted",
        "reward::release:… pending issued 500 Hold ended",
        "email reward_available",
      ]
    `);
    const { id } = await createPool(shop.scope, { name: "Empty", lowAt: 0 });
    expect(await grant({ kind: "amount_off", codes: { kind: "pool", poolId: id } }, fixed("5")))
      .toMatchInlineSnapshot(`
      [
        "available waiting_for_code 500 USD/2 cost 500 withheld 0 available waits",
        "step held given_outright when earned 500 cost 500",
        "step available no_hold when earned null cost 0",
        "step available waiting_for_code now null cost 0",
        "reward::grant funding pending 500 Reward granted",
        "reward::release:… pending issued 500 Hold ended",
      ]
    `);
  });

  it("waits for staff where they deliver or pay it", async () => {
    expect(await grant({ kind: "gift", title: "A bowl", unitCost: "9" })).toMatchInlineSnapshot(`
      [
        "available to_be_given null null cost 900 withheld 0 available",
        "step held given_outright when earned null cost 900",
        "step available no_hold when earned null cost 0",
        "step available to_be_given now null cost 0",
        "email reward_available",
      ]
    `);
    expect(await grant({ kind: "cash" }, fixed("7"))).toMatchInlineSnapshot(`
      [
        "available payable 700 USD/2 cost 700 withheld 0 available",
        "step held given_outright when earned 700 cost 700",
        "step available no_hold when earned null cost 0",
        "step available payable now null cost 0",
        "reward::grant funding pending 700 Reward granted",
        "reward::release:… pending issued 700 Hold ended",
        "email reward_available",
      ]
    `);
  });

  it("that was earned longer ago than its hold is released at once as well", async () => {
    expect(await grant({ kind: "credit" }, fixed("3"), { holdDays: 2 })).toMatchInlineSnapshot(`
      [
        "issued credited 300 USD/2 cost 300 withheld 0 available issued",
        "step held on_hold when earned 300 cost 300",
        "step available hold_over now null cost 0",
        "step issued credited now null cost 0",
        "reward::grant funding pending 300 Reward granted",
        "reward::release:… pending available 300 Hold ended",
        "email reward_available",
      ]
    `);
  });

  it("of points pays first what its owner owes", async () => {
    await owe({ kind: "points" }, "25");
    expect(await grant({ kind: "points" }, fixed("40"))).toMatchInlineSnapshot(`
      [
        "issued kept_back 40 PTS/0 cost 40 withheld 25 available issued",
        "step held given_outright when earned 40 cost 40",
        "step available no_hold when earned null cost 0",
        "step issued credited now null cost 0",
        "step issued kept_back now 25 cost 0",
        "reward::grant funding pending 40 Reward granted",
        "reward::release:… pending available 40 Hold ended",
        "reward::release:…:repaid available owed 25 Withheld for an earlier refund",
        "email reward_available",
      ]
    `);
    await owe({ kind: "credit" }, "30");
    expect(await grant({ kind: "cash" }, fixed("7"))).toMatchInlineSnapshot(`
      [
        "used kept_back 700 USD/2 cost 700 withheld 700 available",
        "step held given_outright when earned 700 cost 700",
        "step available no_hold when earned null cost 0",
        "step available payable now null cost 0",
        "step used kept_back now 700 cost 0",
        "reward::grant funding pending 700 Reward granted",
        "reward::release:… pending issued 700 Hold ended",
        "reward::release:…:repaid issued owed 700 Withheld for an earlier refund",
        "email reward_available",
      ]
    `);
  });
});
