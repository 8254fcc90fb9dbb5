import { translator } from "@/lib/core/i18n/translator";
import { benefitKind, unitCostOf } from "../kinds/benefits";
import { isZero } from "../kinds/calculator";
import { conditionKind } from "../kinds/conditions";
import { triggerKind } from "../kinds/triggers";
import type { Benefit, Cap, Condition, Expiry, Rule, RuleTrigger, Terms } from "../schema";
import { moneyText } from "./amounts";
import type { TermNames } from "./context";
import { benefitWords, holdWords } from "./promises";
import { leastOf } from "./when";

/** What rules say, in the dashboard's English: of an advocate and a friend, not of "you". */

const t = translator("en");

/** "The friend’s first purchase", "5 qualified friends". Conditions are not in it. */
export function triggerText(trigger: RuleTrigger): string {
  return triggerKind(trigger.kind).staffWords(trigger);
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
  return conditionKind(condition.kind).staffWords(condition, { currency, names });
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
  const whom = cap.who === "person" ? "one person" : "the whole program";
  return `At most ${most.join(" and ")} ${PER[cap.per]} for ${whom}`;
}

/** "Can be used for 90 days; reminder 7 days before"; null when nothing expires. */
function expiryText({ unissuedDays, issuedDays, remindDays }: Expiry): string | null {
  const parts = [
    ...(unissuedDays === null ? [] : [`expires unless delivered within ${daysText(unissuedDays)}`]),
    ...(issuedDays === null ? [] : [`can be used for ${daysText(issuedDays)}`]),
  ];
  if (parts.length === 0) return null;
  const reminder = remindDays === null ? [] : [`reminder ${daysText(remindDays)} before`];
  return capitalized([...parts, ...reminder].join("; "));
}

/** What a rule is called: the name that staff gave it, or what it waits for. */
export function ruleTitle(rule: Pick<Rule, "name" | "on">): string {
  return rule.name || triggerText(rule.on);
}

/** "The friend’s first purchase of €25 or more": what qualifies a referral. */
export function qualification(
  { qualification: { trigger, conditions }, currency }: Pick<Terms, "qualification" | "currency">,
  names: TermNames = {},
): string {
  const kind = triggerKind(trigger.kind);
  const only = "all" in conditions && conditions.all.length === 1 ? conditions.all[0]! : null;
  const least = only && leastOf(only);
  if (kind.of === "friend" && kind.leastWords && least !== null)
    return kind.leastWords.staff(moneyText(least, currency));
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
 * What else is to know of a rule, in short sentences: cost, codes, hold, expiry, limits, what comes
 * instead, arm.
 */
export function ruleLimits(rule: Rule, terms: Pick<Terms, "currency" | "experiment">): string[] {
  const { currency } = terms;
  const arm = terms.experiment?.arms.find(({ id }) => id === rule.arm);
  return [
    ...costText(rule.benefit, currency),
    ...codesText(rule.benefit),
    ...(rule.holdDays > 0 ? [holdWords(t, rule.holdDays)] : []),
    ...(rule.expiry ? [expiryText(rule.expiry)].filter((words) => words !== null) : []),
    ...(rule.caps ?? []).map((cap) => capText(cap, currency)),
    ...(rule.fallback
      ? [`When no room is left: ${benefitWords(t, rule.fallback, currency, "en")}`]
      : []),
    ...(rule.arm === undefined ? [] : [`Only in arm “${arm?.name ?? rule.arm}”`]),
  ];
}

function costText(benefit: Benefit, currency: string): string[] {
  const cost = unitCostOf(benefit);
  return isZero(cost) ? [] : [`Costs about ${moneyText(cost, currency)}`];
}

function codesText(benefit: Benefit): string[] {
  if (!("codes" in benefit) || !benefit.codes) return [];
  return [
    benefit.codes.kind === "pool" ? "Codes from a pool" : `Codes like ${benefit.codes.pattern}`,
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

export function daysText(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

function numberWords(count: number): string {
  return new Intl.NumberFormat("en").format(count);
}

function capitalized(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

/** Our own words go into a sentence; a merchant's words stand as written. */
function lowered(words: string, benefit: Benefit): string {
  return benefitKind(benefit.kind).hasOwnWords ? words : lowerFirst(words);
}
