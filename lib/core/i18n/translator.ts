import { createTranslator } from "use-intl/core";
import { remembered } from "../collections/remembered";
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

function complete(locale: Locale) {
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
export type Translate = ReturnType<typeof complete>;

/** Text and arguments only: no plural, no tag, nothing quoted. */
const PLAIN = /^[^{}<']*(?:\{\w+\}[^{}<']*)*$/;

/**
 * The same translator, which fills in plain messages itself: the library takes far longer, and
 * emails are worded by the thousand. All else, also what is missing or of another type, is the
 * library's.
 */
function create(locale: Locale): Translate {
  const translate = complete(locale) as (key: string, values?: Values) => string;
  const plain = remembered<readonly string[] | null>(10_000);
  const fill = (key: string, values?: Values): string => {
    const parts = plain(key, () => partsOf(CATALOGUES[locale], key));
    return (parts && filled(parts, values)) ?? translate(key, values);
  };
  return Object.assign(fill, translate) as unknown as Translate;
}

type Values = Readonly<Record<string, unknown>>;

/** A plain message as text and names of arguments by turns; null for any other. */
function partsOf(messages: Messages, key: string): readonly string[] | null {
  const message = key
    .split(".")
    .reduce<unknown>(
      (found, part) => (found as Record<string, unknown> | undefined)?.[part],
      messages,
    );
  return typeof message === "string" && PLAIN.test(message) ? message.split(/\{(\w+)\}/) : null;
}

/** Null unless all arguments are there, as text or numbers. */
function filled(parts: readonly string[], values: Values | undefined): string | null {
  let words = parts[0]!;
  for (let index = 1; index < parts.length; index += 2) {
    const value = values?.[parts[index]!];
    if (typeof value !== "string" && typeof value !== "number") return null;
    words += `${value}${parts[index + 1]!}`;
  }
  return words;
}

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
