import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/core/time";
import { adjustBalance } from "@/lib/ledger/commands/adjust-balance";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { inScope } from "@/lib/merchants/scope";
import type { RuleTrigger } from "@/lib/terms/schema";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";

const day = (days: number) => addDays(new Date("2026-03-01T10:00:00Z"), days);
const tom = { email: "tom@example.com" };

const live = async ({ scope, settle }: Story) => {
  await settle();
  return inScope(scope, ({ db }) =>
    db.reward.findMany({
      where: { merchantId: scope.merchantId, state: { notIn: ["voided", "reversed"] } },
      select: { ruleId: true, orderId: true, earnedAt: true, heldUntil: true },
      orderBy: { id: "asc" },
    }),
  );
};

describe("people, for decisions", () => {
  const rule = (on: RuleTrigger) =>
    advocateCredit({
      on,
      conditions: { kind: "trait", of: "friend", trait: "plan", is: ["gold"] },
    });

  it.each<RuleTrigger>([{ kind: "qualified" }, { kind: "first_purchase" }])(
    "are as they were when an order from before the referral was first decided about: $kind",
    async (on) => {
      const shop = await story({ rules: [rule(on)] });
      const { code } = await shop.advocate("Mira");
      // Nobody asks about Tom yet.
      await shop.purchase("Tom", "o1", "50.00", {}, day(1));
      const customer = { ...tom, traits: { plan: "basic" } };
      await shop.send({ type: "sign_up", customer, code }, day(0));
      await shop.send({ type: "page", customer: { ...tom, traits: { plan: "gold" } } });
      await shop.send({ type: "page", customer: tom });
      expect(await live(shop)).toEqual([]);
    },
  );
});

it("an order that turns out to be older dates its reward anew, and not its hold", async () => {
  const shop = await story({ rules: [advocateCredit({ holdDays: 365 })] });
  const { code } = await shop.advocate("Mira");
  await shop.send({ type: "sign_up", customer: tom, code }, day(0));
  await shop.purchase("Tom", "o1", "50.00", { id: "later" }, day(5));
  await shop.purchase("Tom", "o1", "50.00", { id: "earlier" }, day(2));
  // Whoever could date an order back would get round the hold: it counts from the first receipt.
  const { merchantId } = shop.scope;
  const { recordedAt } = await inScope(shop.scope, ({ db }) =>
    db.order.findUniqueOrThrow({ where: { merchantId_id: { merchantId, id: "o1" } } }),
  );
  expect(await live(shop)).toMatchObject([
    { earnedAt: day(2), heldUntil: addDays(recordedAt, 365) },
  ]);
});

describe("a reward that was spent before its order came back", () => {
  it("is not paid a second time when another purchase counts instead", async () => {
    const shop = await story({ rules: [advocateCredit()] });
    const { code, customerId } = await shop.advocate("Mira");
    await shop.send({ type: "sign_up", customer: tom, code }, day(0));
    await shop.purchase("Tom", "o1", "50.00", {}, day(1));
    await shop.settle();
    const available = async () => (await balancesOf(shop.scope, customerId))[0]?.available ?? 0n;
    expect(await available()).toBe(1_000n);
    const spent = { customerId, asset: "USD/2", minor: -700n, reason: "Spent" } as const;
    await adjustBalance(shop.scope, spent);
    await shop.refund("o1");
    await shop.settle();
    expect(await live(shop)).toEqual([]);
    expect(await available()).toBe(0n);
    for (const [order, back] of [
      ["o2", true],
      ["o3", false],
    ] as const) {
      await shop.purchase("Tom", order, "50.00", {}, day(2));
      expect((await live(shop)).map(({ orderId }) => orderId)).toEqual([order]);
      // Three of the ten had come back; seven were kept.
      expect(await available()).toBe(300n);
      if (back) await shop.refund(order);
    }
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });
});

it("a friend who was invited thirty times is settled as any other", async () => {
  const shop = await story({ windowDays: 1, rules: [advocateCredit()] });
  const codes = [(await shop.advocate("Mira")).code, (await shop.advocate("Zoe")).code];
  for (let round = 0; round < 30; round += 1)
    await shop.send({ type: "sign_up", customer: tom, code: codes[round % 2]! }, day(3 * round));
  await shop.purchase("Tom", "o1", "50.00", {}, day(3 * 29 + 0.5));
  expect(await live(shop)).toMatchObject([{ orderId: "o1" }]);
});
