import { translator } from "@/lib/core/i18n/translator";
import { writePercent } from "@/lib/core/values/percent";
import { addDays, dateInZone } from "@/lib/core/time";
import {
  capText,
  conditionText,
  daysText,
  qualification,
  ruleLimits,
  ruleText,
  ruleTitle,
  triggerText,
} from "./staff";
import { changesBetween } from "../rules/changes";
import { isOnQualification, mainRule, switchedOn } from "../rules/applying";
import { unitCostOf } from "../kinds/benefits";
import { isZero } from "../kinds/calculator";
import { moneyText } from "./amounts";
import { type Rule, type Side, SIDES, type Terms } from "../schema";
import { benefitWords, holdWords } from "./promises";
import type { TermNames } from "./context";

/** A change of terms as the dashboard says it; null where there was or is nothing. */
export type WordedChange = { label: string; before: string | null; after: string | null };

const t = translator("en");

/**
 * What changed between two versions of the terms, in words, one entry per thing that a person would
 * name: the two main rewards in parts, every further rule as a whole. Every difference that
 * `changesBetween` finds is covered: one that no words were written for is shown as stored.
 */
export function wordChanges(
  before: Terms,
  after: Terms,
  timeZone: string,
  names: TermNames = {},
): WordedChange[] {
  const context = { timeZone, names };
  const [old, now] = [switchedOn(before), switchedOn(after)];
  const changes = changesBetween(old, now);
  const aspects = aspectsOf(old, now).map((aspect) => ({
    ...aspect,
    was: aspect.say(old, context),
    is: aspect.say(now, context),
  }));
  const worded = aspects.filter(
    ({ paths, was, is }) => was !== is && changes.some(({ path }) => paths.test(path)),
  );
  const rest = changes.filter(({ path }) => !worded.some(({ paths }) => paths.test(path)));
  return [
    ...worded.map(({ label, was, is }) => ({ label, before: was, after: is })),
    ...rest.map(({ path, before: was, after: is }) => ({
      label: path,
      before: was || null,
      after: is || null,
    })),
  ];
}

/**
 * What a version says, as a list of facts in words. Limits that do not limit and the currency go
 * without saying.
 */
export function wordTerms(
  terms: Terms,
  timeZone: string,
  names: TermNames = {},
): { label: string; value: string }[] {
  const held = switchedOn(terms);
  return aspectsOf(held).flatMap(({ label, unsaid, say }) => {
    const value = say(held, { timeZone, names });
    return value === null || value === NO_LIMIT || unsaid ? [] : [{ label, value }];
  });
}

const NO_LIMIT = "No limit";

type Context = { timeZone: string; names: TermNames };

type Aspect = {
  label: string;
  /** The paths of `changesBetween` that it words. */
  paths: RegExp;
  /** Left out of a list of what terms say. */
  unsaid?: boolean;
  say: (terms: Terms, context: Context) => string | null;
};

/** Everything that the versions can be compared in, in the order in which it is told. */
function aspectsOf(...versions: Terms[]): Aspect[] {
  const mains = (side: Side) => versions.flatMap((terms) => mainRule(terms, side)?.id ?? []);
  const [advocates, friends] = [mains("advocate"), mains("friend")];
  const others = new Map<string, string>();
  for (const rule of versions.flatMap(({ rules }) => rules)) {
    if (!advocates.includes(rule.id) && !friends.includes(rule.id))
      others.set(rule.id, `Rule: ${ruleTitle(rule)}`);
  }
  return [
    ...rewardAspects(advocates, friends),
    ...[...others].map(([id, label]): Aspect => ({
      label:
        [...others.values()].filter((other) => other === label).length > 1
          ? `${label} (${id})`
          : label,
      paths: pathsOf([id], ""),
      say: (terms, { names }) => {
        const rule = terms.rules.find((one) => one.id === id);
        return rule ? ruleText(rule, terms, names) : null;
      },
    })),
    ...PROGRAM_ASPECTS,
  ];
}

function pathsOf(ids: readonly string[], rest: string): RegExp {
  return ids.length === 0 ? NEVER : new RegExp(`^rules\\.(?:${ids.join("|")})\\.${rest}`);
}

const NEVER = /^(?!)/;

function rewardAspects(advocates: string[], friends: string[]): Aspect[] {
  const both = [...advocates, ...friends];
  const of = (side: Side) => (side === "advocate" ? advocates : friends);
  return [
    {
      label: "Advocate gets",
      paths: pathsOf(advocates, "(benefit|calculator|side|id)\\b"),
      say: (terms) => gets(terms, "advocate"),
    },
    {
      label: "Friend gets",
      paths: pathsOf(friends, "(benefit|calculator|side|id)\\b"),
      say: (terms) => gets(terms, "friend"),
    },
    { label: "Cost of one", paths: pathsOf(both, "benefit\\.unitCost$"), say: unitCosts },
    {
      label: "Counts when",
      paths: /^qualification\./,
      say: (terms, { names }) => qualification(terms, names),
    },
    {
      label: "Friend’s reward is due",
      paths: pathsOf(friends, "on\\b"),
      say: (terms) => due(terms, "friend"),
    },
    {
      label: "Advocate’s reward is due",
      paths: pathsOf(advocates, "on\\b"),
      say: (terms) => due(terms, "advocate"),
    },
    { label: "Hold", paths: pathsOf(both, "holdDays$"), say: holds },
    ...SIDES.flatMap((side): Aspect[] => [
      {
        label: `Condition of the ${side}’s reward`,
        paths: pathsOf(of(side), "conditions\\b"),
        say: (terms, { names }) =>
          conditionText(mainRule(terms, side)?.conditions ?? { all: [] }, terms.currency, names),
      },
      {
        label: `More on the ${side}’s reward`,
        paths: pathsOf(of(side), "(name|caps|fallback|expiry|arm|benefit\\.codes)\\b"),
        say: (terms) => further(terms, side),
      },
    ]),
  ];
}

const NAMES: Record<Side, string> = { advocate: "Advocate", friend: "Friend" };

const PROGRAM_ASPECTS: readonly Aspect[] = [
  {
    label: "Who counts",
    paths: /^newCustomersOnly$/,
    say: (terms) =>
      terms.newCustomersOnly ? "New customers only" : "Anyone who was not referred before",
  },
  { label: "Time to qualify", paths: /^windowDays$/, say: (terms) => daysText(terms.windowDays) },
  {
    label: "Rewards per advocate",
    paths: /^advocateCap$/,
    say: (terms) => (terms.advocateCap === null ? NO_LIMIT : `At most ${terms.advocateCap}`),
  },
  {
    label: "Budget",
    paths: /^budget\.cost$/,
    say: (terms) =>
      terms.budget.cost === null ? NO_LIMIT : moneyText(terms.budget.cost, terms.currency),
  },
  {
    label: "Rewards in all",
    paths: /^budget\.rewards$/,
    say: ({ budget }) =>
      budget.rewards === null
        ? NO_LIMIT
        : `At most ${new Intl.NumberFormat("en").format(budget.rewards)}`,
  },
  {
    label: "Limits",
    paths: /^caps\./,
    say: ({ caps = [], currency }) =>
      caps.length === 0 ? null : caps.map((cap) => capText(cap, currency)).join("; "),
  },
  {
    label: "“Who told you?”",
    paths: /^nominations$/,
    say: ({ nominations = "off" }) => NOMINATIONS[nominations],
  },
  {
    label: "Experiment",
    paths: /^experiment\./,
    say: ({ experiment, currency }, { names }) => experimentText(experiment, currency, names),
  },
  {
    label: "Starts",
    paths: /^startsAt$/,
    say: (terms, { timeZone }) =>
      terms.startsAt ? dayText(new Date(terms.startsAt), timeZone) : null,
  },
  // The end is the first instant after the last day.
  {
    label: "Last day",
    paths: /^endsAt$/,
    say: (terms, { timeZone }) =>
      terms.endsAt ? dayText(addDays(new Date(terms.endsAt), -0.5), timeZone) : null,
  },
  {
    label: "Friends arrive at",
    paths: /^destination\./,
    say: ({ destination }) => (destination.kind === "shop" ? destination.url : "The invite page"),
  },
  {
    label: "Terms in English",
    paths: /^termsText\.en$/,
    say: (terms) => terms.termsText.en || null,
  },
  {
    label: "Terms in Albanian",
    paths: /^termsText\.sq$/,
    say: (terms) => terms.termsText.sq || null,
  },
  {
    label: "Terms in Chinese",
    paths: /^termsText\.zh$/,
    say: (terms) => terms.termsText.zh || null,
  },
  {
    label: "Order of the rules",
    paths: /^order$/,
    unsaid: true,
    say: ({ rules }) => rules.map(ruleTitle).join(", "),
  },
  { label: "Currency", paths: /^currency$/, unsaid: true, say: (terms) => terms.currency },
];

const NOMINATIONS: Record<NonNullable<Terms["nominations"]>, string | null> = {
  off: null,
  merchant: "Asked after the purchase; you decide",
  advocate: "Asked after the purchase; the advocate confirms",
};

function gets(terms: Terms, side: Side): string | null {
  const rule = mainRule(terms, side);
  return rule ? benefitWords(t, rule, terms.currency, "en") : null;
}

function mains(terms: Terms): Rule[] {
  return SIDES.flatMap((side) => mainRule(terms, side) ?? []);
}

function unitCosts(terms: Terms): string | null {
  return (
    mains(terms)
      .map(({ side, benefit }) => ({ side, cost: unitCostOf(benefit) }))
      .filter(({ cost }) => !isZero(cost))
      .map(({ side, cost }) => `${moneyText(cost, terms.currency)} for the ${side}’s`)
      .join(", ") || null
  );
}

function due(terms: Terms, side: Side): string | null {
  const rule = mainRule(terms, side);
  if (!rule) return null;
  return isOnQualification(rule) ? "Once the referral qualifies" : triggerText(rule.on);
}

function holds(terms: Terms): string | null {
  const bySide = mains(terms).map((rule) => ({
    side: rule.side,
    words: holdWords(t, rule.holdDays),
  }));
  if (new Set(bySide.map(({ words }) => words)).size < 2) return bySide[0]?.words ?? null;
  return bySide.map(({ side, words }) => `${NAMES[side]}: ${words.toLowerCase()}`).join("; ");
}

/** What the other aspects of a main reward leave unsaid. */
function further(terms: Terms, side: Side): string | null {
  const rule = mainRule(terms, side);
  if (!rule) return null;
  const { benefit } = rule;
  const rest = ruleLimits(
    {
      ...rule,
      holdDays: 0,
      benefit: "unitCost" in benefit ? { ...benefit, unitCost: "0" } : benefit,
    },
    terms,
  );
  return [...(rule.name ? [`Named “${rule.name}”`] : []), ...rest].join(". ") || null;
}

function experimentText(
  experiment: Terms["experiment"],
  currency: string,
  names: TermNames,
): string | null {
  if (!experiment) return null;
  const arms = experiment.arms.map(({ name, shareBp, segment }) =>
    shareBp === null
      ? `${name}: those with ${conditionText(segment ?? { all: [] }, currency, names) ?? "anything"}`
      : `${name}: ${writePercent(shareBp)}%`,
  );
  return `${experiment.question} ${arms.join("; ")}`;
}

function dayText(date: Date, timeZone: string): string {
  const [year, month, day] = dateInZone(date, timeZone).split("-").map(Number);
  return new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" }).format(
    Date.UTC(year!, month! - 1, day),
  );
}
