import type { Locale } from "@/lib/core/i18n/locales";

/** "Monday" of 1, in the reader's language. */
export function weekdayName(day: number, locale: Locale): string {
  // The 1st of January 2024 was a Monday.
  return new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" }).format(
    Date.UTC(2024, 0, day),
  );
}

/** "Germany" of DE; the code itself where it has no name. */
export function countryName(code: string, locale: Locale): string {
  try {
    return new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** "tea, cups or pots", in the reader's language. */
export function listWords(items: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(locale, { type: "disjunction" }).format(items);
}

/** The same for staff. */
export function oneOf(items: readonly string[]): string {
  return listWords(items, "en");
}
