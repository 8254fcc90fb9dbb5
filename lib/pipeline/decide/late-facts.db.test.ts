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
const customer = (tale: Story, name: string) =>
  inScope(tale.scope, (db) =>
    db.customer.findFirst({
      where: { merchantId: tale.scope.merchantId, email: `${name}@example.com` },
    }),
  );
const counts = (tale: Story) =>
  inScope(tale.scope, async (db) => ({
    budget: await db.programBudget.findFirst({
      where: { merchantId: tale.scope.merchantId },
      select: { rewards: true, costMinor: true },
    }),
    advocates: await db.advocate.findMany({
      where: { merchantId: tale.scope.merchantId },
      select: { rewardCount: true, qualifiedCount: true },
    }),
  }));
/** A click on an advocate's link, as the hot path stores it but for its place outside the inbox. */
const click = (
  tale: Story,
  advocate: { advocateId: string; code: string },
  visitorId: string,
  at: Date,
) =>
  storeEvent(tale.scope, {
    source: "click",
    body: { type: "click", code: advocate.code },
    occurredAt: at,
    visitorId,
    programId: tale.program.id,
    advocateId: advocate.advocateId,
    channel: "copy",
  });

describe("a fact that comes late", () => {
  it("takes back what a friend got who turns out to have been a customer", async () => {
    const tale = await story();
    const { code } = await tale.advocate("Mira");
    await tale.claim("Tom", code);
    expect(states(await tale.rewards())).toEqual(["friend issued"]);
    await tale.purchase("Tom", "A-0", "20.00", {}, day(0));
    expect(await tale.referralOf("Tom")).toMatchObject({
      state: "rejected",
      reason: "existing_customer",
    });
    expect(states(await tale.rewards())).toEqual(["friend reversed"]);
    expect(await counts(tale)).toEqual({
      budget: { rewards: 0, costMinor: 0n },
      advocates: [{ rewardCount: 0, qualifiedCount: 0 }],
    });
  });

  it("does the same within the hold of a confirmed referral, and an undo brings all of it back", async () => {
    const tale = await story({ rules: [advocateCredit({ holdDays: 14 }), friendCoupon()] });
    const { code } = await tale.advocate("Mira");
    await tale.claim("Tom", code);
    await tale.purchase("Tom", "A-1", "20.00");
    await tale.purchase("Tom", "A-0", "20.00", {}, day(0));
    const referral = await tale.referralOf("Tom");
    expect(referral).toMatchObject({ state: "rejected", reason: "existing_customer" });
    expect(states(await tale.rewards())).toEqual(["advocate voided", "friend reversed"]);
    expect((await counts(tale)).advocates).toEqual([{ rewardCount: 0, qualifiedCount: 0 }]);
    await undoRejection(tale.scope, { referralId: referral!.id });
    await tale.settle();
    expect(await tale.referralOf("Tom")).toMatchObject({ state: "qualified" });
    expect(states(await tale.rewards())).toEqual(["advocate held", "friend issued"]);
    expect((await counts(tale)).advocates).toEqual([{ rewardCount: 1, qualifiedCount: 1 }]);
  });

  it("counts no friend as confirmed whose rejection after running out is undone", async () => {
    const tale = await story({ windowDays: 10 });
    const { code } = await tale.advocate("Mira");
    await tale.send({ type: "sign_up", customer: { email: "tom@example.com" }, code }, day(0));
    await tale.purchase("Tom", "A-0", "20.00", {}, day(-5));
    const referral = await tale.referralOf("Tom");
    expect(referral).toMatchObject({ state: "rejected" });
    await undoRejection(tale.scope, { referralId: referral!.id });
    expect(await tale.referralOf("Tom")).toMatchObject({ state: "expired" });
    expect((await counts(tale)).advocates).toMatchObject([{ qualifiedCount: 0 }]);
  });

  it.each([
    ["before", true],
    ["after", false],
  ])("comes to one end whether a refund came %s the sign-up", async (_, refundFirst) => {
    const tale = await story();
    const { code } = await tale.advocate("Mira");
    await tale.purchase("Tom", "A-1", "80.00", {}, day(1));
    const signUp = () =>
      tale.send({ type: "sign_up", customer: { email: "tom@example.com" }, code }, day(0));
    if (refundFirst) await tale.refund("A-1");
    await signUp();
    if (!refundFirst) await tale.refund("A-1");
    await tale.purchase("Tom", "A-2", "80.00", {}, day(2));
    expect(await tale.referralOf("Tom")).toMatchObject({ state: "reversed" });
    expect(states(await tale.rewards()).filter((state) => state !== "advocate reversed")).toEqual([
      "friend issued",
    ]);
    expect((await counts(tale)).advocates).toEqual([{ rewardCount: 0, qualifiedCount: 0 }]);
  });

  it("finds the first purchase and the goal of someone with a long record", async () => {
    const goal = { on: { kind: "goal", type: "demo_booked" } } as const;
    const tale = await story({
      rules: [advocateCredit(), friendCoupon(goal)],
      newCustomersOnly: false,
    });
    const { code } = await tale.advocate("Mira");
    await inScope(tale.scope, async (db, scope) => {
      const { merchantId } = scope;
      await tale.purchase("Tom", "A-0", "20.00", {}, day(-900));
      const tom = (await customer(tale, "tom"))!;
      await db.$executeRaw`INSERT INTO shop_order (merchant_id, id, customer_id, event_id, occurred_at, recorded_at, currency, total_minor)
        SELECT ${merchantId}, 'old-' || n, ${tom.id}, 'old-' || n, ${day(-800)}, ${day(-800)}, 'USD', 100 FROM generate_series(1, 600) n`;
      for (let index = 0; index < 3; index += 1)
        await tale.send({ type: "page", customer: { email: "tom@example.com" } }, day(1));
      await db.$executeRaw`
        WITH old AS (
          INSERT INTO event (merchant_id, id, dedupe_key, type, occurred_at, recorded_at, source, body_hash, body)
          SELECT ${merchantId}, 'old-' || n, 'old-' || n, 'page', ${day(1)}, ${day(1)}, 'api', '', '{}' FROM generate_series(1, 600) n RETURNING id
        ) INSERT INTO event_outcome (merchant_id, event_id, customer_id, type, occurred_at, processed_at, decisions)
          SELECT ${merchantId}, id, ${tom.id}, 'page', ${day(1)}, ${day(1)}, '[]' FROM old`;
    });
    await tale.send({ type: "demo_booked", customer: { email: "tom@example.com" } }, day(2));
    await tale.purchase("Tom", "A-1", "20.00", {}, day(3));
    await tale.send({ type: "sign_up", customer: { email: "tom@example.com" }, code }, day(0));
    expect(states(await tale.rewards())).toEqual(["advocate issued", "friend issued"]);
    await tale.refund("A-1");
    expect(states(await tale.rewards())).toEqual(["advocate reversed", "friend issued"]);
  });

  it("takes a purchase whose clock runs a little behind the click's for what it is", async () => {
    const tale = await story();
    const mira = await tale.advocate("Mira");
    const { eventId } = await click(tale, mira, "browser-1", day(0));
    await tale.purchase(
      "Tom",
      "A-1",
      "80.00",
      { clickId: eventId },
      new Date(day(0).getTime() - 120_000),
    );
    expect(await tale.referralOf("Tom")).toMatchObject({ state: "rewarded" });
  });
});

describe("a failure", () => {
  it("of one reward stops no other, and not what comes after rewards", async () => {
    const tale = await story({ rules: [advocateCredit({ holdDays: 14 })], windowDays: 14 });
    const { code } = await tale.advocate("Mira");
    for (const name of ["Tom", "Ann"])
      await tale.purchase(name, `order-${name}`, "80.00", { code });
    const [broken] = await tale.rewards();
    await inScope(
      tale.scope,
      (db) => db.$executeRaw`
      UPDATE reward SET held_until = now(), terms = CASE WHEN id = ${broken!.id} THEN '{}' ELSE terms END WHERE merchant_id = ${tale.scope.merchantId}`,
    );
    const told = vi.spyOn(log, "error").mockImplementation(() => {});
    await tale.settle();
    expect(told).toHaveBeenCalled();
    told.mockRestore();
    expect(states(await tale.rewards())).toEqual(["advocate held", "advocate issued"]);
  });
});

describe("a reward taken back by hand", () => {
  it("is waited for no longer", async () => {
    const tale = await story({ rules: [advocateCredit({ holdDays: 14 }), friendCoupon()] });
    const { code } = await tale.advocate("Mira");
    await tale.purchase("Tom", "A-1", "80.00", { code });
    expect(await tale.referralOf("Tom")).toMatchObject({ state: "qualified" });
    await voidReward(tale.scope, {
      rewardId: (await tale.rewards())[0]!.id,
      reason: "Paid in the shop",
    });
    expect(await tale.referralOf("Tom")).toMatchObject({ state: "rewarded" });
  });
});

describe("a code", () => {
  it("counts as it was said at the counter", async () => {
    const tale = await story();
    const { code } = await tale.advocate("Mira");
    await tale.purchase("Tom", "A-1", "80.00", {
      code: ` ${code.toLowerCase().replace("-", " – ")}`,
    });
    expect(await tale.referralOf("Tom")).toMatchObject({ state: "rewarded" });
  });
});

describe("who it was", () => {
  it("is told later by the same browser, and then counts", async () => {
    const tale = await story();
    const mira = await tale.advocate("Mira");
    await click(tale, mira, "browser-1", day(0));
    await tale.send(
      {
        type: "purchase",
        visitorId: "browser-1",
        order: { id: "A-1", total: "80.00", currency: "USD" },
      },
      day(1),
    );
    await tale.refund("A-1", { amount: "30.00" }, "r-1");
    expect(await tale.rewards()).toEqual([]);
    await tale.send(
      { type: "sign_up", visitorId: "browser-1", customer: { email: "tom@example.com" } },
      day(2),
    );
    await tale.settle();
    // The refund may have been tried a moment before its order was there, and then waits a second.
    await inScope(
      tale.scope,
      (db) =>
        db.$executeRaw`UPDATE event_inbox SET next_try_at = now() WHERE merchant_id = ${tale.scope.merchantId}`,
    );
    await tale.settle();
    expect(await customer(tale, "tom")).toMatchObject({ orderCount: 1, revenueMinor: 5000n });
    expect(
      await inScope(tale.scope, (db) =>
        db.eventInbox.count({ where: { merchantId: tale.scope.merchantId } }),
      ),
    ).toBe(0);
    expect(await tale.referralOf("Tom")).toMatchObject({ state: "rewarded" });
    expect(states(await tale.rewards())).toEqual(["advocate issued", "friend issued"]);
  });

  it("is, of one browser's several people, the one who was seen last", async () => {
    const tale = await story();
    for (const [name, at] of [
      ["ann", 0],
      ["ben", 1],
      ["ann", 2],
    ] as const) {
      await tale.send(
        { type: "sign_up", visitorId: "browser-1", customer: { email: `${name}@example.com` } },
        day(at),
      );
    }
    await tale.send(
      {
        type: "purchase",
        visitorId: "browser-1",
        order: { id: "A-1", total: "80.00", currency: "USD" },
      },
      day(3),
    );
    expect(await customer(tale, "ann")).toMatchObject({ orderCount: 1 });
  });
});
