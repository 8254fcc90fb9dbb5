import { describe, expect, it } from "vitest";
import { LOCALES } from "@/lib/core/i18n/locales";
import { type CustomerEmail, renderCustomerEmail, renderUserEmail } from "./render";
import { retryDelayMs } from "../rules/retries";
import { TEMPLATES, type TemplateData, type TemplateName } from "../schema";

const EVIL = `<img src=x onerror="alert('1')">&`;
const program = { programName: `Tell ${EVIL}`, programSlug: "tell" };
const DATA: TemplateData = {
  joined: { ...program, code: "MIRA-7K3P", youGet: "$10 off", friendGets: null },
  welcome: {
    ...program,
    advocateName: EVIL,
    benefits: ["250 points"],
    coupon: { code: "GW-1-2", benefit: "$10 off" },
  },
  friend_joined: {
    ...program,
    friendName: EVIL,
    benefit: "$10 off",
    when: "When your friend joins",
  },
  reward_held: {
    ...program,
    rewardId: "rwd_1",
    benefit: "$10 off",
    heldUntil: new Date("2026-05-31T22:30:00Z"),
  },
  reward_available: {
    ...program,
    rewardId: "rwd_1",
    benefit: "$10 off",
    couponCode: "GW-1-2",
    expiresAt: null,
  },
  reward_given: { ...program, rewardId: "rwd_1", benefit: "A bike", note: EVIL },
  reward_expiring: {
    ...program,
    rewardId: "rwd_1",
    benefit: "$10 off",
    expiresAt: new Date("2026-05-31T21:59:59.999Z"),
    couponCode: "GW-1-2",
    waits: false,
  },
  rewards_paid: { ...program, amount: "$30", count: 2, reference: EVIL },
  reward_reversed: {
    ...program,
    rewardId: "rwd_1",
    benefit: "$10 off",
    part: null,
    wasReleased: true,
    reason: "voided_by_staff",
    words: EVIL,
  },
  tier_reached: {
    ...program,
    tier: EVIL,
    benefits: EVIL,
    keepUntil: new Date("2026-05-31T21:59:59.999Z"),
  },
  review_answered: {
    ...program,
    rewardId: "rwd_1",
    benefit: "$10 off",
    answer: `We looked ${EVIL}`,
    outcome: "released",
  },
  nomination_asked: { ...program, friendName: EVIL },
  customer_sign_in: { url: "https://refer.example.com/enter?token=a&b=c", minutes: 30 },
};

function render<T extends TemplateName>(template: T, change: Partial<CustomerEmail<T>> = {}) {
  return renderCustomerEmail({
    template,
    data: DATA[template],
    locale: "en",
    readerName: "Mira",
    unsubscribeUrl: "https://refer.example.com/unsubscribe/x",
    shop: {
      name: "Tea & Co",
      accentColor: "#0f766e",
      shopUrl: "https://tea.example.com/?a=1&b=2",
      supportEmail: "help@example.com",
      timeZone: "Europe/Tirane",
    },
    ...change,
  });
}

describe("customer emails", () => {
  it.each(TEMPLATES.flatMap((template) => LOCALES.map((locale) => [template, locale] as const)))(
    "%s in %s is whole, escaped, and says the same as text",
    (template, locale) => {
      const { subject, text, html } = render(template, { locale });
      expect(subject.length).toBeGreaterThan(3);
      expect(html).not.toContain("<img");
      expect(html).toContain("https://refer.example.com/unsubscribe/x");
      expect(text).toContain("https://refer.example.com/unsubscribe/x");
      expect(`${subject}${text}`).not.toMatch(/[{}]|undefined|null|\[object/);
      const [paragraph] = text.split("\n\n").slice(1);
      expect(html).toContain(paragraph!.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`));
    },
  );

  it("writes dates in the shop's zone and the reader's language", () => {
    expect(render("reward_held").text).toContain("June 1, 2026");
    expect(render("reward_held", { locale: "sq" }).text).toContain("1 qershor 2026");
    expect(render("reward_held", { locale: "zh" }).text).toContain("2026年6月1日");
  });

  it("keeps a subject on one line, so that it cannot start another header", () => {
    const poolName = "Spring\r\nBcc: all@example.com";
    const pool = { url: "https://x.example", shopName: "Bean", poolName, left: 0 };
    expect(renderUserEmail("pool_low", pool).subject).toBe(
      "No coupon codes left in Spring Bcc: all@example.com",
    );
  });

  it("has nothing in a subject that a stranger wrote", () => {
    const friendName = "Win at evil.example";
    for (const locale of ["en", "sq", "zh"] as const) {
      const joined = { ...DATA.friend_joined, friendName };
      const asked = { ...DATA.nomination_asked, friendName };
      for (const email of [
        render("friend_joined", { data: joined, locale }),
        render("nomination_asked", { data: asked, locale }),
      ]) {
        expect(email.subject).not.toContain("evil");
        expect(email.text).toContain(friendName);
      }
    }
    const invite = { url: "https://x.example", shopName: "Evil", invitedBy: "Evil", days: 7 };
    const { subject } = renderUserEmail("member_invite", { ...invite, role: "admin" });
    expect(subject).not.toContain("Evil");
  });

  it("has no way to unsubscribe from a link that was asked for", () => {
    expect(render("customer_sign_in", { unsubscribeUrl: null }).text).not.toContain("unsubscribe");
  });

  it("sends an advocate their link, and a friend their coupon", () => {
    expect(render("joined").text).toContain("http://localhost:3000/r/MIRA-7K3P");
    expect(render("welcome").text).toContain("GW-1-2");
  });
});

describe("member emails", () => {
  it("hold their link, and escape what a stranger chose", () => {
    const email = renderUserEmail("member_invite", {
      url: "https://x.example/i?t=1",
      shopName: EVIL,
      invitedBy: "Ada",
      role: "admin",
      days: 7,
    });
    expect(email.html).not.toContain("<img");
    expect(email.text).toContain("https://x.example/i?t=1");
    expect(
      renderUserEmail("member_reset", { url: "https://x.example/r", minutes: 30 }).subject,
    ).toBe("Choose a new password");
  });
});

describe("retryDelayMs", () => {
  it("grows to twelve hours and stays there", () => {
    expect([1, 2, 3, 6, 7, 8].map((attempts) => retryDelayMs(attempts) / 60_000)).toEqual([
      1, 4, 16, 720, 720, 720,
    ]);
  });
});
