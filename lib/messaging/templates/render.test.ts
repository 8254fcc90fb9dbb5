import { describe, expect, it } from "vitest";
import { LOCALES } from "@/lib/core/i18n/locales";
import { type CustomerEmail, renderCustomerEmail, renderUserEmail } from "./render";
import { retryDelayMs } from "../rules/retries";
import { TEMPLATES, type TemplateName } from "../schema";
import { TEST_SHOP, testEmailData } from "./testing";

const EVIL = `<img src=x onerror="alert('1')">&`;
const DATA = testEmailData(EVIL);

function render<T extends TemplateName>(template: T, change: Partial<CustomerEmail<T>> = {}) {
  return renderCustomerEmail({
    template,
    data: DATA[template],
    locale: "en",
    readerName: "Mira",
    unsubscribeUrl: "https://refer.example.com/unsubscribe/x",
    shop: TEST_SHOP,
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
