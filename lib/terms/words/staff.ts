import { translator } from "@/lib/core/i18n/translator";
import { currencyAsset, parseMoney } from "@/lib/core/money";
import { amountWords } from "./amounts";
import { benefitWords, holdWords } from "./promises";
import { countryName, type TermNames, weekdayName } from "./when";
import type {
  Benefit,
  Cap,
  Condition,
  Expiry,
  Leaf,
  Person,
  Rule,
  RuleTrigger,
  Terms,
} from "../schema";

/** What rules say, in the dashboard's English: of an advocate and a friend, not of "you". */

const t = translator("en");

/** "The friend’s first purchase", "5 confirmed friends". Conditions are not in it. */
export function triggerText(trigger: RuleTrigger): string {
  switch (trigger.kind) {
    case "join":
      return "The friend joins";
    case "first_purchase":
      return "The friend’s first purchase";
    case "goal":
      return `The friend reaches “${trigger.type}”`;
    case "nth_purchase":
      return `The friend’s ${ordinal(trigger.n)} purchase`;
    case "renewal":
      return `The friend’s ${ordinal(trigger.n)} renewal`;
    case "qualified":
      return "The referral is confirmed";
    case "each_purchase":
      return eachPurchase(trigger);
    case "milestone":
      if (trigger.repeats)
        return trigger.count === 1
          ? "Every confirmed friend"
          : `Every ${ordinal(trigger.count)} confirmed friend`;
      return trigger.count === 1
        ? "The first confirmed friend"
        : `${trigger.count} confirmed friends`;
    case "second_level":
      return "A friend of their friend is confirmed";
    case "own_join":
      return "The advocate joins the program";
    case "own_purchase":
      return "Each purchase of the advocate";
    case "own_event":
      return `The advocate reaches “${trigger.type}”`;
    case "share_visit":
      return "A share brings a visitor";
  }
}

function eachPurchase({ from, to }: { from: number; to: number | null }): string {
  if (from === to) return `The friend’s ${ordinal(from)} purchase`;
  if (to === null)
    return from === 1
      ? "Each purchase of the friend"
      : `Each purchase of the friend from the ${ordinal(from)} on`;
  return from === 1
    ? `Each of the friend’s first ${to} purchases`
    : `The friend’s purchases from the ${ordinal(from)} to the ${ordinal(to)}`;
}

/**
 * A whole condition in words: "an order of $50 or more, and (DE or AT)"; null when it asks for
 * nothing.
 */
export function conditionText(
  condition: Condition,
  currency: string,
  names: TermNames = {},
): string | null {
  const words = groupText(condition, currency, names, true);
  return words === "" ? null : words;
}

function groupText(
  condition: Condition,
  currency: string,
  names: TermNames,
  outermost = false,
): string {
  const parts = (conditions: readonly Condition[]) =>
    conditions.map((part) => groupText(part, currency, names)).filter((part) => part !== "");
  const bracketed = (words: readonly string[], by: string) =>
    words.length < 2 || outermost ? words.join(by) : `(${words.join(by)})`;
  if ("all" in condition) return bracketed(parts(condition.all), ", and ");
  if ("any" in condition) {
    const ways = parts(condition.any);
    return ways.length < condition.any.length ? "" : bracketed(ways, ", or ");
  }
  if ("none" in condition) {
    const banned = parts(condition.none);
    return banned.length === 0
      ? ""
      : `not ${banned.length === 1 ? banned[0] : `(${banned.join(", or ")})`}`;
  }
  return leafText(condition, currency, names);
}

const WHOSE: Record<Person, string> = {
  owner: "the receiver",
  advocate: "the advocate",
  friend: "the friend",
};

const COUNTED: Record<Extract<Leaf, { kind: "count" }>["of"], string> = {
  confirmed_referrals: "confirmed friends",
  friend_purchases: "purchases of the friend",
  own_purchases: "purchases of the advocate",
};

/** One condition in words: "an order of $50 or more". */
export function leafText(leaf: Leaf, currency: string, names: TermNames = {}): string {
  switch (leaf.kind) {
    case "order_total":
      return `an order of ${moneyText(leaf.atLeast, currency)} or more`;
    case "new_customer":
      return "a new customer";
    case "product":
      return `with ${oneOf(leaf.skus)}`;
    case "category":
      return `with something from ${oneOf(leaf.categories)}`;
    case "currency":
      return `an order in ${oneOf(leaf.currencies)}`;
    case "country":
      return `${WHOSE[leaf.of]} is in ${oneOf(leaf.countries.map((code) => countryName(code, "en")))}`;
    case "channel":
      return `through ${oneOf(leaf.channels)}`;
    case "trait":
      return `${WHOSE[leaf.of]}’s ${leaf.trait} is ${oneOf(leaf.is)}`;
    case "segment":
      return `${WHOSE[leaf.of]} is in ${oneOf(leaf.segments)}`;
    case "days_since":
      return `${rangeText(leaf)} days after the ${leaf.what === "click" ? "click" : "joining"}`;
    case "tier":
      return `${WHOSE[leaf.of]}’s tier is ${oneOf(leaf.tiers.map((id) => names.tiers?.[id] ?? id))}`;
    case "time": {
      const days =
        new Set(leaf.days).size === 7
          ? ""
          : `on ${oneOf(leaf.days.map((day) => weekdayName(day, "en")))}`;
      const hours = leaf.from === undefined ? "" : `between ${leaf.from} and ${leaf.to}`;
      return [days, hours].filter(Boolean).join(" ") || "at any time";
    }
    case "count":
      return `${rangeText(leaf)} ${COUNTED[leaf.of]} so far`;
  }
}

function rangeText({
  atLeast,
  atMost,
}: {
  atLeast?: number | undefined;
  atMost?: number | undefined;
}): string {
  if (atLeast === undefined) return `at most ${atMost}`;
  if (atMost === undefined) return `at least ${atLeast}`;
  return atLeast === atMost ? `exactly ${atLeast}` : `${atLeast} to ${atMost}`;
}

const PER: Record<Cap["per"], string> = {
  day: "a day",
  week: "a week",
  month: "a month",
  ever: "in all",
};

/** "At most 3 a month for one person", "at most $500 a week for the whole program". */
export function capText(cap: Cap, currency: string): string {
  const most = [
    ...(cap.rewards === undefined
      ? []
      : [`${numberWords(cap.rewards)} ${cap.rewards === 1 ? "reward" : "rewards"}`]),
    ...(cap.cost === undefined ? [] : [moneyText(cap.cost, currency)]),
  ];
  return `At most ${most.join(" and ")} ${PER[cap.per]} for ${cap.who === "person" ? "one person" : "the whole program"}`;
}

/** "Lapses 90 days after it was handed out; reminder 7 days before"; null when nothing lapses. */
export function expiryText({ unissuedDays, issuedDays, remindDays }: Expiry): string | null {
  const parts = [
    ...(unissuedDays === null
      ? []
      : [`lapses when not handed out within ${daysText(unissuedDays)}`]),
    ...(issuedDays === null ? [] : [`can be used for ${daysText(issuedDays)}`]),
  ];
  if (parts.length === 0) return null;
  return capitalized(
    [...parts, ...(remindDays === null ? [] : [`reminder ${daysText(remindDays)} before`])].join(
      "; ",
    ),
  );
}

/** What a rule is called: the name that staff gave it, or what it waits for. */
export function ruleTitle(rule: Pick<Rule, "name" | "on">): string {
  return rule.name || triggerText(rule.on);
}

/** "The friend’s first purchase of €25 or more": what confirms a referral. */
export function qualification(
  { qualification: { trigger, conditions }, currency }: Pick<Terms, "qualification" | "currency">,
  names: TermNames = {},
): string {
  const least = "all" in conditions && conditions.all.length === 1 ? conditions.all[0] : undefined;
  if (
    trigger.kind === "first_purchase" &&
    least &&
    "kind" in least &&
    least.kind === "order_total"
  ) {
    return `The friend’s first purchase of ${moneyText(least.atLeast, currency)} or more`;
  }
  return [triggerText(trigger), conditionText(conditions, currency, names)]
    .filter(Boolean)
    .join(", ");
}

/**
 * What a rule waits for, with its conditions: "Each purchase of the advocate, with something from
 * Tea".
 */
export function ruleWhen(
  rule: Pick<Rule, "on" | "conditions">,
  currency: string,
  names: TermNames = {},
): string {
  return [triggerText(rule.on), conditionText(rule.conditions, currency, names)]
    .filter(Boolean)
    .join(", ");
}

/** Who gets what: "The advocate gets $10 store credit". */
export function ruleGives(
  rule: Pick<Rule, "side" | "benefit" | "calculator">,
  currency: string,
): string {
  return `The ${rule.side} gets ${lowered(benefitWords(t, rule, currency, "en"), rule.benefit)}`;
}

/**
 * What else holds for a rule, in short sentences: cost, codes, hold, expiry, limits, what comes
 * instead, arm.
 */
export function ruleLimits(rule: Rule, terms: Pick<Terms, "currency" | "experiment">): string[] {
  const { benefit } = rule;
  const { currency } = terms;
  const arm = terms.experiment?.arms.find(({ id }) => id === rule.arm);
  return [
    ...("unitCost" in benefit && Number(benefit.unitCost) > 0
      ? [`Costs about ${moneyText(benefit.unitCost, currency)}`]
      : []),
    ...("codes" in benefit && benefit.codes
      ? [
          benefit.codes.kind === "pool"
            ? "Codes from a pool"
            : `Codes like ${benefit.codes.pattern}`,
        ]
      : []),
    ...(rule.holdDays > 0 ? [holdWords(t, rule.holdDays)] : []),
    ...(rule.expiry ? [expiryText(rule.expiry)].filter((words) => words !== null) : []),
    ...(rule.caps ?? []).map((cap) => capText(cap, currency)),
    ...(rule.fallback
      ? [`When no room is left: ${benefitWords(t, rule.fallback, currency, "en")}`]
      : []),
    ...(rule.arm === undefined ? [] : [`Only in arm “${arm?.name ?? rule.arm}”`]),
  ];
}

/** A whole rule in one paragraph, for lists of changes. */
export function ruleText(
  rule: Rule,
  terms: Pick<Terms, "currency" | "experiment">,
  names: TermNames = {},
): string {
  const { currency } = terms;
  return [
    `${ruleWhen(rule, currency, names)}: ${lowerFirst(ruleGives(rule, currency))}`,
    ...ruleLimits(rule, terms),
  ].join(". ");
}

/** "1st", "22nd". */
export function ordinal(n: number): string {
  const suffix = { one: "st", two: "nd", few: "rd", other: "th", many: "th", zero: "th" }[
    new Intl.PluralRules("en", { type: "ordinal" }).select(n)
  ];
  return `${n}${suffix}`;
}

export function daysText(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

/** An amount of the program's currency, as terms hold it, in a sentence. */
export function moneyText(amount: string, currency: string): string {
  return amountWords(t, parseMoney(amount, currencyAsset(currency)), "en");
}

function numberWords(count: number): string {
  return new Intl.NumberFormat("en").format(count);
}

function oneOf(items: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "disjunction" }).format(items);
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** Our own words go into a sentence; a merchant's words stand as written. */
function lowered(words: string, benefit: Benefit): string {
  return benefit.kind === "gift" ? words : lowerFirst(words);
}
