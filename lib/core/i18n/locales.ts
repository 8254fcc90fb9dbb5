import { cookieName } from "@/lib/core/address";

/**
 * The languages of everything that customers and friends see. The first is the fallback for all
 * others.
 */
export const LOCALES = ["en", "sq", "zh"] as const;
export type Locale = (typeof LOCALES)[number];

const DEFAULT_LOCALE: Locale = "en";

/**
 * The name of the cookie with the language picked in the language switch; it overrides
 * Accept-Language.
 */
export function localeCookie(): string {
  return cookieName("goodword_locale");
}

/** Each language by its own name. */
export const LOCALE_NAMES: Record<Locale, string> = { en: "English", sq: "Shqip", zh: "简体中文" };

/** What `<html lang>` and `hreflang` say. */
export const HTML_LANG: Record<Locale, string> = { en: "en", sq: "sq", zh: "zh-Hans" };

/** "zh-CN" → zh, "SQ" → sq; null for a language that is not supported. */
export function matchLocale(tag: string): Locale | null {
  const language = tag.trim().toLowerCase().split(/[-_]/)[0];
  return LOCALES.find((locale) => locale === language) ?? null;
}

/** The language of a tag; English if there is none or it is not supported. */
export function asLocale(tag: string | null | undefined): Locale {
  return (tag ? matchLocale(tag) : null) ?? DEFAULT_LOCALE;
}

/** The language to answer a request in: the one it asks for, else English (see `wishedLocale`). */
export function negotiateLocale(
  cookie: string | null | undefined,
  acceptLanguage: string | null | undefined,
): Locale {
  return wishedLocale(cookie, acceptLanguage) ?? DEFAULT_LOCALE;
}

/**
 * The language that a request asks for: the one picked before, else the best match for
 * Accept-Language. Only this may be stored for a person: falling back to English says nothing about
 * them.
 * @param cookie value of `localeCookie`
 * @param acceptLanguage header as sent, "sq-AL,sq;q=0.9,en;q=0.8"; wishes of equal weight count in
 * their order
 * @returns null if it asks for none that is supported
 */
export function wishedLocale(
  cookie: string | null | undefined,
  acceptLanguage: string | null | undefined,
): Locale | null {
  const picked = cookie ? matchLocale(cookie) : null;
  if (picked) return picked;
  let best: { locale: Locale | null; weight: number } = { locale: null, weight: 0 };
  for (const wish of (acceptLanguage ?? "").slice(0, 1000).split(",")) {
    const [tag = "", ...parameters] = wish.split(";");
    const locale = matchLocale(tag);
    const isWish = locale !== null || tag.trim() === "*";
    const weight = weightOf(parameters);
    if (isWish && weight > best.weight) best = { locale, weight };
  }
  return best.locale;
}

/** The `q` of a language (RFC 9110), from 0 to 1; 1 if absent, 0 if malformed. */
function weightOf(parameters: string[]): number {
  const text = parameters
    .map((parameter) => parameter.trim())
    .find((parameter) => /^q=/i.test(parameter));
  if (text === undefined) return 1;
  const weight = Number(text.slice(2));
  return weight >= 0 && weight <= 1 ? weight : 0;
}
