import { afterAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { adjustBalance } from "@/lib/ledger/commands/adjust-balance";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { balanceShown, balancesOf } from "@/lib/ledger/queries/balances";
import { systemScope } from "@/lib/merchants/queries/directory";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { testSandbox } from "@/lib/merchants/testing";
import { transferBetween } from "@/lib/rewards/commands";
import type { Rule } from "@/lib/terms/schema";
import { advanceTestClock } from "@/lib/worker/test-clock";
import { advocateCredit, type Story, story, storyIn } from "@/lib/worker/testing";

afterAll(closeConnections);

const DAYS = 86_400_000;
type Policy = "clamp" | "negative";

/** An advocate in test mode, whose clock moves, who earns a tenth of their friends' purchases. */
async function begin(policy: Policy, rule: Partial<Rule> = {}) {
  const real = await story({
    rules: [
      advocateCredit({
        calculator: { kind: "share_of_order", shareBp: 1_000, atMost: null },
        expiry: { unissuedDays: 20, issuedDays: 30, remindDays: null },
        ...rule,
      }),
    ],
  });
  const sandbox = await testSandbox(real.scope);
  await inScope(sandbox, ({ db, merchantId }) =>
    db.merchant.update({ where: { id: merchantId }, data: { clawbackPolicy: policy } }),
  );
  const told = storyIn(sandbox, real.program);
  return { ...told, ...actionsIn(told, await told.advocate("Mira")) };
}

function actionsIn(shop: Story, { customerId, code }: { customerId: string; code: string }) {
  const asset = shop.scope.asset;
  const now = (): Promise<Scope> => systemScope(shop.scope.merchantId);
  const later = async () => storyIn(await now(), shop.program);
  return {
    async earn(order: string, total = "100.00") {
      const then = await later();
      await then.claim(`friend-${order}`, code);
      await then.purchase(`friend-${order}`, order, total);
    },
    async spend(minor: bigint) {
      const reason = "Spent in the shop";
      await adjustBalance(await now(), { customerId, asset, minor: -minor, reason });
    },
    /** To another customer, or back from them. */
    async hand(other: string, minor: bigint) {
      const [from, to] = minor > 0n ? [customerId, other] : [other, customerId];
      await transferBetween(await now(), {
        fromCustomerId: from,
        toCustomerId: to,
        asset,
        minor: minor > 0n ? minor : -minor,
        reason: "Same household",
      });
    },
    async refundOrder(order: string, amount?: string) {
      await (await later()).refund(order, amount === undefined ? {} : { amount });
    },
    /** The advocate buys with the coupon that they got for an order, so many days ago. */
    async useCoupon(order: string, bought: string, daysAgo = 0) {
      const scope = await now();
      const { code } = await inScope(scope, ({ db, merchantId }) =>
        db.coupon.findFirstOrThrow({ where: { merchantId, reward: { orderId: order } } }),
      );
      const at = new Date(Date.now() + Number(scope.clockOffsetMs) - daysAgo * DAYS);
      await storyIn(scope, shop.program).send(
        {
          id: bought,
          type: "purchase",
          customer: { email: "mira@example.com" },
          order: { id: bought, total: "30.00", currency: "USD", discountCode: code },
        },
        at,
      );
    },
    async days(days: number) {
      await advanceTestClock(await now(), { advance: days * DAYS });
    },
    async balance() {
      const found = (await balancesOf(await now(), customerId)).find((one) => one.asset === asset);
      return found ? Number(balanceShown(found)) : 0;
    },
    /** In words: state, reversed of which recovered, expired, cost. */
    async rewardOf(orderId: string) {
      const row = await inScope(await now(), ({ db, merchantId }) =>
        db.reward.findFirstOrThrow({ where: { merchantId, orderId } }),
      );
      return (
        `${row.state}: reversed ${row.reversedMinor}, recovered ${row.recoveredMinor}, ` +
        `expired ${row.expiredMinor}, costs ${row.costMinor}`
      );
    },
    async emails() {
      return inScope(await now(), ({ db, merchantId }) =>
        db.message.count({ where: { merchantId, template: "reward_reversed" } }),
      );
    },
    async check() {
      const scope = await now();
      expect((await checkLedger(scope)).differences).toEqual([]);
      const [{ cost, budget, steps }] = await inScope(
        scope,
        ({ db, merchantId }) => db.$queryRaw<[{ cost: bigint; budget: bigint; steps: bigint }]>`
          SELECT (SELECT sum(cost_minor) FROM reward WHERE merchant_id = ${merchantId})::bigint
              AS cost,
            (SELECT cost_minor FROM program_budget WHERE merchant_id = ${merchantId}) AS budget,
            (SELECT sum(cost_minor) FROM reward_step WHERE merchant_id = ${merchantId})::bigint
              AS steps`,
      );
      expect([budget, steps]).toEqual([cost, cost]);
    },
  };
}

describe("a reward of which a part was spent and the rest expired", () => {
  it.each([
    ["clamp", 0, "reversed: reversed 600, recovered 0, expired 400, costs 600"],
    ["negative", -600, "reversed: reversed 600, recovered 600, expired 400, costs 0"],
  ] as const)(
    "is reversed with its order, as far as it was spent (%s)",
    async (policy, has, is) => {
      const shop = await begin(policy);
      await shop.earn("o1");
      await shop.spend(600n);
      await shop.days(31);
      expect(await shop.rewardOf("o1")).toBe(
        "expired: reversed 0, recovered 0, expired 400, costs 600",
      );
      await shop.refundOrder("o1");
      expect(await shop.rewardOf("o1")).toBe(is);
      expect(await shop.balance()).toBe(has);
      await shop.check();
      // Later rewards pay an open claim, and nothing that was given up.
      await shop.earn("o2");
      expect(await shop.balance()).toBe(has + 1_000);
      await shop.refundOrder("o1");
      expect(await shop.rewardOf("o1")).toBe(is);
      await shop.check();
    },
  );

  it.each([
    ["clamp", 0, "expired: reversed 100, recovered 0, expired 400, costs 600"],
    ["negative", -100, "expired: reversed 100, recovered 100, expired 400, costs 500"],
  ] as const)(
    "loses with a part of its order what did not expire of that part (%s)",
    async (policy, has, is) => {
      const shop = await begin(policy);
      await shop.earn("o1");
      await shop.spend(600n);
      await shop.days(31);
      await shop.refundOrder("o1", "30.00");
      expect(await shop.rewardOf("o1")).toContain("expired: reversed 0");
      await shop.refundOrder("o1", "20.00");
      expect(await shop.rewardOf("o1")).toBe(is);
      expect(await shop.balance()).toBe(has);
      await shop.check();
      await shop.refundOrder("o1");
      const whole = policy === "clamp" ? "recovered 0" : "recovered 600";
      expect(await shop.rewardOf("o1")).toContain(`reversed: reversed 600, ${whole}, expired 400`);
      await shop.check();
    },
  );

  it.each(["clamp", "negative"] as const)(
    "whose order came back in part before that, counts each part once (%s)",
    async (policy) => {
      const shop = await begin(policy);
      await shop.earn("o1");
      await shop.spend(300n);
      await shop.refundOrder("o1", "50.00");
      await shop.days(31);
      expect(await shop.rewardOf("o1")).toBe(
        "expired: reversed 500, recovered 500, expired 200, costs 300",
      );
      await shop.refundOrder("o1");
      expect(await shop.balance()).toBe(policy === "clamp" ? 0 : -300);
      expect(await shop.rewardOf("o1")).toContain("reversed: reversed 800");
      await shop.check();
    },
  );

  it("that had repaid an open claim owes it again", async () => {
    const shop = await begin("negative");
    await shop.earn("o1");
    await shop.spend(1_000n);
    await shop.refundOrder("o1");
    await shop.earn("o2", "130.00");
    expect(await shop.balance()).toBe(300);
    await shop.days(31);
    expect(await shop.balance()).toBe(0);
    expect(await shop.rewardOf("o2")).toBe(
      "expired: reversed 0, recovered 0, expired 300, costs 1000",
    );
    await shop.refundOrder("o2");
    expect(await shop.balance()).toBe(-1_000);
    expect(await shop.rewardOf("o2")).toBe(
      "reversed: reversed 1000, recovered 1000, expired 300, costs 0",
    );
    await shop.check();
  });
});

describe("a reward that expired whole", () => {
  it.each([
    ["a coupon", { kind: "amount_off" }],
    ["cash", { kind: "cash" }],
    ["credit", { kind: "credit" }],
  ] as const)("is %s: nothing is claimed, and no email is sent", async (_, benefit) => {
    const shop = await begin("negative", { benefit });
    await shop.earn("o1");
    await shop.days(31);
    await shop.refundOrder("o1");
    expect(await shop.rewardOf("o1")).toBe(
      "reversed: reversed 0, recovered 0, expired 1000, costs 0",
    );
    expect(await shop.balance()).toBe(0);
    expect(await shop.emails()).toBe(0);
    await shop.check();
  });
});

describe("a coupon that was used, and whose use is undone or known late", () => {
  it.each([
    ["clamp", 0, "reversed: reversed 1000, recovered 0, expired 0, costs 1000"],
    ["negative", -1_000, "reversed: reversed 1000, recovered 1000, expired 0, costs 0"],
  ] as const)(
    "is recovered once the order comes back that it paid (%s)",
    async (policy, has, is) => {
      const shop = await begin(policy, { benefit: { kind: "amount_off" } });
      await shop.earn("o1");
      await shop.useCoupon("o1", "own");
      await shop.refundOrder("o1");
      expect(await shop.rewardOf("o1")).toBe(is);
      expect(await shop.balance()).toBe(has);
      for (let turn = 0; turn < 2; turn += 1) {
        await shop.refundOrder("own");
        expect(await shop.rewardOf("o1")).toBe(
          "reversed: reversed 1000, recovered 1000, expired 0, costs 0",
        );
        expect(await shop.balance()).toBe(0);
        await shop.check();
      }
    },
  );

  it.each([
    ["clamp", 0, "reversed: reversed 1000, recovered 0, expired 0, costs 1000"],
    ["negative", -1_000, "reversed: reversed 1000, recovered 1000, expired 0, costs 0"],
  ] as const)(
    "that seemed to have expired before its reversal is reversed as a used one (%s)",
    async (policy, has, is) => {
      const shop = await begin(policy, { benefit: { kind: "amount_off" } });
      await shop.earn("o1");
      await shop.days(31);
      await shop.refundOrder("o1");
      await shop.useCoupon("o1", "own", 5);
      expect(await shop.rewardOf("o1")).toBe(is);
      expect(await shop.balance()).toBe(has);
      await shop.check();
    },
  );
});

describe("credit that was handed on, and comes back after its reversal", () => {
  it.each(["clamp", "negative"] as const)("goes on to that (%s)", async (policy) => {
    const shop = await begin(policy);
    const { customerId: other } = await shop.advocate("Ben");
    await shop.earn("o1");
    await shop.hand(other, 700n);
    await shop.refundOrder("o1");
    expect(await shop.balance()).toBe(policy === "clamp" ? 0 : -700);
    await shop.hand(other, -500n);
    expect(await shop.balance()).toBe(policy === "clamp" ? 0 : -200);
    expect(await shop.rewardOf("o1")).toBe(
      policy === "clamp"
        ? "reversed: reversed 1000, recovered 800, expired 0, costs 200"
        : "reversed: reversed 1000, recovered 1000, expired 0, costs 0",
    );
    await shop.check();
  });
});
