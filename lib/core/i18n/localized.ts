import { z } from "zod";
import type { Locale } from "./locales";

/**
 * A merchant's own words in every language that customers read. English is there; "" in another
 * falls back to it.
 */
export type LocalizedText = Record<Locale, string>;

/**
 * @param max characters per language @param missing what to say when the English words are missing
 */
export function localizedTextOf(
  max: number,
  missing = "Write it at least in English.",
): z.ZodType<LocalizedText, unknown> {
  const other = z.string().trim().max(max).default("");
  return z.strictObject({
    en: z.string({ error: missing }).trim().min(1, missing).max(max),
    sq: other,
    zh: other,
  });
}

/** The words in a language, or in English where nobody has translated them. */
export function localized(text: LocalizedText, locale: Locale): string {
  return text[locale] || text.en;
}
