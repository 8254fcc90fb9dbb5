import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import { type Money, parseMoney } from "@/lib/core/money";
import { amountWords, benefitAsset, moneyWords, percentWords } from "./amounts";
import { inForce, isOwnDoing } from "../rules/applying";
import type { Benefit, Calculator, Rule, Side, Terms } from "../schema";
import { capLines, listWords, type TermNames, whenWords } from "./when";

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
export function benefitWords(t: Translate, rule: Worth, currency: string, locale: Locale): string {
  const { benefit, calculator } = rule;
  const asset = benefitAsset(benefit, currency);
  const worth = (text: string) => worthWords(t, benefit, parseMoney(text, asset), locale);
  switch (calculator.kind) {
    case "none":
      return worthWords(t, benefit, null, locale);
    case "fixed":
      return worth(calculator.amount);
    case "share_of_order":
      return bounded(t, shareWords(t, benefit, calculator, locale), calculator, (text) =>
        amountWords(t, parseMoney(text, asset), locale),
      );
    case "per_unit": {
      const lines = calculator.lines && linesWords(calculator.lines, locale);
      const amount = moneyWords(t, calculator.per, currency, locale);
      const words = lines
        ? t("benefit.perUnitLines", { benefit: worth(calculator.amount), amount, lines })
        : t("benefit.perUnit", { benefit: worth(calculator.amount), amount });
      return bounded(t, words, calculator, (text) =>
        amountWords(t, parseMoney(text, asset), locale),
      );
    }
    case "tiered_by_count":
      return inSteps(
        t,
        calculator.steps.map(({ from, amount }) => {
          if (from === 1) return worth(amount);
          return t(
            calculator.of === "confirmed_referrals"
              ? "benefit.fromFriends"
              : "benefit.fromPurchases",
            { benefit: worth(amount), n: from },
          );
        }),
      );
    case "tiered_by_amount":
      return inSteps(
        t,
        calculator.steps.map(({ from, amount }) =>
          Number(from) === 0
            ? worth(amount)
            : t("benefit.fromAmount", {
                benefit: worth(amount),
                amount: moneyWords(t, from, currency, locale),
              }),
        ),
      );
  }
}

/** A benefit for a headline: of steps only what they lead up to. */
function shortWords(t: Translate, rule: Worth, currency: string, locale: Locale): string {
  const { benefit, calculator } = rule;
  if (!hasSteps(rule) || !("steps" in calculator)) return benefitWords(t, rule, currency, locale);
  const asset = benefitAsset(benefit, currency);
  const most = calculator.steps
    .map(({ amount }) => parseMoney(amount, asset))
    .reduce((one, other) => (other.minor > one.minor ? other : one));
  return t("benefit.asMuchAs", { benefit: worthWords(t, benefit, most, locale) });
}

function hasSteps({ calculator }: Worth): boolean {
  return "steps" in calculator && calculator.steps.length > 1;
}

function capitalized(text: string, locale: Locale): string {
  return text.slice(0, 1).toLocaleUpperCase(locale) + text.slice(1);
}

function shareWords(
  t: Translate,
  benefit: Benefit,
  calculator: Extract<Calculator, { kind: "share_of_order" }>,
  locale: Locale,
): string {
  const percent = percentWords(calculator.shareBp, locale);
  const to = benefit.kind === "donation" ? benefit.to : "";
  if (calculator.lines) {
    const lines = linesWords(calculator.lines, locale);
    switch (benefit.kind) {
      case "credit":
        return t("benefit.linesCredit", { percent, lines });
      case "cash":
        return t("benefit.linesCash", { percent, lines });
      case "points":
        return t("benefit.linesPoints", { percent, lines });
      case "donation":
        return t("benefit.linesDonation", { percent, lines, to });
      default:
        return t("benefit.linesAmountOff", { percent, lines });
    }
  }
  switch (benefit.kind) {
    case "credit":
      return t("benefit.shareCredit", { percent });
    case "cash":
      return t("benefit.shareCash", { percent });
    case "points":
      return t("benefit.sharePoints", { percent });
    case "donation":
      return t("benefit.shareDonation", { percent, to });
    default:
      return t("benefit.shareAmountOff", { percent });
  }
}

function linesWords(
  {
    skus = [],
    categories = [],
  }: { skus?: string[] | undefined; categories?: string[] | undefined },
  locale: Locale,
): string {
  return listWords([...categories, ...skus], locale);
}

function bounded(
  t: Translate,
  benefit: string,
  { atLeast, atMost }: { atLeast?: string | undefined; atMost: string | null },
  amount: (text: string) => string,
): string {
  const least =
    atLeast === undefined || Number(atLeast) === 0
      ? benefit
      : t("benefit.atLeast", { benefit, amount: amount(atLeast) });
  return atMost === null ? least : t("benefit.upTo", { benefit: least, amount: amount(atMost) });
}

function inSteps(t: Translate, steps: readonly string[]): string {
  return steps.reduce((first, second) => t("benefit.then", { first, second }));
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
  switch (benefit.kind) {
    case "gift":
      return benefit.title;
    case "percent_off":
      return t("benefit.percentOff", { percent: percentWords(benefit.percentBp, locale) });
    case "free_shipping":
      return t("benefit.freeShipping");
    case "event_access":
      return benefit.at === null
        ? t("benefit.eventAccess", { title: benefit.title })
        : t("benefit.eventAccessOn", {
            title: benefit.title,
            date: dateAsWritten(benefit.at, locale),
          });
    default: {
      if (amount === null) return "";
      const text = amountWords(t, amount, locale);
      if (benefit.kind === "points") return text;
      if (benefit.kind === "credit") return t("benefit.credit", { amount: text });
      if (benefit.kind === "cash") return t("benefit.cash", { amount: text });
      if (benefit.kind === "donation")
        return t("benefit.donation", { amount: text, to: benefit.to });
      return t("benefit.amountOff", { amount: text });
    }
  }
}

/**
 * An event's day as it was entered, with the offset that it was entered in: the same day for every
 * reader.
 */
function dateAsWritten(iso: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(
    Date.parse(`${iso.slice(0, 10)}T00:00:00Z`),
  );
}

/**
 * What a side is promised for a good word, joined for a headline: "$10 off and 250 points"; null
 * when it gets nothing. What the advocate earns by their own doing is left out, unless there is
 * nothing else.
 */
export function sideWords(t: Translate, terms: Terms, side: Side, locale: Locale): string | null {
  const rules = inForce(terms).rules.filter((rule) => rule.side === side);
  const forFriends = rules.filter((rule) => !isOwnDoing(rule));
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
  const rules = inForce(terms).rules.filter(
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
  return rule.side === "friend" || rule.on.kind === "milestone" || !isOwnDoing(rule);
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
    ...(terms.qualification.trigger.kind === "join"
      ? []
      : [t(`when.window.${reader}`, { days: terms.windowDays })]),
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
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }).format(last);
}
