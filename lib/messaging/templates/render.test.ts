import { describe, expect, it } from "vitest";
import { HTML_LANG, LOCALES } from "@/lib/core/i18n/locales";
import { type CustomerEmail, renderCustomerEmail, renderUserEmail } from "./render";
import { retryDelayMs } from "../rules/retries";
import { TEMPLATES, type TemplateName } from "../schema";
import { TEST_SHOP, testEmailData, testUserEmailData } from "./testing";
import type { UserTemplateName } from "./member";

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
    expect(renderUserEmail("pool_low", pool, "en").subject).toBe(
      "No coupon codes left in Spring Bcc: all@example.com",
    );
  });

  it.each(LOCALES)("lets nobody who is not of the shop into a subject, in %s", (locale) => {
    const words = "Win at evil.example or call 0800 123 456";
    const data = testEmailData(words);
    for (const template of TEMPLATES) {
      const email = { template, data: data[template], locale, readerName: words };
      const { subject } = renderCustomerEmail({
        ...email,
        shop: TEST_SHOP,
        unsubscribeUrl: null,
      } as CustomerEmail<TemplateName>);
      expect(subject, template).not.toMatch(/evil|0800|[\r\n]/);
    }
    const users = testUserEmailData(words);
    for (const template of Object.keys(users) as UserTemplateName[])
      expect(renderUserEmail(template, users[template], locale).subject, template).not.toMatch(
        /evil|0800/,
      );
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
  const data = testUserEmailData(EVIL);
  const templates = Object.keys(data) as UserTemplateName[];

  it.each(templates.flatMap((template) => LOCALES.map((locale) => [template, locale] as const)))(
    "%s in %s holds its link, and escapes what a stranger chose",
    (template, locale) => {
      const { subject, text, html } = renderUserEmail(template, data[template], locale);
      expect(subject.length).toBeGreaterThan(3);
      expect(html).not.toContain("<img");
      expect(html).toContain(`<html lang="${HTML_LANG[locale]}"`);
      expect(text).toContain(data[template].url);
      expect(`${subject}${text}`).not.toMatch(/[{}]|undefined|null|\[object|memberEmail/);
    },
  );

  it.each([
    ["en", "Choose a new password", "2 referrals wait for your review"],
    ["sq", "Zgjidhni një fjalëkalim të ri", "2 rekomandime presin shqyrtimin tuaj"],
    ["zh", "设置新密码", "2 个推荐等待你审核"],
  ] as const)("are worded in %s", (locale, reset, reviews) => {
    expect(renderUserEmail("member_reset", data.member_reset, locale).subject).toBe(reset);
    expect(renderUserEmail("reviews_waiting", data.reviews_waiting, locale).subject).toBe(reviews);
  });
});

describe("retryDelayMs", () => {
  it("grows to twelve hours and stays there", () => {
    expect([1, 2, 3, 6, 7, 8].map((attempts) => retryDelayMs(attempts) / 60_000)).toEqual([
      1, 4, 16, 720, 720, 720,
    ]);
  });
});
