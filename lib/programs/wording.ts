import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import {
  assetCode, assetScale, type Asset, currencyAsset, decimal, type Money, parseMoney, POINTS,
} from "@/lib/core/money";
import type { Benefit, Condition, Rule, Side, Terms } from "./schema";

/**
 * What terms promise, in words for people. The one place that the invite page, the customer's page, the mails and
 * the dashboard's preview all read, so that nobody is promised two things.
 */

/** "$10 off", "10% off", "250 points", "10% of the order as store credit, up to $20", or the gift's own words. */
export function benefitWords(
  t: Translate, rule: Pick<Rule, "benefit" | "calculator">, currency: string, locale: Locale,
): string {
  const { benefit, calculator } = rule;
  const asset = benefitAsset(benefit, currency);
  if (calculator.kind === "fixed") return worthWords(t, benefit, parseMoney(calculator.amount, asset), locale);
  if (calculator.kind === "none") return worthWords(t, benefit, null, locale);
  const percent = percentWords(calculator.shareBp, locale);
  const share =
    benefit.kind === "credit" ? t("benefit.shareCredit", { percent })
    : benefit.kind === "cash" ? t("benefit.shareCash", { percent })
    : benefit.kind === "points" ? t("benefit.sharePoints", { percent })
    : t("benefit.shareAmountOff", { percent });
  if (calculator.atMost === null) return share;
  return t("benefit.upTo", { benefit: share, amount: amountWords(t, parseMoney(calculator.atMost, asset), locale) });
}

/**
 * The words for a benefit whose amount is known: a reward as granted.
 * @param amount null for a percentage or a gift, which are not amounts
 */
export function worthWords(t: Translate, benefit: Benefit, amount: Money | null, locale: Locale): string {
  if (benefit.kind === "gift") return benefit.title;
  if (benefit.kind === "percent_off") {
    return t("benefit.percentOff", { percent: percentWords(benefit.percentBp, locale) });
  }
  if (amount === null) return "";
  const text = amountWords(t, amount, locale);
  if (benefit.kind === "points") return text;
  if (benefit.kind === "credit") return t("benefit.credit", { amount: text });
  if (benefit.kind === "cash") return t("benefit.cash", { amount: text });
  return t("benefit.amountOff", { amount: text });
}

/** "$10", "$9.50", "250 points": an amount in a sentence, where ".00" would only be noise. */
export function amountWords(t: Translate, amount: Money, locale: Locale): string {
  if (amount.asset === POINTS) return t("benefit.points", { points: Number(amount.minor) });
  const scale = assetScale(amount.asset);
  const whole = amount.minor % 10n ** BigInt(scale) === 0n;
  return new Intl.NumberFormat(locale, {
    style: "currency", currency: assetCode(amount.asset), currencyDisplay: "symbol",
    minimumFractionDigits: whole ? 0 : scale, maximumFractionDigits: whole ? 0 : scale,
  }).format(decimal(amount) as Intl.StringNumericLiteral);
}

/** What an amount of this benefit is counted in. */
export function benefitAsset(benefit: Pick<Benefit, "kind">, currency: string): Asset {
  return benefit.kind === "points" ? POINTS : currencyAsset(currency);
}

/** All that a side is promised, joined: "$10 off and 250 points"; null when it gets nothing. */
export function sideWords(t: Translate, terms: Terms, side: Side, locale: Locale): string | null {
  const words = terms.rules
    .filter((rule) => rule.side === side)
    .map((rule) => benefitWords(t, rule, terms.currency, locale));
  return words.length === 0 ? null : words.reduce((first, second) => t("benefit.and", { first, second }));
}

/** What a rule waits for, said to one side: "When your friend makes their first purchase of $50 or more". */
export function triggerWords(
  t: Translate, terms: Pick<Terms, "currency" | "qualification">, rule: Pick<Rule, "on" | "conditions">,
  reader: Side, locale: Locale,
): string {
  const confirming = rule.on.kind === "qualified";
  const trigger = rule.on.kind === "qualified" ? terms.qualification.trigger : rule.on;
  if (trigger.kind === "join") return t(`when.join.${reader}`);
  if (trigger.kind === "goal") return t(`when.goal.${reader}`, { goal: trigger.type.replace(/[_.:-]+/g, " ") });
  const least = [rule.conditions, ...(confirming ? [terms.qualification.conditions] : [])]
    .flatMap(orderTotals)
    .map((text) => parseMoney(text, currencyAsset(terms.currency)))
    .reduce<Money | null>((most, one) => (most === null || one.minor > most.minor ? one : most), null);
  if (least === null || least.minor === 0n) return t(`when.firstPurchase.${reader}`);
  return t(`when.firstPurchaseOver.${reader}`, { amount: amountWords(t, least, locale) });
}

/** "Released 14 days later". */
export function holdWords(t: Translate, holdDays: number): string {
  return t("when.hold", { days: holdDays });
}

/** One thing that a side is promised: what, when, and how long it is held after that (null: not at all). */
export type PromiseLine = { ruleId: string; words: string; when: string; hold: string | null };

/** All that a side is promised, rule by rule, said to `reader`. */
export function promiseLines(t: Translate, terms: Terms, side: Side, reader: Side, locale: Locale): PromiseLine[] {
  return terms.rules.filter((rule) => rule.side === side).map((rule) => ({
    ruleId: rule.id,
    words: benefitWords(t, rule, terms.currency, locale),
    when: triggerWords(t, terms, rule, reader, locale),
    hold: rule.holdDays > 0 ? holdWords(t, rule.holdDays) : null,
  }));
}

/** What else is agreed, in short sentences said to `reader`: for whom, how long, how often, until when. */
export function limitLines(
  t: Translate, terms: Terms, reader: Side, locale: Locale, timeZone: string,
): string[] {
  return [
    ...(terms.newCustomersOnly ? [t("when.newCustomers")] : []),
    ...(terms.qualification.trigger.kind === "join" ? [] : [t(`when.window.${reader}`, { days: terms.windowDays })]),
    // A cap on the advocate's rewards is between them and the shop.
    ...(terms.advocateCap === null || reader === "friend" ? [] : [t("when.cap", { count: terms.advocateCap })]),
    ...(terms.endsAt === null ? [] : [t("when.until", { date: lastDay(terms.endsAt, locale, timeZone) })]),
  ];
}

/** The small print in the reader's language, in English where it is missing; null when there is none. */
export function termsTextOf(terms: Pick<Terms, "termsText">, locale: Locale): string | null {
  return terms.termsText[locale].trim() || terms.termsText.en.trim() || null;
}

/** A program that ends when the 1st begins was open through the 31st. */
function lastDay(endsAt: string, locale: Locale, timeZone: string): string {
  const last = new Date(Date.parse(endsAt) - 1);
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }).format(last);
}

/** The order totals that must all be reached. Amounts within `any` or `none` are no promise, and are left out. */
function orderTotals(condition: Condition): string[] {
  if ("all" in condition) return condition.all.flatMap(orderTotals);
  return "kind" in condition && condition.kind === "order_total" ? [condition.atLeast] : [];
}

function percentWords(basisPoints: number, locale: Locale): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format(basisPoints / 10_000);
}
