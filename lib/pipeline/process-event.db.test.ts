import { describe, expect, it } from "vitest";
import { storeEvent } from "@/lib/events/commands/store-event";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { assetSums } from "@/lib/ledger/testing/asset-sums";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { inScope } from "@/lib/merchants/scope";
import { saveDraft } from "@/lib/programs/commands/edit-draft";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { processEvent } from "./process-event";
import { advocateCredit, endProgram, friendCoupon, story, testTerms } from "@/lib/worker/testing";
import { processEvents } from "@/lib/worker/jobs/events";

const states = (rewards: { side: string; state: string }[]) =>
  rewards.map(({ side, state }) => `${side} ${state}`);

describe("the story of a referral", () => {
  it("leads from a claim to two paid rewards and books that add up", async () => {
    const shop = await story();
    const mira = await shop.advocate("Mira");
    expect((await shop.claim("Tom", mira.code)).outcome).toBe("joined");
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "joined", reason: "claimed" });
    expect(states(await shop.rewards())).toEqual(["friend issued"]);

    await shop.purchase("Tom", "A-1", "80.00");
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
    expect(states(await shop.rewards())).toEqual(["advocate issued", "friend issued"]);
    expect(await balancesOf(shop.scope, mira.customerId)).toMatchObject([
      { asset: "USD/2", available: 1000n, pending: 0n },
    ]);
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
    expect((await assetSums(shop.scope)).map(({ sumMinor }) => sumMinor)).toEqual([0n]);
  });

  it("rewards the first purchase only, once, whatever is sent again", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.claim("Tom", code);
    for (const order of ["A-1", "A-1", "A-2"]) await shop.purchase("Tom", order, "80.00");
    expect((await shop.claim("Tom", code)).outcome).toBe("again");
    expect(states(await shop.rewards())).toEqual(["advocate issued", "friend issued"]);
  });

  it("ends the same when the purchase arrives before the sign-up that explains it", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    const bought = new Date("2026-03-02T10:00:00Z");
    await shop.purchase("Tom", "A-1", "80.00", {}, bought);
    expect(await shop.referralOf("Tom")).toBeNull();
    await shop.send(
      { type: "sign_up", customer: { email: "tom@example.com" }, code },
      new Date("2026-03-01T10:00:00Z"),
    );
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
    expect(states(await shop.rewards())).toEqual(["advocate issued", "friend issued"]);
  });

  it("counts a purchase in time that arrives after the referral has expired", async () => {
    const shop = await story({ windowDays: 30 });
    const { code } = await shop.advocate("Mira");
    await shop.send(
      { type: "sign_up", customer: { email: "tom@example.com" }, code },
      new Date("2026-01-01T10:00:00Z"),
    );
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "expired" });
    expect(states(await shop.rewards())).toEqual(["friend issued"]);
    await shop.purchase("Tom", "A-1", "80.00", {}, new Date("2026-02-15T10:00:00Z"));
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "expired" });
    await shop.purchase("Tom", "A-2", "80.00", {}, new Date("2026-01-20T10:00:00Z"));
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
  });

  it("takes the purchase with a code for joining and buying in one", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    const { eventId } = await shop.purchase("Tom", "A-1", "80.00", { code });
    expect(await shop.decisions(eventId)).toContain("referral_qualified");
    expect(states(await shop.rewards())).toEqual(["advocate issued", "friend issued"]);
  });

  it("waits with a refund whose order is not there yet, and applies it when it comes", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.refund("A-1");
    const waiting = await inScope(shop.scope, ({ db }) =>
      db.eventInbox.findMany({ where: { merchantId: shop.scope.merchantId } }),
    );
    expect(waiting).toMatchObject([
      { attempts: 1, lastError: expect.stringContaining("A-1 has not arrived yet") },
    ]);
    await shop.purchase("Tom", "A-1", "80.00", { code });
    await shop.settle();
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "reversed" });
    expect(states(await shop.rewards())).toEqual(["advocate reversed", "friend issued"]);
  });
});

describe("who may be referred", () => {
  it("refuses the advocate's own link", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    expect(await shop.claim("Mira", code)).toMatchObject({
      outcome: "refused",
      reason: "own_link",
    });
    const { eventId } = await shop.purchase("Mira", "A-1", "80.00", { code });
    expect(await shop.decisions(eventId)).toContain("self_referral");
    expect(await shop.rewards()).toEqual([]);
  });

  it("rejects a second spelling of the advocate's email address, and of a friend's", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    expect(await shop.claim("Mira+2", code)).toMatchObject({
      outcome: "refused",
      reason: "own_link",
    });
    await shop.claim("Tom", code);
    expect(await shop.claim("Tom+shop", code)).toMatchObject({
      outcome: "refused",
      reason: "taken",
    });
    expect(states(await shop.rewards())).toEqual(["friend issued"]);
  });

  it("rejects whoever bought before", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "80.00");
    expect(await shop.claim("Tom", code)).toMatchObject({
      outcome: "refused",
      reason: "existing_customer",
    });
    expect(await shop.rewards()).toEqual([]);
  });

  it("holds the rewards of a friend on the advocate's browser for a look", async () => {
    const shop = await story();
    const mira = await shop.advocate("Mira");
    await shop.send({ type: "sign_up", customer: { id: "Mira" }, visitorId: "browser-1" });
    await shop.claim("Tom", mira.code, "browser-1");
    await shop.purchase("Tom", "A-1", "80.00");
    await shop.settle();
    expect((await shop.referralOf("Tom"))?.reviewAt).not.toBeNull();
    expect(states(await shop.rewards())).toEqual(["advocate held", "friend held"]);
  });

  it("starts nothing in an ended program, and keeps its word to those who had joined", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.claim("Tom", code);
    await endProgram(shop.scope, shop.program.id);
    await shop.purchase("Ann", "A-1", "80.00", { code });
    await shop.purchase("Tom", "A-2", "80.00");
    expect(await shop.referralOf("Ann")).toBeNull();
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
  });

  it("does not know another merchant's code", async () => {
    const [ours, theirs] = [await story(), await story()];
    const { code } = await theirs.advocate("Mira");
    const { eventId } = await ours.purchase("Tom", "A-1", "80.00", { code });
    expect(await ours.decisions(eventId)).toContain("code_unknown");
    expect(await ours.referralOf("Tom")).toBeNull();
  });
});

describe("terms", () => {
  it("stand as they were when the referral started and when the reward was granted", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.claim("Tom", code);
    const richer = testTerms({
      rules: [advocateCredit({ calculator: { kind: "fixed", amount: "99.00" } })],
    });
    await saveDraft(shop.scope, { programId: shop.program.id, name: "Good word", terms: richer });
    await publishProgram(shop.scope, shop.program.id);
    await shop.purchase("Tom", "A-1", "80.00");
    await shop.claim("Ann", code);
    await shop.purchase("Ann", "A-2", "80.00");
    expect(
      (await shop.rewards())
        .filter(({ side }) => side === "advocate")
        .map(({ amountMinor }) => amountMinor),
    ).toEqual([1000n, 9900n]);
  });

  it("wait for a first purchase that is large enough", async () => {
    const shop = await story({
      qualification: {
        trigger: { kind: "first_purchase" },
        conditions: { kind: "order_total", atLeast: "50.00" },
      },
    });
    const { code } = await shop.advocate("Mira");
    await shop.claim("Tom", code);
    await shop.purchase("Tom", "A-1", "49.99");
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "joined" });
    await shop.purchase("Tom", "A-2", "50.00");
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "rewarded" });
  });

  it("wait for any named goal", async () => {
    const shop = await story({
      qualification: { trigger: { kind: "goal", type: "demo_booked" }, conditions: { all: [] } },
    });
    const { code } = await shop.advocate("Mira");
    await shop.claim("Tom", code);
    await shop.purchase("Tom", "A-1", "80.00");
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "joined" });
    await shop.send({ type: "demo_booked", customer: { email: "tom@example.com" } });
    expect(await shop.referralOf("Tom")).toMatchObject({
      state: "rewarded",
      reason: "rewards_issued",
    });
  });

  it("cap what one advocate earns", async () => {
    const shop = await story({ advocateCap: 1 });
    const { code } = await shop.advocate("Mira");
    for (const name of ["Tom", "Ann"]) {
      await shop.claim(name, code);
      await shop.purchase(name, `order-${name}`, "80.00");
    }
    expect(states(await shop.rewards())).toEqual([
      "advocate issued",
      "friend issued",
      "friend issued",
    ]);
    expect(await shop.referralOf("Ann")).toMatchObject({ state: "rewarded" });
  });
});

describe("refunds", () => {
  const tenPercent = {
    rules: [
      advocateCredit({
        calculator: { kind: "share_of_order", shareBp: 1000, atMost: null } as const,
      }),
      friendCoupon(),
    ],
  };
  const items = [
    { sku: "tea", quantity: 2, price: "20.00" },
    { sku: "cup", quantity: 1, price: "60.00" },
  ];

  it("reverse per line, each slice once, what it earned", async () => {
    const shop = await story(tenPercent);
    const mira = await shop.advocate("Mira");
    await shop.claim("Tom", mira.code);
    await shop.purchase("Tom", "A-1", "100.00", {
      order: { id: "A-1", total: "100.00", currency: "USD", items },
    });
    await shop.refund("A-1", { items: [{ sku: "tea", quantity: 1 }] }, "r-1");
    await shop.refund("A-1", { items: [{ sku: "tea", quantity: 1 }] }, "r-1");
    expect(await balancesOf(shop.scope, mira.customerId)).toMatchObject([
      { asset: "USD/2", available: 800n },
    ]);
    await shop.refund("A-1", { items: [{ sku: "cup", quantity: 1 }] }, "r-2");
    expect(await balancesOf(shop.scope, mira.customerId)).toMatchObject([
      { asset: "USD/2", available: 200n },
    ]);
    await shop.refund("A-1", {}, "r-3");
    await shop.refund("A-1", {}, "r-4");
    const [advocate] = await shop.rewards();
    expect(advocate).toMatchObject({
      state: "reversed",
      reversedMinor: 1000n,
      recoveredMinor: 1000n,
      costMinor: 0n,
    });
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("void what is still on hold", async () => {
    const shop = await story({ rules: [advocateCredit({ holdDays: 14 }), friendCoupon()] });
    const { code } = await shop.advocate("Mira");
    await shop.claim("Tom", code);
    await shop.purchase("Tom", "A-1", "80.00");
    expect(states(await shop.rewards())).toEqual(["advocate held", "friend issued"]);
    await shop.refund("A-1");
    expect(states(await shop.rewards())).toEqual(["advocate voided", "friend issued"]);
    expect(await shop.referralOf("Tom")).toMatchObject({ state: "reversed", reason: "refunded" });
  });

  it("never reverse more than was paid, whatever is asked", async () => {
    const shop = await story(tenPercent);
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "A-1", "100.00", {
      code,
      order: { id: "A-1", total: "100.00", currency: "USD", items },
    });
    await shop.refund("A-1", {
      items: [
        { sku: "tea", quantity: 9, amount: "900.00" },
        { sku: "hat", quantity: 1 },
      ],
    });
    const order = await inScope(shop.scope, ({ db }) =>
      db.order.findFirst({ where: { merchantId: shop.scope.merchantId } }),
    );
    // What is beyond the tea comes out of the rest of the order, and no further.
    expect(order).toMatchObject({ refundedMinor: 10_000n, stands: false });
  });
});

describe("many at once", () => {
  it("pays one reward a side for one purchase processed by many", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    const body = {
      type: "purchase",
      code,
      customer: { email: "tom@example.com" },
      order: { id: "A-1", total: "80.00", currency: "USD" },
    };
    const stored = await Promise.all(
      Array.from({ length: 20 }, () => storeEvent(shop.scope, { source: "api", body })),
    );
    await Promise.all(
      stored.flatMap(({ eventId }) => [
        processEvent(shop.scope, eventId).catch(() => null),
        processEvent(shop.scope, eventId).catch(() => null),
      ]),
    );
    await inScope(
      shop.scope,
      ({ db }) =>
        db.$executeRaw`UPDATE event_inbox SET next_try_at = now()
        WHERE merchant_id = ${shop.scope.merchantId}`,
    );
    await processEvents.run({ merchantId: shop.scope.merchantId });
    expect(states(await shop.rewards())).toEqual(["advocate issued", "friend issued"]);
  });

  it("grants exactly the budget's ten rewards under a hundred qualifying purchases", async () => {
    const shop = await story({ rules: [advocateCredit()], budget: { cost: null, rewards: 10 } });
    const { code } = await shop.advocate("Mira");
    await inScope(shop.scope, async (tx) => {
      for (let index = 0; index < 100; index += 1) {
        const order = { id: `A-${index}`, total: "80.00", currency: "USD" };
        await storeEvent(tx, {
          source: "api",
          body: { type: "purchase", code, customer: { id: `friend-${index}` }, order },
        });
      }
    });
    await Promise.all(
      [1, 2, 3].map(() => processEvents.run({ merchantId: shop.scope.merchantId })),
    );
    await shop.settle();
    expect(await shop.rewards()).toHaveLength(10);
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("keeps a money budget to the cent", async () => {
    const shop = await story({
      rules: [advocateCredit()],
      budget: { cost: "35.00", rewards: null },
    });
    const { code } = await shop.advocate("Mira");
    for (let index = 0; index < 6; index += 1) {
      await shop.purchase(`friend${index}`, `A-${index}`, "80.00", { code });
    }
    expect(await shop.rewards()).toHaveLength(3);
  });
});

describe("failures", () => {
  it("leave the event in the inbox with its error, and nothing half done", async () => {
    const shop = await story();
    const { eventId } = await shop.send({
      type: "purchase",
      customer: { email: "no address" },
      order: { id: "A-1", total: "80.00", currency: "USD" },
    });
    const [row] = await inScope(shop.scope, ({ db }) =>
      db.eventInbox.findMany({ where: { merchantId: shop.scope.merchantId, eventId } }),
    );
    expect(row).toMatchObject({ attempts: 1, lastError: "This is not an email address." });
    expect(
      await inScope(shop.scope, ({ db }) =>
        db.order.count({ where: { merchantId: shop.scope.merchantId } }),
      ),
    ).toBe(0);
  });
});
