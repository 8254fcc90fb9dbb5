import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import { type Money, parseMoney, POINTS } from "@/lib/core/money";
import { benefitKind } from "../kinds/benefits";
import { larger } from "../kinds/calculator";
import { calculatorKind } from "../kinds/calculators";
import { triggerKind } from "../kinds/triggers";
import { isOwnAction, switchedOn } from "../rules/applying";
import { benefitAsset } from "../rules/worth";
import type { Benefit, Rule, Side, Terms } from "../schema";
import { amountWords, percentWords } from "./amounts";
import type { TermNames } from "./context";
import { capLines, whenWords } from "./when";
import { dateFormat } from "@/lib/core/zones/format";

/**
 * What terms promise, in words for people. The one place that the invite page, the customer's page,
 * the emails and the dashboard's preview all read, so that nobody is promised two things.
 */

type Worth = Pick<Rule, "benefit" | "calculator">;

/**
 * "$10 off", "10% off", "250 points", "1 point for each $1 spent", "10% of the order as store
 * credit, up to $20", "$5 store credit, $10 store credit from the 5th friend on", or the gift's own
 * words.
 */
export function benefitWords(
  t: Translate,
  { benefit, calculator }: Worth,
  currency: string,
  locale: Locale,
): string {
  const kind = benefitKind(benefit.kind);
  if (!kind.hasAmount) return kind.wholeWords(benefit, { t, locale });
  const asset = benefitAsset(benefit, currency);
  const amount = (text: string) => amountWords(t, parseMoney(text, asset), locale);
  return calculatorKind(calculator.kind).words(calculator, {
    t,
    locale,
    currency,
    inPoints: asset === POINTS,
    amount,
    worth: (text) => kind.words(benefit, amount(text), { t, locale }),
    share: (basisPoints, lines) =>
      kind.shareWords(benefit, percentWords(basisPoints, locale), lines, { t, locale }),
  });
}

/** A benefit for a headline: of steps only what they lead up to. */
function shortWords(t: Translate, rule: Worth, currency: string, locale: Locale): string {
  const { benefit } = rule;
  const amounts = stepAmounts(rule);
  if (amounts.length < 2) return benefitWords(t, rule, currency, locale);
  const asset = benefitAsset(benefit, currency);
  const most = amounts.map((amount) => parseMoney(amount, asset)).reduce(larger);
  return t("benefit.asMuchAs", { benefit: worthWords(t, benefit, most, locale) });
}

function hasSteps(rule: Worth): boolean {
  return stepAmounts(rule).length > 1;
}

function stepAmounts({ calculator }: Worth): readonly string[] {
  return calculatorKind(calculator.kind).amounts?.(calculator) ?? [];
}

function capitalized(text: string, locale: Locale): string {
  return text.slice(0, 1).toLocaleUpperCase(locale) + text.slice(1);
}

/**
 * The words for a benefit whose amount is known: a reward as granted.
 * @param amount null for a percentage or a gift, which are not amounts
 */
export function worthWords(
  t: Translate,
  benefit: Benefit,
  amount: Money | null,
  locale: Locale,
): string {
  const kind = benefitKind(benefit.kind);
  if (!kind.hasAmount) return kind.wholeWords(benefit, { t, locale });
  return amount === null ? "" : kind.words(benefit, amountWords(t, amount, locale), { t, locale });
}

/**
 * What a side is promised for a good word, joined for a headline: "$10 off and 250 points"; null
 * when it gets nothing. What the advocate earns by their own actions is left out, unless there is
 * nothing else.
 */
export function sideWords(t: Translate, terms: Terms, side: Side, locale: Locale): string | null {
  const rules = switchedOn(terms).rules.filter((rule) => rule.side === side);
  const forFriends = rules.filter((rule) => !isOwnAction(rule));
  const told = forFriends.length > 0 ? forFriends : rules;
  if (told.length === 0) return null;
  const both = (words: readonly string[]) =>
    [...new Set(words)].reduce((first, second) => t("benefit.and", { first, second }));
  const arms = [...new Set(told.flatMap(({ arm }) => (arm === undefined ? [] : [arm])))];
  if (arms.length < 2) return both(told.map((rule) => shortWords(t, rule, terms.currency, locale)));
  // Nobody was drawn into an arm yet: it is one or the other.
  const ways = arms.map((arm) =>
    both(
      told
        .filter((rule) => rule.arm === arm)
        .map((rule) => shortWords(t, rule, terms.currency, locale)),
    ),
  );
  const way = [...new Set(ways)].reduce((first, second) => t("benefit.or", { first, second }));
  return both([
    ...told
      .filter(({ arm }) => arm === undefined)
      .map((rule) => shortWords(t, rule, terms.currency, locale)),
    way,
  ]);
}

/** "Released 14 days later". */
export function holdWords(t: Translate, holdDays: number): string {
  return t("when.hold", { days: holdDays });
}

/**
 * One thing that a side is promised: what (of steps the most), when and on what conditions, and
 * what else holds for it (null: nothing).
 */
export type PromiseLine = { ruleId: string; words: string; when: string; hold: string | null };

/**
 * All that a side is promised, rule by rule, said to `reader`. A friend is not told what the
 * advocate earns without them, nor the advocate's limits.
 */
export function promiseLines(
  t: Translate,
  terms: Terms,
  side: Side,
  reader: Side,
  locale: Locale,
  names: TermNames = {},
): PromiseLine[] {
  const rules = switchedOn(terms).rules.filter(
    (rule) => rule.side === side && (reader === "advocate" || concernsFriend(rule)),
  );
  const lines = rules.map((rule) => ({
    arm: rule.arm,
    ruleId: rule.id,
    words: hasSteps(rule)
      ? capitalized(shortWords(t, rule, terms.currency, locale), locale)
      : benefitWords(t, rule, terms.currency, locale),
    when: [
      whenWords(t, terms, rule, reader, locale, names),
      ...(hasSteps(rule) ? [benefitWords(t, rule, terms.currency, locale)] : []),
    ].join(" · "),
    hold: smallPrint(t, rule, terms.currency, reader, locale).join(" · ") || null,
  }));
  if (new Set(lines.map(({ arm }) => arm)).size < 2) return lines.map(withoutArm);
  // Nobody was drawn into an arm yet: what arms give for the same is one or the other.
  return lines.flatMap((line, index) => {
    const same = (other: typeof line) =>
      line.arm !== undefined && other.arm !== undefined && other.when === line.when;
    if (lines.slice(0, index).some(same)) return [];
    const ways = [
      ...new Set([line, ...lines.slice(index + 1).filter(same)].map(({ words }) => words)),
    ];
    return [
      {
        ...withoutArm(line),
        words: ways.reduce((first, second) => t("benefit.or", { first, second })),
      },
    ];
  });
}

function withoutArm({ ruleId, words, when, hold }: PromiseLine): PromiseLine {
  return { ruleId, words, when, hold };
}

function concernsFriend(rule: Rule): boolean {
  const trigger = triggerKind(rule.on.kind);
  return rule.side === "friend" || trigger.of === "friend" || trigger.concernsFriend === true;
}

function smallPrint(
  t: Translate,
  rule: Rule,
  currency: string,
  reader: Side,
  locale: Locale,
): string[] {
  const hold = rule.holdDays > 0 ? [holdWords(t, rule.holdDays)] : [];
  if (reader !== rule.side) return hold;
  return [
    ...hold,
    ...(rule.expiry?.issuedDays ? [t("when.valid", { days: rule.expiry.issuedDays })] : []),
    ...(rule.expiry?.unissuedDays ? [t("when.expires", { days: rule.expiry.unissuedDays })] : []),
    ...capLines(t, rule.caps, currency, locale),
    ...(rule.fallback
      ? [t("when.afterwards", { benefit: benefitWords(t, rule.fallback, currency, locale) })]
      : []),
  ];
}

/**
 * What else is agreed, in short sentences said to `reader`: for whom, how long, how often, until
 * when.
 */
export function limitLines(
  t: Translate,
  terms: Terms,
  reader: Side,
  locale: Locale,
  timeZone: string,
): string[] {
  return [
    ...(terms.newCustomersOnly ? [t("when.newCustomers")] : []),
    ...(takesTime(terms) ? [t(`when.window.${reader}`, { days: terms.windowDays })] : []),
    // A cap on the advocate's rewards is between them and the shop.
    ...(terms.advocateCap === null || reader === "friend"
      ? []
      : [t("when.cap", { count: terms.advocateCap })]),
    ...(reader === "friend"
      ? []
      : capLines(t, terms.caps, terms.currency, locale).map((limit) =>
          t("when.limitAll", { limit }),
        )),
    ...(terms.endsAt === null
      ? []
      : [t("when.until", { date: lastDay(terms.endsAt, locale, timeZone) })]),
  ];
}

function takesTime({ qualification }: Terms): boolean {
  const kind = triggerKind(qualification.trigger.kind);
  return !(kind.of === "friend" && kind.isAtOnce);
}

/**
 * The small print in the reader's language, in English where it is missing; null when there is
 * none.
 */
export function termsTextOf(terms: Pick<Terms, "termsText">, locale: Locale): string | null {
  return terms.termsText[locale].trim() || terms.termsText.en.trim() || null;
}

/** A program that ends when the 1st begins was open through the 31st. */
function lastDay(endsAt: string, locale: Locale, timeZone: string): string {
  const last = new Date(Date.parse(endsAt) - 1);
  return dateFormat(locale, { dateStyle: "long", timeZone }).format(last);
}
