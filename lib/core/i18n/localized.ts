import { z } from "zod";
import type { Locale } from "./locales";

/**
 * A merchant's own text in every language that customers read. English is required; where another
 * is "", English is shown.
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

/** The text in a language, or in English if it has not been translated. */
export function localized(text: LocalizedText, locale: Locale): string {
  return text[locale] || text.en;
}
