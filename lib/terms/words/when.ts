import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import { currencyAsset, type Money, parseMoney } from "@/lib/core/money";
import { amountWords, moneyWords } from "./amounts";
import type { Cap, Condition, Leaf, Person, Rule, Side, Terms } from "../schema";

/** What terms call by an id, by the name that people know it under. */
export type TermNames = { tiers?: Readonly<Record<string, string>> };

type Clause = Pick<Rule, "on" | "conditions">;
type Context = Pick<Terms, "currency" | "qualification">;

/**
 * What a rule waits for, said to one side: "When your friend makes their first purchase of $50 or
 * more".
 */
export function triggerWords(
  t: Translate,
  terms: Context,
  rule: Clause,
  reader: Side,
  locale: Locale,
): string {
  const trigger = rule.on.kind === "qualified" ? terms.qualification.trigger : rule.on;
  switch (trigger.kind) {
    case "join":
      return t(`when.join.${reader}`);
    case "goal":
      return t(`when.goal.${reader}`, { goal: eventWords(trigger.type) });
    case "nth_purchase":
      return t(`when.nthPurchase.${reader}`, { n: trigger.n });
    case "renewal":
      return t(`when.renewal.${reader}`, { n: trigger.n });
    case "each_purchase":
      return eachPurchaseWords(t, trigger, reader);
    case "milestone":
      return t(`when.${trigger.repeats ? "milestoneEach" : "milestone"}.${reader}`, {
        count: trigger.count,
      });
    case "second_level":
      return t("when.secondLevel");
    case "own_join":
      return t("when.ownJoin");
    case "own_purchase":
      return t("when.ownPurchase");
    case "own_event":
      return t("when.ownEvent", { goal: eventWords(trigger.type) });
    case "share_visit":
      return t("when.shareVisit");
    case "first_purchase": {
      const least = leastOrder(conditionsOf(terms, rule), terms.currency);
      if (least === null || least.minor === 0n) return t(`when.firstPurchase.${reader}`);
      return t(`when.firstPurchaseOver.${reader}`, { amount: amountWords(t, least, locale) });
    }
  }
}

function eachPurchaseWords(
  t: Translate,
  { from, to }: { from: number; to: number | null },
  reader: Side,
): string {
  if (from === to) return t(`when.nthPurchase.${reader}`, { n: from });
  if (from > 1)
    return to === null
      ? t(`when.eachPurchaseFrom.${reader}`, { from })
      : t(`when.eachPurchaseBetween.${reader}`, { from, to });
  return to === null
    ? t(`when.eachPurchase.${reader}`)
    : t(`when.eachPurchaseUpTo.${reader}`, { to });
}

/**
 * The trigger and on what conditions: "With each of your purchases · with something from Tea · on
 * Saturday".
 */
export function whenWords(
  t: Translate,
  terms: Context,
  rule: Clause & Pick<Rule, "side">,
  reader: Side,
  locale: Locale,
  names: TermNames = {},
): string {
  const first =
    (rule.on.kind === "qualified" ? terms.qualification.trigger : rule.on).kind ===
    "first_purchase";
  const by = {
    t,
    currency: terms.currency,
    locale,
    names,
    personOf: (person: Person) => personFor(person, rule.side, reader),
  };
  // Of a first purchase, the amount to reach stands in the trigger's own words.
  const parts = conditionsOf(terms, rule)
    .flatMap((condition) => (first ? withoutTotals(condition) : [condition]))
    .flatMap((condition) => conditionLines(condition, by));
  return [triggerWords(t, terms, rule, reader, locale), ...new Set(parts)].join(" · ");
}

function conditionsOf(terms: Context, rule: Clause): Condition[] {
  return rule.on.kind === "qualified"
    ? [rule.conditions, terms.qualification.conditions]
    : [rule.conditions];
}

type ConditionContext = {
  t: Translate;
  currency: string;
  locale: Locale;
  names: TermNames;
  personOf: (person: Person) => "you" | "friend" | "inviter";
};

/** A condition in short phrases that all have to hold. */
function conditionLines(condition: Condition, by: ConditionContext): string[] {
  const { t } = by;
  if ("all" in condition) return condition.all.flatMap((part) => conditionLines(part, by));
  if ("any" in condition) {
    const ways = condition.any
      .map((part) => phrase(conditionLines(part, by), by))
      .filter((way) => way !== "");
    // A way that is open to all makes the others no condition.
    return ways.length < condition.any.length ? [] : [either(ways, by)];
  }
  if ("none" in condition) {
    const banned = condition.none
      .map((part) => phrase(conditionLines(part, by), by))
      .filter((way) => way !== "");
    return banned.length === 0 ? [] : [t("when.if.except", { conditions: either(banned, by) })];
  }
  return leafWords(condition, by);
}

function phrase(lines: readonly string[], { t }: ConditionContext): string {
  return lines.length === 0
    ? ""
    : lines.reduce((first, second) => t("when.if.and", { first, second }));
}

function either(ways: readonly string[], { t }: ConditionContext): string {
  return ways.reduce((first, second) => t("when.if.or", { first, second }));
}

function leafWords(leaf: Leaf, by: ConditionContext): string[] {
  const { t, locale, currency } = by;
  const list = (items: readonly string[]) => listWords(items, locale);
  switch (leaf.kind) {
    case "order_total":
      return [t("when.if.orderTotal", { amount: moneyWords(t, leaf.atLeast, currency, locale) })];
    case "new_customer":
      return [t("when.if.newCustomer")];
    case "product":
      return [t("when.if.product", { list: list(leaf.skus) })];
    case "category":
      return [t("when.if.category", { list: list(leaf.categories) })];
    case "currency":
      return [t("when.if.currency", { list: list(leaf.currencies) })];
    case "country":
      return [
        t(`when.if.country.${by.personOf(leaf.of)}`, {
          countries: list(leaf.countries.map((code) => countryName(code, locale))),
        }),
      ];
    case "channel":
      return [t("when.if.channel", { list: list(leaf.channels) })];
    // How a shop sorts its customers is its own business.
    case "trait":
    case "segment":
      return [t("when.if.selected")];
    case "days_since":
      return [
        ...(leaf.atLeast === undefined
          ? []
          : [
              t(leaf.what === "click" ? "when.if.afterClick" : "when.if.afterJoining", {
                days: leaf.atLeast,
              }),
            ]),
        ...(leaf.atMost === undefined
          ? []
          : [
              t(leaf.what === "click" ? "when.if.withinClick" : "when.if.withinJoining", {
                days: leaf.atMost,
              }),
            ]),
      ];
    case "tier": {
      const known = leaf.tiers
        .map((id) => by.names.tiers?.[id])
        .filter((name) => name !== undefined);
      return [
        known.length < leaf.tiers.length
          ? t("when.if.someTiers")
          : t(`when.if.tier.${by.personOf(leaf.of)}`, { tiers: list(known) }),
      ];
    }
    case "time":
      return [
        ...(new Set(leaf.days).size === 7
          ? []
          : [t("when.if.days", { days: list(leaf.days.map((day) => weekdayName(day, locale))) })]),
        ...(leaf.from === undefined || leaf.to === undefined
          ? []
          : [t("when.if.hours", { from: leaf.from, to: leaf.to })]),
      ];
    case "count": {
      const friends = leaf.of === "confirmed_referrals";
      return [
        ...(leaf.atLeast === undefined
          ? []
          : [t(friends ? "when.if.friendsFrom" : "when.if.purchasesFrom", { n: leaf.atLeast })]),
        ...(leaf.atMost === undefined
          ? []
          : [t(friends ? "when.if.friendsTo" : "when.if.purchasesTo", { n: leaf.atMost })]),
      ];
    }
  }
}

/**
 * What one person can earn at most, said to them; limits of the whole program are the shop's
 * business.
 */
export function capLines(
  t: Translate,
  caps: readonly Cap[] | undefined,
  currency: string,
  locale: Locale,
): string[] {
  return (caps ?? [])
    .filter(({ who }) => who === "person")
    .flatMap(({ per, rewards, cost }) => [
      ...(rewards === undefined ? [] : [t(`when.limit.${per}`, { count: rewards })]),
      ...(cost === undefined
        ? []
        : [t(`when.limitAmount.${per}`, { amount: moneyWords(t, cost, currency, locale) })]),
    ]);
}

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

export function listWords(items: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(locale, { type: "disjunction" }).format(items);
}

/** "trial started" of trial_started. */
function eventWords(type: string): string {
  return type.replace(/[_.:-]+/g, " ");
}

function personFor(person: Person, side: Side, reader: Side): "you" | "friend" | "inviter" {
  const meant = person === "owner" ? side : person;
  if (meant === reader) return "you";
  return meant === "friend" ? "friend" : "inviter";
}

/**
 * The largest order total that must be reached. Amounts within `any` or `none` are no promise, and
 * are left out.
 */
function leastOrder(conditions: readonly Condition[], currency: string): Money | null {
  return conditions
    .flatMap(orderTotals)
    .map((text) => parseMoney(text, currencyAsset(currency)))
    .reduce<Money | null>(
      (most, one) => (most === null || one.minor > most.minor ? one : most),
      null,
    );
}

function orderTotals(condition: Condition): string[] {
  if ("all" in condition) return condition.all.flatMap(orderTotals);
  return "kind" in condition && condition.kind === "order_total" ? [condition.atLeast] : [];
}

function withoutTotals(condition: Condition): Condition[] {
  if ("all" in condition) return [{ all: condition.all.flatMap(withoutTotals) }];
  return "kind" in condition && condition.kind === "order_total" ? [] : [condition];
}
