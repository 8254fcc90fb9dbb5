import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import type { Locale } from "@/lib/core/i18n/locales";
import { translator } from "@/lib/core/i18n/translator";
import { cancelRedemption, redeemItem, saveItem } from "@/lib/loyalty/catalogue/commands";
import { itemSchema } from "@/lib/loyalty/catalogue/schema/item";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { rejectReferral } from "@/lib/pipeline/process/decide-referral";
import { ALWAYS } from "@/lib/terms/schema/conditions";
import { receipt } from "@/lib/rewards/queries/rewards";
import { reversalReasonOf } from "@/lib/rewards/schema";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";
import { grantOutright, voidReward } from "..";
import { testEmails } from "@/lib/messaging/testing";

let shop: Story;
beforeAll(async () => {
  shop = await story({
    rules: [
      advocateCredit({ calculator: { kind: "share_of_order", shareBp: 1_000, atMost: null } }),
      advocateCredit({
        id: "milestone",
        on: { kind: "milestone", count: 2, repeats: false },
        conditions: ALWAYS,
        calculator: { kind: "fixed", amount: "20" },
      }),
    ],
  });
});
afterAll(closeConnections);

let people = 0;
/** An advocate who reads this language. */
async function advocate(locale: Locale) {
  people += 1;
  const person = await shop.advocate(`advocate${people}`);
  await inScope(shop.scope, ({ db, merchantId }) =>
    db.customer.update({
      where: { merchantId_id: { merchantId, id: person.customerId } },
      data: { locale },
    }),
  );
  return person;
}

/** A friend of theirs who bought for 40.00. */
async function friend(code: string): Promise<{ name: string; orderId: string }> {
  people += 1;
  const name = `friend${people}`;
  await shop.claim(name, code);
  await shop.purchase(name, `order-${name}`, "40");
  return { name, orderId: `order-${name}` };
}

/** The last email about a reward, and what the receipt says. */
async function told(customerId: string, ruleId?: string) {
  const row = await inScope(shop.scope, ({ db, merchantId }) =>
    db.reward.findFirstOrThrow({
      where: { merchantId, customerId, ...(ruleId && { ruleId }) },
      orderBy: { id: "desc" },
    }),
  );
  const emails = await testEmails(shop.scope, {
    template: "reward_reversed",
    causeKey: { contains: row.id },
  });
  const shown = await receipt(shop.scope, row.id, customerId);
  expect(shown.steps.at(-1)!.reversalReason).toBe(shown.reversalReason);
  return { state: row.state, reason: reversalReasonOf(shown), email: emails.at(-1)! };
}

const shopName = async () =>
  (
    await inScope(shop.scope, ({ db, merchantId }) =>
      db.merchant.findUniqueOrThrow({ where: { id: merchantId }, select: { name: true } }),
    )
  ).name;

describe("the email about a reversal, and the receipt, say the real reason", () => {
  it("the order was refunded, all of it or a part", async () => {
    const t = translator("en");
    const { code, customerId } = await advocate("en");
    const { orderId } = await friend(code);
    await shop.refund(orderId, { amount: "10" });
    const part = await told(customerId, "advocate");
    expect(part).toMatchObject({ state: "issued", reason: "refunded" });
    expect(part.email.text).toContain(t("email.rewardReversed.partBody", { amount: "$1" }));
    await shop.refund(orderId);
    const { state, reason, email } = await told(customerId, "advocate");
    expect([state, reason]).toEqual(["reversed", "refunded"]);
    expect(email.subject).toBe(t("email.rewardReversed.subject.reversed"));
    expect(email.text).toContain(t("email.rewardReversed.body.refunded", { shop: "" }));
  });

  it("the referral was rejected", async () => {
    const { code, customerId } = await advocate("sq");
    const { name } = await friend(code);
    const referral = await shop.referralOf(name);
    await rejectReferral(shop.scope, { referralId: referral!.id, reason: "Same household" });
    const { state, reason, email } = await told(customerId, "advocate");
    expect([state, reason]).toEqual(["reversed", "referral_rejected"]);
    expect(email.text).toContain(
      translator("sq")("email.rewardReversed.body.referral_rejected", { shop: "" }),
    );
    expect(email.text).not.toContain("Same household");
  });

  it("there are no longer enough friends", async () => {
    const { code, customerId } = await advocate("zh");
    await friend(code);
    const { orderId } = await friend(code);
    await shop.settle();
    await shop.refund(orderId);
    await shop.settle();
    const { state, reason, email } = await told(customerId, "milestone");
    expect([state, reason]).toEqual(["reversed", "too_few_friends"]);
    expect(email.text).toContain(
      translator("zh")("email.rewardReversed.body.too_few_friends", { shop: "" }),
    );
  });

  it.each([
    [0, "reversed"],
    [30, "voided"],
  ] as const)("staff voided it, with their words (hold of %s days)", async (holdDays, state) => {
    const { customerId } = await advocate("en");
    const { rewardId } = await grantOutright(shop.scope, {
      programId: shop.program.id,
      customerId,
      source: "goodwill",
      ruleId: "goodwill",
      causeRef: { kind: "review", ref: `test:${customerId}` },
      eventId: null,
      benefit: { kind: "credit" },
      calculator: { kind: "fixed", amount: "5" },
      holdDays,
      at: new Date(),
      facts: {},
    });
    await voidReward(shop.scope, { rewardId, reason: "Granted for a test order" });
    const found = await told(customerId);
    expect([found.state, found.reason]).toEqual([state, "voided_by_staff"]);
    const t = translator("en");
    expect(found.email.subject).toBe(t(`email.rewardReversed.subject.${state}`));
    expect(found.email.text).toContain(
      t("email.rewardReversed.body.voided_by_staff", { shop: await shopName() }),
    );
    expect(found.email.text).toContain("Granted for a test order");
  });

  it("the customer, or the shop, cancelled the redemption", async () => {
    const { itemId } = await saveItem(
      shop.scope,
      itemSchema.parse({
        name: { en: "Cup" },
        points: 100,
        benefit: { kind: "gift", title: "A cup", unitCost: "0" },
      }),
    );
    for (const by of ["customer", "shop"] as const) {
      const { customerId } = await advocate("sq");
      const redemptionId = await redeem(itemId, customerId);
      if (by === "customer") await cancelRedemption(as(customerId), { redemptionId });
      else await cancelRedemption(shop.scope, { redemptionId, reason: "Sold out" });
      const { state, reason, email } = await told(customerId);
      expect([state, reason]).toEqual(["reversed", `cancelled_by_${by}`]);
      const t = translator("sq");
      expect(email.subject).toBe(t("email.rewardReversed.subject.cancelled"));
      expect(email.text).toContain(
        t(`email.rewardReversed.body.cancelled_by_${by}`, { shop: await shopName() }),
      );
      expect(email.text.includes("Sold out")).toBe(by === "shop");
    }
  });

  it("is read from the step, of rewards from before it was kept", () => {
    const old = (reason: string) => reversalReasonOf({ reason, reversalReason: null });
    expect(old("partly_refunded")).toBe("refunded");
    expect(old("referral_rejected")).toBe("referral_rejected");
    expect(old("count_fell")).toBe("too_few_friends");
    expect(old("redemption_cancelled")).toBe("cancelled_by_customer");
    expect(old("We sent it twice")).toBe("voided_by_staff");
  });
});

async function redeem(itemId: string, customerId: string): Promise<string> {
  const programId = shop.program.id;
  await grantOutright(shop.scope, {
    programId,
    customerId,
    source: "goodwill",
    ruleId: "goodwill",
    causeRef: { kind: "review", ref: `points:${customerId}` },
    eventId: null,
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "100" },
    holdDays: 0,
    at: new Date(),
    facts: {},
  });
  const requestKey = `key-${customerId}`;
  const redeemed = await redeemItem(shop.scope, { itemId, customerId, programId, requestKey });
  return redeemed.redemptionId;
}

function as(customerId: string): Scope {
  return { ...shop.scope, actor: { kind: "customer", id: customerId, label: customerId } };
}
