import { describe, expect, it } from "vitest";
import { LOCALES, type Locale } from "./locales";
import { leaves } from "./testing";
import { messagesOf, translator } from "./translator";

/** The arguments of a message with their kinds, nested ones included: "days:plural", "email". */
function argumentsOf(message: string): string[] {
  const found = new Set<string>();
  for (const match of message.matchAll(/\{\s*([a-z]\w*)\s*(?:,\s*(\w+)\s*,|\})/gi)) {
    // Inside a plural arm, `{friend joined}` has a blank and `{confirmed}` is a word: only
    // arguments follow text or a start.
    const before = message.slice(0, match.index).trimEnd();
    if (/(?:=\d+|one|other|few|many|zero|two)$/.test(before)) continue;
    found.add(match[2] ? `${match[1]}:${match[2]}` : `${match[1]}`);
  }
  return [...found].sort();
}

const catalogue = (locale: Locale) => new Map(leaves(messagesOf(locale)));

describe("message catalogues", () => {
  const english = catalogue("en");

  it.each(LOCALES)("%s has exactly the keys of English, none empty", (locale) => {
    const words = catalogue(locale);
    expect([...words.keys()].sort()).toEqual([...english.keys()].sort());
    expect([...words].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it.each(LOCALES)("%s takes exactly the arguments of English", (locale) => {
    for (const [key, text] of catalogue(locale)) {
      expect([key, argumentsOf(text)]).toEqual([key, argumentsOf(english.get(key) ?? "")]);
    }
  });

  it.each(LOCALES)("%s has every plural form that its language needs", (locale) => {
    const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
    for (const [key, text] of catalogue(locale)) {
      if (!text.includes(", plural,")) continue;
      for (const form of forms) {
        // `=1` cannot stand in for `one`: other numbers fall under it in some languages.
        expect([key, new RegExp(`\\b${form} \\{`).test(text)]).toEqual([key, true]);
      }
    }
  });

  it.each(LOCALES)("%s can be formatted: every message compiles and fills in", (locale) => {
    const t = translator(locale) as unknown as (
      key: string,
      values: Record<string, string | number>,
    ) => string;
    for (const [key, text] of catalogue(locale)) {
      const values = Object.fromEntries(
        argumentsOf(text).map((argument) => {
          const [name = "", kind] = argument.split(":");
          return [name, kind ? 2 : `<${name}>`];
        }),
      );
      const filled = t(key, values);
      expect([key, /[{}]/.test(filled)]).toEqual([key, false]);
    }
  });

  it("refuses to leave a gap in a message", () => {
    const t = translator("en") as unknown as (key: string) => string;
    expect(() => t("email.joined.subject")).toThrow("was not provided");
  });
});
