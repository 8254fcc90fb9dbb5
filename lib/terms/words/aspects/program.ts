import { writePercent } from "@/lib/core/values/percent";
import { addDays, dateInZone } from "@/lib/core/time";
import { translator } from "@/lib/core/i18n/translator";
import { type FraudRules, fraudRules } from "../../rules/fraud";
import { type Condition, SIGNAL_KINDS, SIGNAL_WEIGHTS, type Terms } from "../../schema";
import { moneyText } from "../amounts";
import { signalTitle } from "../signals";
import type { TermNames } from "../context";
import { capText, conditionText, daysText, ruleTitle } from "../staff";
import { type Aspect, NO_LIMIT } from "./aspect";

/** What the whole program says beside its rules. */
export const PROGRAM_ASPECTS: readonly Aspect[] = [
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
    label: "Held for review",
    paths: /^fraud\./,
    say: ({ fraud }) => (fraud ? fraudText(fraudRules({ fraud })) : null),
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

function experimentText(
  experiment: Terms["experiment"],
  currency: string,
  names: TermNames,
): string | null {
  if (!experiment) return null;
  const segmentText = (segment: Condition | null) =>
    conditionText(segment ?? { all: [] }, currency, names);
  const arms = experiment.arms.map(({ name, shareBp, segment }) =>
    shareBp === null
      ? `${name}: those with ${segmentText(segment) ?? "anything"}`
      : `${name}: ${writePercent(shareBp)}%`,
  );
  return `${experiment.question} ${arms.join("; ")}`;
}

/** The rules by which a referral is held, and the weights that are not as by default. */
function fraudText(rules: FraudRules): string {
  const t = translator("en");
  const weights = SIGNAL_KINDS.filter((kind) => rules.weights[kind] !== SIGNAL_WEIGHTS[kind]).map(
    (kind) => `“${signalTitle(t, kind)}” counts ${rules.weights[kind]}`,
  );
  return [
    `From a score of ${rules.holdFrom}`,
    `${rules.friendsADay} friends of one advocate in a day`,
    `${rules.peopleOfANetwork} people from one network in a day`,
    `no answer within ${daysText(rules.answerDays)}`,
    ...weights,
  ].join("; ");
}

function dayText(date: Date, timeZone: string): string {
  const [year, month, day] = dateInZone(date, timeZone).split("-").map(Number);
  return new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" }).format(
    Date.UTC(year!, month! - 1, day),
  );
}
