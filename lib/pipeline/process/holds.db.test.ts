import { describe, expect, it } from "vitest";
import { addDays, systemNow } from "@/lib/core/time";
import { inScope } from "@/lib/merchants/scope";
import { ALWAYS } from "@/lib/terms/schema";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";

/** Holds count from when something happened or from when we learned of it, the later of the two. */

const longAgo = () => addDays(systemNow(), -40);
const held = advocateCredit({ holdDays: 30 });

/** Each reward with the days from the receipt of its event to the end of its hold. */
async function holds(shop: Story) {
  return inScope(
    shop.scope,
    ({ db }) => db.$queryRaw<{ state: string; orderId: string | null; days: number }[]>`
      SELECT w.state, w.order_id AS "orderId",
        round(extract(epoch FROM w.held_until - e.recorded_at) / 86400, 3)::float AS days
      FROM reward w JOIN event e ON e.merchant_id = w.merchant_id AND e.id = w.event_id
      WHERE w.merchant_id = ${shop.scope.merchantId} AND w.state NOT IN ('voided', 'reversed')
      ORDER BY w.id`,
  );
}

describe("a hold", () => {
  it("counts from receipt, however long ago a purchase is said to be", async () => {
    const shop = await story({ rules: [held] });
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "80.00", { code }, longAgo());
    expect(await holds(shop)).toEqual([{ state: "held", orderId: "A-1", days: 30 }]);
  });

  it("does so where the purchase was on record before its referral", async () => {
    const shop = await story({ rules: [held] });
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "80.00", {}, longAgo());
    const customer = { email: "tom@example.com" };
    await shop.send({ type: "sign_up", customer, code }, addDays(longAgo(), -1));
    expect(await holds(shop)).toEqual([{ state: "held", orderId: "A-1", days: 30 }]);
  });

  it("counts from receipt for goals and joinings", async () => {
    const trigger = { kind: "goal", type: "trial_started" } as const;
    const shop = await story({
      rules: [held, { ...held, id: "joined", side: "friend", on: { kind: "join" } }],
      qualification: { trigger, conditions: ALWAYS },
    });
    const { code } = await shop.advocate("Mira");
    const customer = { email: "tom@example.com" };
    await shop.send({ type: "sign_up", customer, code }, longAgo());
    await shop.send({ type: "trial_started", customer }, addDays(longAgo(), 1));
    expect(await holds(shop)).toEqual([
      { state: "held", orderId: null, days: 30 },
      { state: "held", orderId: null, days: 30 },
    ]);
  });

  it("goes on from the purchase that its reward moves to", async () => {
    const shop = await story({ rules: [held] });
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "80.00", { code }, longAgo());
    await shop.purchase("Tom", "A-2", "80.00", {}, addDays(longAgo(), 1));
    await shop.refund("A-1");
    expect(await holds(shop)).toEqual([{ state: "held", orderId: "A-2", days: 30 }]);
  });

  it("of no days is none: history is released as of its own time", async () => {
    const shop = await story({ rules: [advocateCredit()] });
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "80.00", { code }, longAgo());
    const [reward] = await holds(shop);
    expect(reward).toMatchObject({ state: "issued", orderId: "A-1" });
    expect(reward!.days).toBeLessThan(-39);
  });
});
