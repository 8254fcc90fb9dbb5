import { afterAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { addDays } from "@/lib/core/time";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { systemScope } from "@/lib/merchants/queries/directory";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { testSandbox } from "@/lib/merchants/testing";
import type { Benefit, Calculator, Expiry } from "@/lib/terms/schema";
import { grantOutright } from "@/lib/rewards/commands";
import { giveTestDetails } from "@/lib/rewards/destinations/testing";
import { createPayout } from "@/lib/rewards/payouts/commands";
import { advanceTestClock } from "../test-clock";
import { type Story, story, storyIn } from "../testing";
import { expireRewards, remindOfExpiry } from "./rewards";

afterAll(closeConnections);

const DAYS = 86_400_000;
const EXPIRY: Expiry = { unissuedDays: 20, issuedDays: 30, remindDays: 7 };
const fixed = (amount: string): Calculator => ({ kind: "fixed", amount });

/** A story in test mode, whose clock moves. */
async function testMode(
  change: Parameters<typeof story>[0] = {},
): Promise<Story & { at(days: number): Promise<Scope> }> {
  const real = await story(change);
  const sandbox = await testSandbox(real.scope);
  const program = await inScope(sandbox, ({ db, merchantId }) =>
    db.program.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: real.program.id } },
      select: { id: true, slug: true },
    }),
  );
  let passed = 0;
  return {
    ...storyIn(sandbox, program),
    /** So many days after the beginning. */
    async at(days) {
      await advanceTestClock(await systemScope(sandbox.merchantId), {
        advance: (days - passed) * DAYS,
      });
      passed = days;
      return systemScope(sandbox.merchantId);
    },
  };
}
async function give(
  shop: Story,
  customerId: string,
  benefit: Benefit,
  calculator: Calculator = { kind: "none" },
  expiry = EXPIRY,
): Promise<string> {
  const { rewardId } = await grantOutright(shop.scope, {
    programId: shop.program.id,
    customerId,
    source: "goodwill",
    ruleId: "goodwill",
    causeRef: { kind: "review", ref: `test:${Math.random()}` },
    eventId: null,
    holdDays: 0,
    expiry,
    benefit,
    calculator,
    at: new Date(),
    facts: {},
  });
  return rewardId;
}
const read = (scope: Scope, id: string) =>
  inScope(scope, ({ db, merchantId }) =>
    db.reward.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id } },
      include: { coupon: true, steps: { orderBy: { id: "asc" } } },
    }),
  );
const emails = (scope: Scope) =>
  inScope(scope, ({ db, merchantId }) =>
    db.message.count({ where: { merchantId, template: "reward_expiring" } }),
  );

describe("as time goes by", () => {
  it("reminds once, then expires coupons, cash and gifts; what was spent stays spent", async () => {
    const shop = await testMode();
    const { customerId } = await shop.advocate("Ana");
    const coupon = await give(shop, customerId, { kind: "amount_off" }, fixed("5"));
    const cash = await give(shop, customerId, { kind: "cash" }, fixed("7"));
    const gift = await give(shop, customerId, { kind: "gift", title: "A mug", unitCost: "3" });
    const points = await give(shop, customerId, { kind: "points" }, fixed("100"));
    const credit = await give(shop, customerId, { kind: "credit" }, fixed("9"));
    const forever = await give(shop, customerId, { kind: "points" }, fixed("11"), {
      unissuedDays: null,
      issuedDays: null,
      remindDays: 3,
    });
    await postTransfers(shop.scope, [
      {
        causeKey: "spend points",
        rewardId: points,
        amount: { minor: 40n, asset: "PTS/0" },
        occurredAt: new Date(),
        memo: "Spent",
        from: { kind: "available", ownerId: customerId, asset: "PTS/0" },
        to: { kind: "spent", ownerId: shop.program.id, asset: "PTS/0" },
      },
      {
        causeKey: "spend credit",
        rewardId: credit,
        amount: { minor: 900n, asset: "USD/2" },
        occurredAt: new Date(),
        memo: "Spent",
        from: { kind: "available", ownerId: customerId, asset: "USD/2" },
        to: { kind: "spent", ownerId: shop.program.id, asset: "USD/2" },
      },
    ]);

    await shop.at(12);
    expect(await emails(shop.scope)).toBe(0);
    const soon = await shop.at(14);
    expect(await emails(soon)).toBe(2);
    expect(await read(soon, cash)).toMatchObject({
      state: "available",
      remindedAt: expect.any(Date),
    });
    const over = await shop.at(21);
    expect(await read(over, cash)).toMatchObject({
      state: "expired",
      reason: "expired_unissued",
      costMinor: 0n,
    });
    expect(await read(over, gift)).toMatchObject({ state: "expired", costMinor: 0n });
    expect(await read(over, coupon)).toMatchObject({ state: "issued" });
    // Of the balances only the points have something left to be reminded of.
    expect(await emails(await shop.at(24))).toBe(4);

    const end = await shop.at(31);
    expect(await read(end, coupon)).toMatchObject({
      state: "expired",
      reason: "expired",
      costMinor: 0n,
      coupon: { voidedAt: expect.any(Date) },
    });
    expect(await read(end, points)).toMatchObject({ state: "expired", costMinor: 40n });
    expect((await read(end, points)).steps.at(-1)).toMatchObject({
      state: "expired",
      amountMinor: 60n,
      costMinor: -60n,
    });
    expect(await read(end, credit)).toMatchObject({
      state: "issued",
      reason: "nothing_left",
      costMinor: 900n,
      expiresAt: null,
    });
    expect(await read(end, forever)).toMatchObject({ state: "issued", expiresAt: null });
    const balances = await balancesOf(end, customerId);
    expect(balances.map(({ asset, available, issued }) => ({ asset, available, issued }))).toEqual([
      { asset: "PTS/0", available: 11n, issued: 0n },
      { asset: "USD/2", available: 0n, issued: 0n },
    ]);
    expect((await checkLedger(end)).differences).toEqual([]);
    await shop.at(60);
    expect(await emails(end)).toBe(4);
  });

  it("does each once when several run at once, and leaves what is in a payout", async () => {
    const shop = await testMode();
    const { customerId } = await shop.advocate("Ana");
    await giveTestDetails(shop.scope, customerId);
    const paid = await give(shop, customerId, { kind: "cash" }, fixed("1"));
    await createPayout(shop.scope, {});
    const ids = [];
    for (let index = 0; index < 5; index += 1)
      ids.push(await give(shop, customerId, { kind: "cash" }, fixed("2")));
    // Past the end without the sweep that the test clock waits for.
    await inScope(shop.scope, ({ db, merchantId }) =>
      db.merchant.update({ where: { id: merchantId }, data: { clockOffsetMs: BigInt(40 * DAYS) } }),
    );
    const filter = { merchantId: shop.scope.merchantId };
    const swept = await Promise.all([
      expireRewards.run(filter),
      expireRewards.run(filter),
      remindOfExpiry.run(filter),
      expireRewards.run(filter),
    ]);
    expect(swept.reduce((sum, done) => sum + done, 0)).toBe(5);
    for (const id of ids)
      expect(
        (await read(shop.scope, id)).steps.filter(({ state }) => state === "expired"),
      ).toHaveLength(1);
    expect(await read(shop.scope, paid)).toMatchObject({ state: "available" });
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });
});

describe("a coupon used around its last day", () => {
  it("goes by the time of use: late is refused, in time counts even if reported late", async () => {
    const shop = await testMode();
    const { customerId } = await shop.advocate("Ana");
    const [late, inTime] = [
      await give(shop, customerId, { kind: "amount_off" }, fixed("5")),
      await give(shop, customerId, { kind: "amount_off" }, fixed("6")),
    ];
    const started = new Date();
    const end = await shop.at(35);
    const later = storyIn(end, shop.program);
    const codeOf = async (id: string) => (await read(end, id)).coupon!.code;
    const buy = async (code: string, orderId: string, at: Date) =>
      (
        await later.send(
          {
            type: "purchase",
            customer: { email: "ana@example.com" },
            order: { id: orderId, total: "30", currency: "USD", discountCode: code },
          },
          at,
        )
      ).eventId;

    const refused = await buy(await codeOf(late), "o-late", addDays(started, 33));
    expect(await later.decisions(refused)).toContain("coupon_expired");
    expect(await read(end, late)).toMatchObject({ state: "expired", coupon: { usedAt: null } });

    const counted = await buy(await codeOf(inTime), "o-in-time", addDays(started, 29));
    expect(await later.decisions(counted)).toContain("coupon_used");
    expect(await read(end, inTime)).toMatchObject({
      state: "used",
      reason: "used_before_expiry",
      costMinor: 600n,
      coupon: { orderId: "o-in-time", voidedAt: null },
    });
    expect((await balancesOf(end, shop.program.id))[0]).toMatchObject({
      funding: -600n,
      spent: 600n,
    });
    const again = await buy(await codeOf(inTime), "o-then", addDays(started, 29));
    expect(await later.decisions(again)).toContain("coupon_not_usable");
    expect((await checkLedger(end)).differences).toEqual([]);
  });
});
