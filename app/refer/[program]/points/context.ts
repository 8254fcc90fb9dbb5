import type { CustomerEntry } from "@/lib/auth/customer";
import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import { POINTS } from "@/lib/core/money";
import { dateFormat } from "@/lib/core/zones/format";
import { amountWords } from "@/lib/terms/words/amounts";
import type { ReferProgram } from "../load";

/** What every section of the page of points works with. */
export type PointsContext = {
  found: ReferProgram;
  entry: CustomerEntry;
  /** The arm of the program's experiment that they are in. */
  arm: string | null;
  t: Translate;
  locale: Locale;
};

/** "250 points" */
export function pointsWords(
  { t, locale }: Pick<PointsContext, "t" | "locale">,
  minor: bigint,
): string {
  return amountWords(t, { minor, asset: POINTS }, locale);
}

/** "3 June 2026" in the shop's zone. */
export function dayWords(
  { locale, found: { shop } }: Pick<PointsContext, "locale" | "found">,
  date: Date,
): string {
  return dateFormat(locale, { dateStyle: "long", timeZone: shop.timeZone }).format(date);
}
