import { translator } from "@/lib/core/i18n/translator";
import { currencyAsset, parseMoney } from "@/lib/core/money";
import { addDays, dateInZone } from "@/lib/core/time";
import { changesBetween } from "./rules";
import type { Rule, Side, Terms, Trigger } from "./schema";
import { amountWords, benefitWords, holdWords } from "./wording";

/** A change of terms as the dashboard says it; null where there was or is nothing. */
export type WordedChange = { label: string; before: string | null; after: string | null };

const t = translator("en");

/**
 * What changed between two versions of the terms, in words, one entry per thing that a person would name. Every
 * difference that `changesBetween` finds is covered: one that no words were written for is shown as stored.
 */
export function wordChanges(before: Terms, after: Terms, timeZone: string): WordedChange[] {
  const changes = changesBetween(before, after);
  const worded = ASPECTS.flatMap(({ label, paths, say }) => {
    if (!changes.some(({ path }) => paths.test(path))) return [];
    const [was, is] = [say(before, timeZone), say(after, timeZone)];
    return was === is ? [] : [{ label, before: was, after: is }];
  });
  const rest = changes
    .filter(({ path }) => !ASPECTS.some((aspect) => aspect.paths.test(path) && aspect.say(before, timeZone) !== aspect.say(after, timeZone)))
    .map(({ path, before: was, after: is }) => ({ label: path, before: was || null, after: is || null }));
  return [...worded, ...rest];
}

/** What a version says, as a list of facts in words. Limits that do not limit and the currency go without saying. */
export function wordTerms(terms: Terms, timeZone: string): { label: string; value: string }[] {
  return ASPECTS.flatMap(({ label, say }) => {
    const value = say(terms, timeZone);
    return value === null || value === NO_LIMIT || label === "Currency" ? [] : [{ label, value }];
  });
}

const NO_LIMIT = "No limit";

type Aspect = {
  label: string;
  /** The paths of `changesBetween` that it words. */
  paths: RegExp;
  say: (terms: Terms, timeZone: string) => string | null;
};

const ASPECTS: readonly Aspect[] = [
  { label: "Advocate gets", paths: /^rules\..+\.(benefit|calculator|side|id)\b/, say: (terms) => gets(terms, "advocate") },
  { label: "Friend gets", paths: /^rules\..+\.(benefit|calculator|side|id)\b/, say: (terms) => gets(terms, "friend") },
  { label: "Cost of one", paths: /^rules\..+\.benefit\.unitCost$/, say: unitCosts },
  { label: "Counts when", paths: /^qualification\./, say: (terms) => triggerText(terms.qualification.trigger, terms) },
  { label: "Friend’s reward is due", paths: /^rules\..+\.on\b/, say: (terms) => due(terms, "friend") },
  { label: "Advocate’s reward is due", paths: /^rules\..+\.on\b/, say: (terms) => due(terms, "advocate") },
  { label: "Hold", paths: /^rules\..+\.holdDays$/, say: holds },
  { label: "Who counts", paths: /^newCustomersOnly$/, say: (terms) => (terms.newCustomersOnly ? "New customers only" : "Anyone who was not referred before") },
  { label: "Time to qualify", paths: /^windowDays$/, say: (terms) => days(terms.windowDays) },
  { label: "Rewards per advocate", paths: /^advocateCap$/, say: (terms) => (terms.advocateCap === null ? NO_LIMIT : `At most ${terms.advocateCap}`) },
  { label: "Budget", paths: /^budget\.cost$/, say: (terms) => (terms.budget.cost === null ? NO_LIMIT : moneyText(terms.budget.cost, terms)) },
  {
    label: "Rewards in all", paths: /^budget\.rewards$/,
    say: ({ budget }) => (budget.rewards === null ? NO_LIMIT : `At most ${new Intl.NumberFormat("en").format(budget.rewards)}`),
  },
  { label: "Starts", paths: /^startsAt$/, say: (terms, zone) => (terms.startsAt ? dayText(new Date(terms.startsAt), zone) : null) },
  // The end is the first instant after the last day.
  { label: "Last day", paths: /^endsAt$/, say: (terms, zone) => (terms.endsAt ? dayText(addDays(new Date(terms.endsAt), -0.5), zone) : null) },
  { label: "Friends arrive at", paths: /^destination\./, say: ({ destination }) => (destination.kind === "shop" ? destination.url : "The invite page") },
  { label: "Terms in English", paths: /^termsText\.en$/, say: (terms) => terms.termsText.en || null },
  { label: "Terms in Albanian", paths: /^termsText\.sq$/, say: (terms) => terms.termsText.sq || null },
  { label: "Terms in Chinese", paths: /^termsText\.zh$/, say: (terms) => terms.termsText.zh || null },
  { label: "Currency", paths: /^currency$/, say: (terms) => terms.currency },
];

const of = (terms: Terms, side: Side): Rule[] => terms.rules.filter((rule) => rule.side === side);

function gets(terms: Terms, side: Side): string | null {
  return of(terms, side).map((rule) => benefitWords(t, rule, terms.currency, "en")).join(" and ") || null;
}

function unitCosts(terms: Terms): string | null {
  return terms.rules
    .flatMap(({ side, benefit }) =>
      "unitCost" in benefit && Number(benefit.unitCost) > 0 ? [`${moneyText(benefit.unitCost, terms)} for the ${side}’s`] : [])
    .join(", ") || null;
}

/** "On the friend’s first purchase of €25 or more": a trigger as the dashboard says it, of nobody in particular. */
export function triggerText(trigger: Trigger, terms: Pick<Terms, "qualification" | "currency">): string {
  if (trigger.kind === "join") return "The friend joins";
  if (trigger.kind === "goal") return `The friend reaches “${trigger.type}”`;
  const { conditions } = terms.qualification;
  const least = "all" in conditions && conditions.all.length === 1 ? conditions.all[0] : undefined;
  if (least && "kind" in least && least.kind === "order_total") {
    return `The friend’s first purchase of ${moneyText(least.atLeast, terms)} or more`;
  }
  return "The friend’s first purchase";
}

function due(terms: Terms, side: Side): string | null {
  const words = of(terms, side).map(({ on }) => (on.kind === "qualified" ? "Once the referral qualifies" : triggerText(on, terms)));
  return [...new Set(words)].join(" and ") || null;
}

function holds(terms: Terms): string {
  const bySide = terms.rules.map((rule) => ({ side: rule.side, words: holdWords(t, rule.holdDays) }));
  if (new Set(bySide.map(({ words }) => words)).size === 1) return bySide[0]!.words;
  return bySide.map(({ side, words }) => `${side === "advocate" ? "Advocate" : "Friend"}: ${words.toLowerCase()}`).join("; ");
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

function moneyText(amount: string, terms: Pick<Terms, "currency">): string {
  return amountWords(t, parseMoney(amount, currencyAsset(terms.currency)), "en");
}

function dayText(date: Date, timeZone: string): string {
  const [year, month, day] = dateInZone(date, timeZone).split("-").map(Number);
  return new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" }).format(Date.UTC(year!, month! - 1, day));
}
