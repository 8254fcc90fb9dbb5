import type { Cap, CapPeriod, Rule, Terms } from "@/lib/terms/schema";
import {
  type AppliedCap,
  capPeriod,
  capsOf,
  isLimited,
  type Limits,
  limitsOf,
  type Used,
} from "./limits";
import type { GrantWanted } from "./settle";

/** A reward as limits see it. */
export type Counted = { ruleId: string; customerId: string; advocateId: string | null; at: Date };

/** What a wanted reward counts against: the friend's side against no advocate's cap. */
export function countedAs({ due, to }: GrantWanted): Counted {
  const { rule, customerId, cause } = due;
  const advocateId = rule.side === "advocate" ? to.advocateId : null;
  return { ruleId: rule.id, customerId, advocateId, at: cause.at };
}

/** How caps count: the rewards of a rule or of all, of a person or of all, in periods. */
export type Pattern = { over: AppliedCap["over"]; who: Cap["who"]; per: CapPeriod };

/** Rewards that a cap counts: those of a rule, of a person, in a period; null for all of them. */
export type CountedBy = {
  key: string;
  ruleId: string | null;
  customerId: string | null;
  from: Date | null;
  until: Date | null;
};

/** What was used of a program's limits before; what caps count is told by `counted`. */
type UsedBefore = Used & { advocates: ReadonlyMap<string, number> };

/** What is used of a program's limits, as rewards are granted one after the other. */
export type LimitUse = {
  /** Null where nothing limits the rule. */
  limitsFor(terms: Terms, rule: Rule, counted: Counted): Limits | null;
  /** Counts a reward; negative numbers take it, or a part of its cost, out again. */
  count(counted: Counted, rewards: number, costMinor: bigint): void;
  /** The rewards that the caps of a rule count, with the key under which `counted` tells them. */
  countedBy(terms: Terms, rule: Rule, counted: Counted): CountedBy[];
  /** Tells what stood of them before. */
  counted(key: string, used: Used): void;
};

/** @param patterns of all caps that will be asked about */
export function limitUse(
  patterns: readonly Pattern[],
  timeZone: string,
  before: UsedBefore = { rewards: 0, costMinor: 0n, advocates: new Map() },
): LimitUse {
  const used = new Map<string, Used>();
  const advocates = new Map(before.advocates);
  const program: Used = { rewards: before.rewards, costMinor: before.costMinor };
  const periodOf = rememberedPeriods(timeZone);
  const countedBy = ({ over, who, per }: Pattern, counted: Counted): CountedBy => {
    const ruleId = over === "rule" ? counted.ruleId : null;
    const customerId = who === "person" ? counted.customerId : null;
    const { from, until } = periodOf(per, counted.at);
    const key = [ruleId ?? "*", customerId ?? "*", per, from?.getTime() ?? 0].join(" ");
    return { key, ruleId, customerId, from, until };
  };
  const countedByCaps = (terms: Terms, rule: Rule, counted: Counted) =>
    capsOf(terms, rule).map(({ cap: { who, per }, over }) =>
      countedBy({ over, who, per }, counted),
    );
  return {
    limitsFor(terms, rule, counted) {
      if (!isLimited(terms, rule)) return null;
      return limitsOf(terms, rule, {
        advocateRewards:
          counted.advocateId === null ? null : (advocates.get(counted.advocateId) ?? 0),
        programRewards: program.rewards,
        programCostMinor: program.costMinor,
        caps: countedByCaps(terms, rule, counted).map(
          ({ key }) => used.get(key) ?? { rewards: 0, costMinor: 0n },
        ),
      });
    },
    count(counted, rewards, costMinor) {
      add(program, rewards, costMinor);
      if (counted.advocateId !== null)
        advocates.set(counted.advocateId, (advocates.get(counted.advocateId) ?? 0) + rewards);
      for (const pattern of patterns) {
        const { key } = countedBy(pattern, counted);
        const known = used.get(key) ?? { rewards: 0, costMinor: 0n };
        add(known, rewards, costMinor);
        used.set(key, known);
      }
    },
    countedBy: countedByCaps,
    counted(key, { rewards, costMinor }) {
      used.set(key, { rewards, costMinor });
    },
  };
}

function add(used: Used, rewards: number, costMinor: bigint): void {
  used.rewards += rewards;
  used.costMinor += costMinor;
}

/** The ways in which the caps of rules count. */
export function patternsOf(
  rules: readonly { terms: Pick<Terms, "caps">; rule: Pick<Rule, "caps"> }[],
): Pattern[] {
  const applied = rules.flatMap(({ terms, rule }) => capsOf(terms, rule));
  return [
    ...new Map(
      applied.map(({ cap: { who, per }, over }) => [`${over} ${who} ${per}`, { over, who, per }]),
    ).values(),
  ];
}

type Period = { from: Date | null; until: Date | null };

/** The period of a moment. The last ones are remembered: moments come in the order of time. */
function rememberedPeriods(timeZone: string): (per: CapPeriod, at: Date) => Period {
  const last = new Map<CapPeriod, Period>();
  return (per, at) => {
    const known = last.get(per);
    if (known && (known.from === null || (known.from <= at && at < known.until!))) return known;
    const period = capPeriod(per, at, timeZone);
    last.set(per, period);
    return period;
  };
}
