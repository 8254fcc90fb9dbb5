import { createTranslator } from "use-intl/core";
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

type Values = Record<string, string | number>;
type Words = (key: string, values: Values) => string;

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
    const t = translator(locale) as unknown as Words;
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

  it.each(LOCALES)("%s is filled in as the library does, whatever the words are", (locale) => {
    const t = translator(locale) as unknown as Words;
    const library = createTranslator({ locale, messages: messagesOf(locale), timeZone: "UTC" });
    for (const word of ["Ana", "", "'{name}' <b>''#</b> {name}", "$&", 0, 1_234.5])
      for (const [key, text] of catalogue(locale)) {
        const values = Object.fromEntries(
          argumentsOf(text).map((argument) => {
            const [name = "", kind] = argument.split(":");
            return [name, kind ? 2 : word];
          }),
        );
        expect([key, t(key, values)]).toEqual([key, (library as unknown as Words)(key, values)]);
      }
  });

  it("refuses to leave a gap in a message", () => {
    const t = translator("en") as unknown as (key: string) => string;
    expect(() => t("email.joined.subject")).toThrow("was not provided");
  });
});
