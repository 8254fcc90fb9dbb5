import { describe, expect, it } from "vitest";
import { asLocale, negotiateLocale, wishedLocale } from "./locales";

describe("negotiateLocale", () => {
  it.each([
    [null, null, "en"],
    [null, "", "en"],
    ["zh", "sq", "zh"],
    ["fr", "sq", "sq"],
    [null, "sq-AL,sq;q=0.9,en;q=0.8", "sq"],
    [null, "de-DE,de;q=0.9,zh-CN;q=0.5,en;q=0.4", "zh"],
    [null, "en;q=0.2, zh-Hans-CN;q=0.7", "zh"],
    [null, "sq;q=0, zh;q=0.1", "zh"],
    [null, "en;q=0.5,sq;q=0.5", "en"],
    [null, "fr, *;q=0.5, sq;q=0.4", "en"],
    [null, "zh;q=lots", "en"],
    [null, ";;;,,,", "en"],
  ] as const)("cookie %s, header %s → %s", (cookie, header, locale) => {
    expect(negotiateLocale(cookie, header)).toBe(locale);
  });

  it.each([
    [null, "fr-FR,fr;q=0.9", null],
    [null, "*", null],
    [null, "fr, *;q=0.5, sq;q=0.4", null],
    ["fr", "de", null],
    ["fr", "sq", "sq"],
    [null, "fr,en;q=0.1", "en"],
    [null, null, null],
  ] as const)("cookie %s, header %s wishes for %s", (cookie, header, locale) => {
    expect(wishedLocale(cookie, header)).toBe(locale);
  });

  it("reads a stored tag, and falls back to English", () => {
    expect(["zh_CN", "SQ", "fr", "", null].map((tag) => asLocale(tag))).toEqual([
      "zh",
      "sq",
      "en",
      "en",
      "en",
    ]);
  });
});
