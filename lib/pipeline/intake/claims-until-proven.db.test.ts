import { describe, expect, it } from "vitest";
import { addDays, systemNow } from "@/lib/core/time";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope } from "@/lib/merchants/scope";
import { testEmails } from "@/lib/messaging/testing";
import { readAnswerToken } from "@/lib/messaging/rules/answer-link";
import { MOST_CLAIMS_A_DAY } from "@/lib/referrals/rules";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";
import { acceptInvite } from "./accept-invite";
import { answerable, answerInvite } from "./answer-invite";
import { referFriend } from "./refer-friend";

/** Attacks of somebody who types others' addresses into invitations of their own. */

const referrals = (shop: Story) =>
  inScope(
    shop.scope,
    ({ db }) => db.$queryRaw<{ by: string; state: string; reason: string; proof: string | null }[]>`
      SELECT c.name AS by, r.state, r.reason, r.proven_by AS proof FROM referral r
      JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
      JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id
      WHERE r.merchant_id = ${shop.scope.merchantId} ORDER BY r.id`,
  );
const stands = async (shop: Story) =>
  (await shop.rewards())
    .filter(({ state }) => state !== "voided" && state !== "reversed")
    .map(({ side, state }) => `${side} ${state}`);
const couponOf = (shop: Story) =>
  inScope(shop.scope, ({ db, merchantId }) =>
    db.coupon.findFirstOrThrow({ where: { merchantId, voidedAt: null } }),
  ).then(({ code }) => code);
const both = async (shop: Story) => [await shop.advocate("Mallory"), await shop.advocate("Mira")];
const visitor = "browser-1";
const clicks = (shop: Story, { advocateId, code }: { advocateId: string; code: string }) =>
  storeEvent(shop.scope, {
    source: "click",
    body: { type: "click", code },
    programId: shop.program.id,
    advocateId,
    channel: "link",
    visitorId: visitor,
  });

describe("a stranger who types somebody's address at their own link", () => {
  it("is paid neither for the joining nor when that person buys, and takes no budget", async () => {
    const joining = advocateCredit({ id: "joining", on: { kind: "join" } });
    const milestone = advocateCredit({
      id: "one",
      on: { kind: "milestone", count: 1, repeats: false },
    });
    const shop = await story({
      rules: [advocateCredit(), joining, milestone, friendCoupon()],
      budget: { cost: null, rewards: 2 },
    });
    const { code } = await shop.advocate("Mallory");
    expect(await shop.type("Tom", code)).toMatchObject({ outcome: "joined" });
    expect(await stands(shop)).toEqual(["friend issued"]);
    await shop.purchase("Tom", "o-1", "40.00", { customer: { id: "t", email: "tom@example.com" } });
    await shop.send({ type: "lead", customer: { email: "tom@example.com" }, visitorId: "own" });
    await shop.settle();
    expect(await stands(shop)).toEqual(["friend issued"]);
    expect(await referrals(shop)).toMatchObject([{ by: "Mallory", state: "joined", proof: null }]);
  });

  it.each(["they typed it too", "the shop's server says so", "they came by a click"])(
    "bars them from no friend's invitation: %s",
    async (how) => {
      const shop = await story();
      const [mallory, mira] = await both(shop);
      await shop.type("Tom", mallory!.code);
      if (how === "they typed it too") {
        const typed = await shop.type("Tom", mira!.code);
        // What there is at once, the first one has; the email says what is theirs.
        expect(typed).toMatchObject({ outcome: "answer" });
        expect(await stands(shop)).toEqual(["friend issued"]);
        await shop.answer("Tom", typed.referralId!);
      } else if (how === "they came by a click") {
        await clicks(shop, mira!);
        const customer = { email: "tom@example.com" };
        await shop.send({ type: "sign_up", customer, visitorId: visitor });
      } else {
        const friend = { email: "tom@example.com" };
        await referFriend(shop.scope, { program: shop.program.id, code: mira!.code, friend });
      }
      await shop.purchase("Tom", "o-1", "40.00");
      expect(await referrals(shop)).toMatchObject([
        { by: "Mallory", state: "rejected", reason: "gave_way", proof: null },
        { by: "Mira", state: "rewarded" },
      ]);
      expect(await stands(shop)).toEqual(["advocate issued", "friend issued"]);
    },
  );

  it("does not get them by being first, once both are proven", async () => {
    const shop = await story();
    const [mallory, mira] = await both(shop);
    await shop.type("Tom", mallory!.code);
    await shop.claim("Tom", mira!.code);
    const customer = { email: "tom@example.com" };
    await shop.send({ type: "lead", customer, code: mallory!.code });
    await shop.purchase("Tom", "o-1", "40.00");
    expect(await referrals(shop)).toMatchObject([
      { by: "Mallory", state: "rejected", reason: "invited_before", proof: "server" },
      { by: "Mira", state: "rewarded", proof: "email" },
    ]);
  });

  it("earns nothing by whom that person brings, until they accept", async () => {
    const second = advocateCredit({ id: "second", on: { kind: "second_level" } });
    const shop = await story({ rules: [second] });
    const { code } = await shop.advocate("Mallory");
    const typed = await shop.type("Tom", code);
    const tom = await shop.advocate("Tom");
    await shop.claim("Uli", tom.code);
    await shop.purchase("Uli", "o-1", "40.00");
    await shop.settle();
    expect(await stands(shop)).toEqual([]);
    await shop.answer("Tom", typed.referralId!);
    await shop.settle();
    expect(await stands(shop)).toEqual(["advocate issued"]);
  });

  it("sees only so many coupons a day, and the others learn of theirs by email", async () => {
    const shop = await story();
    const [mallory, mira] = await both(shop);
    const { ofAdvocate } = MOST_CLAIMS_A_DAY;
    const names = Array.from({ length: ofAdvocate + 2 }, (_, index) => `nobody${index}`);
    const typed = await Promise.all(names.map((name) => shop.type(name, mallory!.code)));
    const outcomes = typed.map(({ outcome }) => outcome);
    expect(outcomes.filter((one) => one === "joined")).toHaveLength(ofAdvocate);
    expect(outcomes.filter((one) => one === "answer")).toHaveLength(2);
    expect(await stands(shop)).toHaveLength(ofAdvocate);
    expect(await shop.type("Tom", mira!.code)).toMatchObject({ outcome: "joined" });
    // The one who was held back gets it with their answer.
    const place = outcomes.indexOf("answer");
    await shop.answer(names[place]!, typed[place]!.referralId!);
    expect(await stands(shop)).toHaveLength(ofAdvocate + 2);
  });
});

describe("what proves that a friend accepted", () => {
  const [email, id] = ["tom@example.com", "tom"];

  it.each([
    ["the shop names them with the code", "server", (code: string) => ({ code })],
    ["the shop names them in the browser of the click", "server", () => ({ visitorId: visitor })],
  ])("%s, before they buy or after", async (_, by, said) => {
    for (const isFirst of [true, false]) {
      const shop = await story();
      const mira = await shop.advocate("Mira");
      await clicks(shop, mira);
      await shop.type("Tom", mira.code);
      const named = { type: "lead", customer: { email, id }, ...said(mira.code) };
      if (isFirst) await shop.send(named);
      await shop.purchase("Tom", "o-1", "40.00");
      if (!isFirst) {
        expect(await stands(shop)).toEqual(["friend issued"]);
        await shop.send(named);
      }
      expect(await referrals(shop)).toMatchObject([{ state: "rewarded", proof: by }]);
      expect(await stands(shop)).toEqual(["advocate issued", "friend issued"]);
    }
  });

  it("their own order names their coupon; anybody else's does not", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    await shop.type("Tom", code);
    const order = { id: "o-1", total: "40.00", currency: "USD" };
    const discountCode = await couponOf(shop);
    const eve = { email: "eve@example.com" };
    await shop.send({ type: "purchase", customer: eve, order: { ...order, discountCode } });
    expect(await referrals(shop)).toMatchObject([{ state: "joined", proof: null }]);
    await shop.send({
      type: "purchase",
      customer: { email },
      order: { ...order, id: "o-2", discountCode },
    });
    expect(await referrals(shop)).toMatchObject([{ state: "rewarded", proof: "coupon" }]);
  });

  it("they answer the email, also after they bought and after its time is over", async () => {
    const shop = await story({ windowDays: 30 });
    const { code } = await shop.advocate("Mira");
    const { referralId } = await shop.type("Tom", code);
    await shop.purchase("Tom", "o-1", "40.00");
    const { merchantId } = shop.scope;
    await inScope(shop.scope, async ({ db }) => {
      await db.$executeRaw`
        UPDATE referral SET joined_at = joined_at - interval '31 days',
          expires_at = now() - interval '1 day' WHERE merchant_id = ${merchantId}`;
      await db.$executeRaw`
        UPDATE shop_order SET occurred_at = occurred_at - interval '20 days'
        WHERE merchant_id = ${merchantId}`;
    });
    await shop.settle();
    expect(await referrals(shop)).toMatchObject([{ state: "expired" }]);
    await Promise.all([1, 2, 3].map(() => shop.answer("Tom", referralId!)));
    expect(await referrals(shop)).toMatchObject([{ state: "rewarded", proof: "email" }]);
    expect(await stands(shop)).toEqual(["advocate issued", "friend issued"]);
  });

  it("nothing that a browser says of them", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mallory");
    const { referralId } = await shop.type("Tom", code);
    const said = { type: "invite_answer", customer: { email }, properties: { referralId } };
    const outcome = await storeEvent(shop.scope, { source: "browser", body: said });
    await storeEvent(shop.scope, {
      source: "browser",
      body: { type: "lead", customer: { email }, code },
    });
    await shop.settle();
    expect(await shop.decisions(outcome.eventId)).not.toContain("referral_proven");
    expect(await referrals(shop)).toMatchObject([{ state: "joined", proof: null }]);
  });

  it("an earlier date of the server's makes it no later than it was", async () => {
    const shop = await story();
    const [mallory, mira] = await both(shop);
    await shop.claim("Tom", mallory!.code);
    await shop.send(
      { type: "lead", customer: { email }, code: mira!.code },
      addDays(systemNow(), -3),
    );
    expect(await referrals(shop)).toMatchObject([
      { by: "Mallory", state: "rejected", reason: "invited_before" },
      { by: "Mira", state: "joined" },
    ]);
  });
});

describe("the link in the friend's email", () => {
  const linkIn = async (shop: Story, recipient: string) => {
    const emails = await testEmails(shop.scope, { recipient });
    const { text } = emails.find(({ template }) => template === "welcome")!;
    return readAnswerToken(/\/answer\/([\w-]+)/.exec(text)![1]!);
  };

  it("names the referral and the address, changes nothing when it is opened", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    const { referralId } = await acceptInvite(shop.scope, { code, email: "tom@example.com" });
    const who = await linkIn(shop, "tom@example.com");
    expect(who).toEqual({
      merchantId: shop.scope.merchantId,
      referralId,
      email: "tom@example.com",
    });
    expect(await answerable(shop.scope, who!)).toMatchObject({ isProven: false });
    expect(await referrals(shop)).toMatchObject([{ proof: null }]);
    await answerInvite(shop.scope, who!);
    expect(await answerable(shop.scope, who!)).toMatchObject({ isProven: true });
  });

  it("is worth nothing for another referral, or once the address is somebody else's", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    const tom = await shop.type("Tom", code);
    const uli = await shop.type("Uli", code);
    const isRefused = { code: "not_found" };
    await expect(
      answerInvite(shop.scope, { referralId: uli.referralId!, email: "tom@example.com" }),
    ).rejects.toMatchObject(isRefused);
    await inScope(shop.scope, ({ db, merchantId }) =>
      db.customer.update({
        where: { merchantId_email: { merchantId, email: "tom@example.com" } },
        data: { email: "tom2@example.com" },
      }),
    );
    await expect(
      answerInvite(shop.scope, { referralId: tom.referralId!, email: "tom@example.com" }),
    ).rejects.toMatchObject(isRefused);
    expect(await referrals(shop)).toMatchObject([{ proof: null }, { proof: null }]);
  });
});
