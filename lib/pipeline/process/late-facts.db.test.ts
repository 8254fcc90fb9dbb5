import { describe, expect, it, vi } from "vitest";
import { log } from "@/lib/core/log";
import { addDays } from "@/lib/core/time";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope } from "@/lib/merchants/scope";
import { voidReward } from "@/lib/rewards/commands";
import { undoRejection } from "./decide-referral";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";

const day = (days: number) => addDays(new Date("2026-03-01T10:00:00Z"), days);
const states = (rewards: { side: string; state: string }[]) =>
  rewards.map(({ side, state }) => `${side} ${state}`);
const customer = (shop: Story, name: string) =>
  inScope(shop.scope, ({ db }) =>
    db.customer.findFirst({
      where: { merchantId: shop.scope.merchantId, email: `${name}@example.com` },
    }),
  );
const counts = (shop: Story) =>
  inScope(shop.scope, async ({ db }) => ({
    budget: await db.programBudget.findFirst({
      where: { merchantId: shop.scope.merchantId },
      select: { rewards: true, costMinor: true },
    }),
    advocates: await db.advocate.findMany({
      where: { merchantId: shop.scope.merchantId },
      select: { rewardCount: true, qualifiedCount: true },
    }),
  }));
/** A click on an advocate's link, as the hot path stores it but for its place outside the inbox. */
const click = (
  shop: Story,
  advocate: { advocateId: string; code: string },
  visitorId: string,
  at: Date,
) =>
  storeEvent(shop.scope, {
    source: "click",
    body: { type: "click", code: advocate.code },
    occurredAt: at,
    visitorId,
    programId: shop.program.id,
    advocateId: advocate.advocateId,
    channel: "copy",
  });

describe("a fact that comes late", () => {
  it("reverses what a friend got who turns out to have been a customer", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.claim("Tom", code);
    expect(states(await shop.rewards())).toEqual(["friend issued"]);
    await shop.purchase("Tom", "A-0", "20.00", {}, day(0));
    expect(await shop.referralOf("Tom")).toMatchObject({
      state: "rejected",
      reason: "existing_customer",
    });
    expect(states(await shop.rewards())).toEqual(["friend reversed"]);
    expect(await counts(shop)).toEqual({
      budget: { rewards: 0, costMinor: 0n },
      advocates: [{ rewardCount: 0, qualifiedCount: 0 }],
    });
  });

  it("does the same within the hold of a referral, and an undo reinstates all", async () => {
    const shop = await story({ rules: [advocateCredit({ holdDays: 14 }), friendCoupon()] });
    const { code } = await shop.advocate("Mira");
    await shop.claim("Tom", code);
    await shop.purchase("Tom", "A-1", "20.00");
    await shop.purchase("Tom", "A-0", "20.00", {}, day(0));
    const referral = await shop.referralOf("Tom");
    expect(referral).toMatchObject({ state: "rejected", reason: "existing_customer" });
    expect(states(await shop.rewards())).toEqual(["advocate voided", "friend reversed"]);
    expect((await counts(shop)).advocates).toEqual([{ rewardCount: 0, qualifiedCount: 0 }]);
    await undoRejection(shop.scope, { referralId: referral!.id });
    await shop.settle();
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "qualified" });
    expect(states(await shop.rewards())).toEqual(["advocate held", "friend issued"]);
    expect((await counts(shop)).advocates).toEqual([{ rewardCount: 1, qualifiedCount: 1 }]);
  });

  it("counts no friend as qualified whose rejection after expiring is undone", async () => {
    const shop = await story({ windowDays: 10 });
    const { code } = await shop.advocate("Mira");
    await shop.send({ type: "sign_up", customer: { email: "tom@example.com" }, code }, day(0));
    await shop.purchase("Tom", "A-0", "20.00", {}, day(-5));
    const referral = await shop.referralOf("Tom");
    expect(referral).toMatchObject({ state: "rejected" });
    await undoRejection(shop.scope, { referralId: referral!.id });
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "expired" });
    expect((await counts(shop)).advocates).toMatchObject([{ qualifiedCount: 0 }]);
  });

  it.each([
    ["before", true],
    ["after", false],
  ])("comes to one end whether a refund came %s the sign-up", async (_, refundFirst) => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "80.00", {}, day(1));
    const signUp = () =>
      shop.send({ type: "sign_up", customer: { email: "tom@example.com" }, code }, day(0));
    if (refundFirst) await shop.refund("A-1");
    await signUp();
    if (!refundFirst) await shop.refund("A-1");
    await shop.purchase("Tom", "A-2", "80.00", {}, day(2));
    // It stands on the second order, as if there had never been a first.
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
    expect(states(await shop.rewards()).filter((state) => state !== "advocate reversed")).toEqual([
      "advocate issued",
      "friend issued",
    ]);
    expect((await counts(shop)).advocates).toEqual([{ rewardCount: 1, qualifiedCount: 1 }]);
  });

  it("finds the first purchase and the goal of someone with a long record", async () => {
    const goal = { on: { kind: "goal", type: "demo_booked" } } as const;
    const shop = await story({
      rules: [advocateCredit(), friendCoupon(goal)],
      newCustomersOnly: false,
    });
    const { code } = await shop.advocate("Mira");
    await inScope(shop.scope, async (tx) => {
      const { merchantId } = tx;
      await shop.purchase("Tom", "A-0", "20.00", {}, day(-900));
      const tom = (await customer(shop, "tom"))!;
      await tx.db.$executeRaw`INSERT INTO shop_order (merchant_id, id, customer_id, event_id,
        occurred_at, recorded_at, currency, total_minor)
        SELECT ${merchantId}, 'old-' || n, ${tom.id}, 'old-' || n, ${day(-800)}, ${day(-800)},
          'USD', 100 FROM generate_series(1, 600) n`;
      for (let index = 0; index < 3; index += 1)
        await shop.send({ type: "page", customer: { email: "tom@example.com" } }, day(1));
      await tx.db.$executeRaw`
        WITH old AS (
          INSERT INTO event (merchant_id, id, dedupe_key, type, occurred_at, recorded_at, source,
            provenance, body_hash, body)
          SELECT ${merchantId}, 'old-' || n, 'old-' || n, 'page', ${day(1)}, ${day(1)}, 'api',
            'server', '', '{}' FROM generate_series(1, 600) n RETURNING id
        ) INSERT INTO event_outcome (merchant_id, event_id, customer_id, type, occurred_at,
          processed_at, decisions)
          SELECT ${merchantId}, id, ${tom.id}, 'page', ${day(1)}, ${day(1)}, '[]' FROM old`;
    });
    await shop.send({ type: "demo_booked", customer: { email: "tom@example.com" } }, day(2));
    await shop.purchase("Tom", "A-1", "20.00", {}, day(3));
    await shop.send({ type: "sign_up", customer: { email: "tom@example.com" }, code }, day(0));
    expect(states(await shop.rewards())).toEqual(["advocate issued", "friend issued"]);
    await shop.refund("A-1");
    expect(states(await shop.rewards())).toEqual(["advocate reversed", "friend issued"]);
  });

  it("takes a purchase whose clock runs a little behind the click's for what it is", async () => {
    const shop = await story();
    const mira = await shop.advocate("Mira");
    const { eventId } = await click(shop, mira, "browser-1", day(0));
    await shop.purchase(
      "Tom",
      "A-1",
      "80.00",
      { clickId: eventId },
      new Date(day(0).getTime() - 120_000),
    );
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
  });
});

describe("a failure", () => {
  it("of one reward stops no other, and not what comes after rewards", async () => {
    const shop = await story({ rules: [advocateCredit({ holdDays: 14 })], windowDays: 14 });
    const { code } = await shop.advocate("Mira");
    for (const name of ["Tom", "Ann"])
      await shop.purchase(name, `order-${name}`, "80.00", { code });
    const [broken] = await shop.rewards();
    await inScope(
      shop.scope,
      ({ db }) => db.$executeRaw`
      UPDATE reward SET held_until = now(), terms =
        CASE WHEN id = ${broken!.id} THEN '{}' ELSE terms END
        WHERE merchant_id = ${shop.scope.merchantId}`,
    );
    const told = vi.spyOn(log, "error").mockImplementation(() => {});
    await shop.settle();
    expect(told).toHaveBeenCalled();
    told.mockRestore();
    expect(states(await shop.rewards())).toEqual(["advocate held", "advocate issued"]);
  });
});

describe("a reward voided by hand", () => {
  it("is waited for no longer", async () => {
    const shop = await story({ rules: [advocateCredit({ holdDays: 14 }), friendCoupon()] });
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "80.00", { code });
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "qualified" });
    await voidReward(shop.scope, {
      rewardId: (await shop.rewards())[0]!.id,
      reason: "Paid in the shop",
    });
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
  });
});

describe("a code", () => {
  it("counts as it was said at the counter", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "80.00", {
      code: ` ${code.toLowerCase().replace("-", " – ")}`,
    });
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
  });
});

describe("who it was", () => {
  it("is told later by the same browser, and then counts", async () => {
    const shop = await story();
    const mira = await shop.advocate("Mira");
    await click(shop, mira, "browser-1", day(0));
    await shop.send(
      {
        type: "purchase",
        visitorId: "browser-1",
        order: { id: "A-1", total: "80.00", currency: "USD" },
      },
      day(1),
    );
    await shop.refund("A-1", { amount: "30.00" }, "r-1");
    expect(await shop.rewards()).toEqual([]);
    await shop.send(
      { type: "sign_up", visitorId: "browser-1", customer: { email: "tom@example.com" } },
      day(2),
    );
    await shop.settle();
    // The refund may have been tried a moment before its order was there, and then waits a second.
    await inScope(
      shop.scope,
      ({ db }) =>
        db.$executeRaw`UPDATE event_inbox SET next_try_at = now()
        WHERE merchant_id = ${shop.scope.merchantId}`,
    );
    await shop.settle();
    expect(await customer(shop, "tom")).toMatchObject({ orderCount: 1, revenueMinor: 5000n });
    expect(
      await inScope(shop.scope, ({ db }) =>
        db.eventInbox.count({ where: { merchantId: shop.scope.merchantId } }),
      ),
    ).toBe(0);
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
    expect(states(await shop.rewards())).toEqual(["advocate issued", "friend issued"]);
  });

  it("is, of one browser's several people, the one who was seen last", async () => {
    const shop = await story();
    for (const [name, at] of [
      ["ann", 0],
      ["ben", 1],
      ["ann", 2],
    ] as const) {
      await shop.send(
        { type: "sign_up", visitorId: "browser-1", customer: { email: `${name}@example.com` } },
        day(at),
      );
    }
    await shop.send(
      {
        type: "purchase",
        visitorId: "browser-1",
        order: { id: "A-1", total: "80.00", currency: "USD" },
      },
      day(3),
    );
    expect(await customer(shop, "ann")).toMatchObject({ orderCount: 1 });
  });
});
