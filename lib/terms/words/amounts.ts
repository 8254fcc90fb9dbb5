import type { Locale } from "@/lib/core/i18n/locales";
import { type Translate, translator } from "@/lib/core/i18n/translator";
import {
  assetScale,
  currencyAsset,
  formatMoney,
  type Money,
  parseMoney,
  POINTS,
} from "@/lib/core/money";

const english = translator("en");

/** "$10", "$9.50", "250 points": an amount in a sentence, where ".00" would only be noise. */
export function amountWords(t: Translate, amount: Money, locale: Locale): string {
  if (amount.asset === POINTS) return t("benefit.points", { points: Number(amount.minor) });
  const whole = amount.minor % 10n ** BigInt(assetScale(amount.asset)) === 0n;
  return formatMoney(amount, locale, whole ? 0 : undefined);
}

/** An amount of the program's currency as terms hold it. */
export function moneyWords(t: Translate, text: string, currency: string, locale: Locale): string {
  return amountWords(t, parseMoney(text, currencyAsset(currency)), locale);
}

/** The same in a sentence for staff. */
export function moneyText(text: string, currency: string): string {
  return moneyWords(english, text, currency, "en");
}

/** "12.5%" of 1250. */
export function percentWords(basisPoints: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(
    basisPoints / 10_000,
  );
}
