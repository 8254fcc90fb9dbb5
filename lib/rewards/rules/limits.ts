import { currencyAsset, parseMoney } from "@/lib/core/money";
import { dateInZone, startOfDateInZone } from "@/lib/core/time";
import type { Cap, CapPeriod, Rule, Terms } from "@/lib/terms/schema";
import type { Verdict } from "@/lib/terms/kinds/condition";

/** A cap that a reward counts against, its rule's own or one of all rules of the program. */
export type AppliedCap = { cap: Cap; over: "rule" | "program" };

/** What has been used of a cap in its period: rewards that stand, and what they cost. */
export type Used = { rewards: number; costMinor: bigint };

/**
 * What limits leave room for. `null` limits do not limit. Amounts in minor units of the program's
 * currency.
 */
export type Limits = {
  advocateCap: number | null;
  advocateRewards: number;
  budgetRewards: number | null;
  programRewards: number;
  budgetCostMinor: bigint | null;
  programCostMinor: bigint;
  caps: readonly { rewards: number | null; costMinor: bigint | null; words: string; used: Used }[];
};

type LimitingTerms = Pick<Terms, "advocateCap" | "budget" | "currency" | "caps">;

/**
 * The caps that rewards of a rule count against, in the order in which `limitsOf` wants what has
 * been used of them.
 */
export function capsOf(terms: Pick<Terms, "caps">, rule: Pick<Rule, "caps">): AppliedCap[] {
  return [
    ...(rule.caps ?? []).map((cap): AppliedCap => ({ cap, over: "rule" })),
    ...(terms.caps ?? []).map((cap): AppliedCap => ({ cap, over: "program" })),
  ];
}

/**
 * Whether anything limits the rewards of a rule: if so, they are granted under a lock, one after
 * the other.
 */
export function isLimited(terms: LimitingTerms, rule: Pick<Rule, "caps">): boolean {
  return (
    terms.advocateCap !== null ||
    terms.budget.cost !== null ||
    terms.budget.rewards !== null ||
    capsOf(terms, rule).length > 0
  );
}

/**
 * The limits of a rule with what has been used of them.
 * @param used.caps in the order of `capsOf`
 * @param used.advocateRewards null for the friend's side: it counts against no advocate's cap
 */
export function limitsOf(
  terms: LimitingTerms,
  rule: Pick<Rule, "caps">,
  used: {
    advocateRewards: number | null;
    programRewards: number;
    programCostMinor: bigint;
    caps: readonly Used[];
  },
): Limits {
  const minorOf = (text: string) => parseMoney(text, currencyAsset(terms.currency)).minor;
  return {
    advocateCap: used.advocateRewards === null ? null : terms.advocateCap,
    advocateRewards: used.advocateRewards ?? 0,
    budgetRewards: terms.budget.rewards,
    programRewards: used.programRewards,
    budgetCostMinor: terms.budget.cost === null ? null : minorOf(terms.budget.cost),
    programCostMinor: used.programCostMinor,
    caps: capsOf(terms, rule).map(({ cap, over }, index) => ({
      rewards: cap.rewards ?? null,
      costMinor: cap.cost === undefined ? null : minorOf(cap.cost),
      words: limitWords(cap, over),
      used: used.caps[index]!,
    })),
  };
}

function limitWords({ who, per }: Cap, over: AppliedCap["over"]): string {
  const whom = who === "person" ? "for one person" : "for all together";
  return `${whom} ${PERIOD_WORDS[per]}${over === "program" ? ", over all rules" : ""}`;
}

const PERIOD_WORDS: Record<CapPeriod, string> = {
  day: "in a day",
  week: "in a week",
  month: "in a month",
  ever: "ever",
};

/**
 * A limit that leaves no room. `counts`: a limit by number; a smaller benefit may be given beyond
 * it.
 */
type Refusal = Verdict & { counts: boolean };

/** Unlike everything else, limits depend on what came first: what was given stands. */
const BY_ARRIVAL = "Limits go by what arrived first.";

function refusals(limits: Limits, costMinor: bigint): Refusal[] {
  const found: Refusal[] = [];
  const say = (code: string, message: string, counts: boolean) =>
    found.push({ holds: false, code, message: `${message} ${BY_ARRIVAL}`, counts });
  if (limits.advocateCap !== null && limits.advocateRewards >= limits.advocateCap) {
    say(
      "advocate_cap_reached",
      `The advocate has had ${limits.advocateRewards} rewards, which is the limit.`,
      true,
    );
  }
  for (const { rewards, costMinor: most, words, used } of limits.caps) {
    if (rewards !== null && used.rewards >= rewards)
      say("cap_reached", `The limit of ${rewards} rewards ${words} is reached.`, true);
    if (most !== null && used.costMinor + costMinor > most)
      say("cost_cap_reached", `The limit of what rewards may cost ${words} is reached.`, false);
  }
  if (limits.budgetRewards !== null && limits.programRewards >= limits.budgetRewards) {
    say("budget_reached", `The program's ${limits.budgetRewards} rewards are given.`, false);
  }
  if (
    limits.budgetCostMinor !== null &&
    limits.programCostMinor + costMinor > limits.budgetCostMinor
  ) {
    say("budget_reached", "The program's budget is used up.", false);
  }
  return found;
}

/**
 * Whether the benefit of a rule, or else its smaller one, fits the limits, with every limit that
 * leaves no room. The smaller one is given beyond limits by number (it counts against them
 * nevertheless), never beyond the budget or what may be spent.
 * @param fallbackCostMinor null where the rule has none, or it would be worth nothing
 */
export function decideWithin(
  limits: Limits,
  costMinor: bigint,
  fallbackCostMinor: bigint | null,
): { give: "benefit" | "fallback" | "nothing"; reasons: Verdict[] } {
  const against = refusals(limits, costMinor);
  if (against.length === 0) return { give: "benefit", reasons: [] };
  const fits =
    fallbackCostMinor !== null && refusals(limits, fallbackCostMinor).every(({ counts }) => counts);
  return {
    give: fits ? "fallback" : "nothing",
    reasons: against.map(({ counts: _, ...verdict }) => verdict),
  };
}

/**
 * The period of a cap that contains `at`, on the merchant's calendar: days, weeks from Monday,
 * months. Null bounds: ever.
 */
export function capPeriod(
  per: CapPeriod,
  at: Date,
  timeZone: string,
): { from: Date | null; until: Date | null } {
  if (per === "ever") return { from: null, until: null };
  const [year, month, day] = dateInZone(at, timeZone).split("-").map(Number) as [
    number,
    number,
    number,
  ];
  const weekday = (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;
  const dates =
    per === "day" ? [day, day + 1] : per === "week" ? [day - weekday, day - weekday + 7] : null;
  const [first, next] = dates
    ? dates.map((one) => Date.UTC(year, month - 1, one))
    : [Date.UTC(year, month - 1, 1), Date.UTC(year, month, 1)];
  const start = (utc: number) =>
    startOfDateInZone(new Date(utc).toISOString().slice(0, 10), timeZone);
  return { from: start(first!), until: start(next!) };
}
