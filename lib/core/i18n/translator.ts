import { createTranslator } from "use-intl/core";
import type { Locale } from "./locales";
import en from "./messages/en.json" with { type: "json" };
import sq from "./messages/sq.json" with { type: "json" };
import zh from "./messages/zh.json" with { type: "json" };

export type Messages = typeof en;

const CATALOGUES: Record<Locale, Messages> = { en, sq, zh };

/**
 * All messages of a language. Every language has the same keys with the same arguments (a test
 * checks it).
 */
export function messagesOf(locale: Locale): Messages {
  return CATALOGUES[locale];
}

function create(locale: Locale) {
  return createTranslator<Messages>({
    locale,
    messages: CATALOGUES[locale],
    // Dates are formatted by the caller in the merchant's zone and arrive as text.
    timeZone: "UTC",
    onError: (error) => {
      throw error;
    },
  });
}

/**
 * `t("email.joined.subject", { shop })`.
 * @throws if an argument is missing: no email is better than half of one
 */
export type Translate = ReturnType<typeof create>;

const made = new Map<Locale, Translate>();

/** The translator of a language, for pages as well as for emails and the API. */
export function translator(locale: Locale): Translate {
  let translate = made.get(locale);
  if (!translate) {
    translate = create(locale);
    made.set(locale, translate);
  }
  return translate;
}
