import { describe, expect, it } from "vitest";
import { newVisitorId } from "@/lib/events/rules/visitor";
import { systemScope } from "@/lib/merchants/queries/directory";
import { inScope } from "@/lib/merchants/scope";
import { testSandbox } from "@/lib/merchants/testing";
import { listReferrals, referralFilterSchema } from "@/lib/referrals/queries/referrals";
import type { Fraud } from "@/lib/terms/schema";
import { advanceTestClock, testClockSchema } from "@/lib/worker/test-clock";
import { advocateCredit, friendCoupon, type Story, story, storyIn } from "@/lib/worker/testing";
import { claimInvite } from "../claim-invite";

const shopWith = (fraud: Fraud = {}) =>
  story({ rules: [friendCoupon(), advocateCredit({ holdDays: 30 })], fraud });

const claim = (shop: Story, code: string, email: string) =>
  claimInvite(shop.scope, { code, email, visitorId: newVisitorId() });

/** The referrals, each with its score, whether it is held, and its signals. */
const scored = (shop: Story) =>
  inScope(shop.scope, async ({ db, merchantId }) => {
    const rows = await db.referral.findMany({
      where: { merchantId },
      orderBy: { id: "asc" },
      select: { score: true, reviewAt: true, signals: true },
    });
    return rows.map(({ score, reviewAt, signals }) => ({
      score,
      isHeld: reviewAt !== null,
      kinds: signals.map(({ kind }) => kind).sort(),
      evidence: signals.flatMap(({ evidence }) => evidence),
    }));
  });

describe("a disposable address", () => {
  it.each(["when the friend accepts", "when the server says it later"])(
    "is a signal %s, and once",
    async (when) => {
      const shop = await shopWith();
      const { code } = await shop.advocate("Mira");
      if (when === "when the friend accepts") await claim(shop, code, "ben@mailinator.com");
      else {
        await shop.send({ type: "sign_up", customer: { id: "ben" }, code });
        await shop.send({
          type: "sign_up",
          customer: { id: "ben", email: "ben@mailinator.com" },
        });
      }
      const customer = { email: "ben@mailinator.com", name: "Ben" };
      await shop.send({ type: "lead", customer });
      await shop.settle();
      expect(await scored(shop)).toMatchObject([
        {
          score: 30,
          isHeld: false,
          kinds: ["disposable_email"],
          evidence: [{ kind: "domain", said: "mailinator.com" }],
        },
      ]);
    },
  );

  it("is none where only a relay hides it, or one list names it", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    for (const email of ["a1@privaterelay.appleid.com", "tom@duck.com", "x@mozmail.com"])
      await claim(shop, code, email);
    expect(await scored(shop)).toMatchObject([{ score: 0 }, { score: 0 }, { score: 0 }]);
  });

  it("holds a referral together with another signal", async () => {
    const shop = await shopWith({ friendsADay: 2 });
    const { code } = await shop.advocate("Mira");
    await claim(shop, code, "ann@example.com");
    await claim(shop, code, "ben@mailinator.com");
    expect(await scored(shop)).toMatchObject([
      { score: 0, isHeld: false },
      { score: 60, isHeld: true, kinds: ["disposable_email", "fast_advocate"] },
    ]);
    const { rows } = await listReferrals(
      shop.scope,
      referralFilterSchema.parse({ review: "true" }),
    );
    expect(rows).toMatchObject([{ friendEmail: "ben@mailinator.com", score: 60 }]);
  });
});

describe("a coupon", () => {
  const couponOf = (shop: Story) =>
    inScope(shop.scope, async ({ db }) => (await db.coupon.findFirstOrThrow()).code);

  it("that somebody else redeems is a signal of its own referral, once", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    await claim(shop, code, "ben@example.com");
    const coupon = await couponOf(shop);
    const order = { id: "o-1", total: "40.00", currency: "USD", discountCode: coupon };
    await shop.send({ type: "purchase", customer: { id: "stranger" }, order });
    await shop.send({
      type: "purchase",
      customer: { id: "stranger" },
      order: { ...order, id: "o-2" },
    });
    await shop.settle();
    const [first] = await scored(shop);
    expect(first).toMatchObject({
      score: 25,
      isHeld: false,
      kinds: ["borrowed_coupon"],
      evidence: [{ kind: "coupon", said: coupon, orderId: "o-1" }],
    });
  });

  it("that its owner redeems is none", async () => {
    const shop = await shopWith();
    const { code } = await shop.advocate("Mira");
    await claim(shop, code, "ben@example.com");
    await shop.purchase("ben", "o-1", "40.00", {
      order: { id: "o-1", total: "40.00", currency: "USD", discountCode: await couponOf(shop) },
    });
    expect(await scored(shop)).toMatchObject([{ score: 0, kinds: [] }]);
  });

  it("holds the referral where the shop wants that", async () => {
    const shop = await shopWith({ weights: { borrowed_coupon: 80 } });
    const { code } = await shop.advocate("Mira");
    await claim(shop, code, "ben@example.com");
    const order = {
      id: "o-1",
      total: "40.00",
      currency: "USD",
      discountCode: await couponOf(shop),
    };
    const { eventId } = await shop.send({ type: "purchase", customer: { id: "stranger" }, order });
    expect(await scored(shop)).toMatchObject([{ score: 80, isHeld: true }]);
    expect(await shop.decisions(eventId)).toContain("referral_to_review");
  });
});

describe("an address that never answered", () => {
  /** A shop in test mode that rewards friends for joining after a hold. */
  async function waiting(fraud: Fraud, holdDays: number) {
    const real = await story({
      rules: [friendCoupon({ holdDays })],
      fraud,
    });
    const sandbox = await testSandbox(real.scope);
    const program = await inScope(sandbox, ({ db }) => db.program.findFirstOrThrow());
    const shop = storyIn(sandbox, program);
    const { code } = await shop.advocate("Mira");
    await claim(shop, code, "ben@example.com");
    const pass = async (days: number) =>
      advanceTestClock(
        await systemScope(sandbox.merchantId),
        testClockSchema.parse({ advance: `P${days}D` }),
      );
    return { shop, code, pass };
  }

  it("is a signal when the reward would be released, and can hold it", async () => {
    const { shop, pass } = await waiting({ weights: { unanswered_email: 50 } }, 10);
    await pass(9);
    expect(await scored(shop)).toMatchObject([{ score: 0 }]);
    await pass(2);
    expect(await scored(shop)).toMatchObject([
      { score: 50, isHeld: true, evidence: [{ kind: "unanswered", said: "ben@example.com" }] },
    ]);
    expect((await shop.rewards()).map(({ state }) => state)).toEqual(["held"]);
  });

  it("is none before its days are over, nor once the server names them with a code", async () => {
    const early = await waiting({ answerDays: 30 }, 10);
    await early.pass(11);
    expect(await scored(early.shop)).toMatchObject([{ score: 0 }]);
    const named = await waiting({}, 10);
    const { code } = named;
    await named.shop.send({ type: "lead", customer: { email: "ben@example.com" }, code });
    await named.pass(11);
    expect(await scored(named.shop)).toMatchObject([{ score: 0 }]);
  });
});
