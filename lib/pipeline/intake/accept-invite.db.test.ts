import { describe, expect, it } from "vitest";
import { upsertCustomer } from "@/lib/customers/commands";
import { acceptInvite, friendRewards } from "./accept-invite";
import { friendCoupon, type Story, story } from "@/lib/worker/testing";
import { lastingWords, testEmails } from "@/lib/messaging/testing";

const emailsTo = async ({ scope }: Story, recipient: string) =>
  (await testEmails(scope, { recipient })).map(lastingWords);
const claim = (code: string, email: string) => ({ code, email, locale: "sq" as const });

describe("acceptInvite", () => {
  it("issues a friend's coupon at once, and asks by email in their language", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    const { outcome, customerId, referralId } = await acceptInvite(
      shop.scope,
      claim(code, "ben@example.com"),
    );
    expect(outcome).toBe("joined");
    const rewards = await friendRewards(shop.scope, {
      customerId: customerId!,
      programId: shop.program.id,
      referralId: referralId!,
    });
    expect(rewards).toMatchObject([{ state: "issued", side: "friend" }]);
    const emails = await emailsTo(shop, "ben@example.com");
    expect(emails.map(({ template, locale }) => [template, locale])).toEqual([
      ["reward_available", "sq"],
      ["welcome", "sq"],
    ]);
    for (const { text } of emails) expect(text).toContain(rewards[0]!.couponCode);
    expect(emails[1]!.text).toContain(`/i/${code}/answer/`);
  });

  it("emails those who accept again, once a day, and grants nothing twice", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    const first = await acceptInvite(shop.scope, claim(code, "ben@example.com"));
    const again = await Promise.all(
      [1, 2, 3].map(() => acceptInvite(shop.scope, claim(code, "ben@example.com"))),
    );
    expect(again.map(({ outcome }) => outcome)).toEqual(["again", "again", "again"]);
    expect(await shop.rewards()).toHaveLength(1);
    const emails = await emailsTo(shop, "ben@example.com");
    expect(emails.map(({ template }) => template)).toEqual([
      "reward_available",
      "welcome",
      "welcome",
    ]);
    const [reward] = await friendRewards(shop.scope, {
      customerId: first.customerId!,
      programId: shop.program.id,
      referralId: first.referralId!,
    });
    expect(emails[1]!.text).toContain(reward!.couponCode);
  });

  it("welcomes a friend whose reward comes later, and says what it will be", async () => {
    const shop = await story({ rules: [friendCoupon({ on: { kind: "qualified" } })] });
    const { code } = await shop.advocate("Mira");
    await acceptInvite(shop.scope, claim(code, "ben@example.com"));
    const [email] = await emailsTo(shop, "ben@example.com");
    expect(email).toMatchObject({ template: "welcome", locale: "sq" });
    expect(email!.text).toContain("Mira");
    expect(email!.text).toMatch(/5\sUS\$ zbritje · Kur të bëni blerjen e parë/);
  });

  it("lets no name speak in an email: neither the advocate's to the friend, nor back", async () => {
    const shop = await story({ rules: [friendCoupon({ on: { kind: "qualified" } })] });
    const { code } = await shop.advocate("Mira");
    const rename = (email: string, name: string) =>
      upsertCustomer(shop.scope, { email, name, seenAt: new Date() });
    await rename("mira@example.com", "Claim your prize at evil\u200b．com");
    await rename("ben@example.com", "Call 0800 123 456");
    await acceptInvite(shop.scope, claim(code, "ben@example.com"));
    await shop.settle();
    const emails = await testEmails(shop.scope);
    expect(emails.map(({ template }) => template)).toEqual(
      expect.arrayContaining(["welcome", "friend_joined"]),
    );
    const words = emails.map(({ subject, text, html }) => [subject, text, html].join("\n"));
    for (const one of words) expect(one).not.toMatch(/evil|prize|0800/i);
    const about = (template: string) =>
      words[emails.findIndex((email) => email.template === template)];
    expect(about("welcome")).toContain("m•••@example.com");
    expect(about("friend_joined")).toContain("b•••@example.com");
  });

  it("writes nothing to the owner of the link", async () => {
    const shop = await story();
    const { code } = await shop.advocate("Mira");
    const before = await emailsTo(shop, "mira@example.com");
    expect(await acceptInvite(shop.scope, claim(code, "mira@example.com"))).toMatchObject({
      outcome: "refused",
      reason: "own_link",
    });
    expect(await emailsTo(shop, "mira@example.com")).toEqual(before);
  });
});
