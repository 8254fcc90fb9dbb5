import type { Cap, CapPeriod, Rule, Terms } from "@/lib/terms/schema";
import {
  capPeriod,
  capsOf,
  isLimited,
  type Limits,
  limitsOf,
  type Used,
} from "@/lib/rewards/rules/limits";

/** A reward as limits see it. */
type Counted = { ruleId: string; customerId: string; advocateId: string | null; at: Date };
type Pattern = { over: "rule" | "program"; who: Cap["who"]; per: CapPeriod };

/** What a run has used of a program's limits; `lockLimits` reads the same from tables. */
export type LimitUse = {
  /** Null where nothing limits the rule. */
  limitsFor(rule: Rule, counted: Omit<Counted, "ruleId">): Limits | null;
  /** Counts a reward; negative numbers take it, or a part of its cost, out again. */
  count(counted: Counted, rewards: number, costMinor: bigint): void;
};

export function limitUse(terms: Terms, timeZone: string): LimitUse {
  const patterns = patternsOf(terms);
  const used = new Map<string, Used>();
  const advocates = new Map<string, number>();
  const program: Used = { rewards: 0, costMinor: 0n };
  const periodOf = rememberedPeriods(timeZone);
  const keyOf = ({ over, who, per }: Pattern, { ruleId, customerId, at }: Counted) =>
    [
      over === "rule" ? ruleId : "*",
      who === "person" ? customerId : "*",
      per,
      periodOf(per, at),
    ].join(" ");
  return {
    limitsFor(rule, counted) {
      if (!isLimited(terms, rule)) return null;
      return limitsOf(terms, rule, {
        advocateRewards:
          counted.advocateId === null ? null : (advocates.get(counted.advocateId) ?? 0),
        programRewards: program.rewards,
        programCostMinor: program.costMinor,
        caps: capsOf(terms, rule).map(
          ({ cap, over }) =>
            used.get(
              keyOf({ over, who: cap.who, per: cap.per }, { ...counted, ruleId: rule.id }),
            ) ?? { rewards: 0, costMinor: 0n },
        ),
      });
    },
    count(counted, rewards, costMinor) {
      program.rewards += rewards;
      program.costMinor += costMinor;
      if (counted.advocateId !== null)
        advocates.set(counted.advocateId, (advocates.get(counted.advocateId) ?? 0) + rewards);
      for (const pattern of patterns) {
        const key = keyOf(pattern, counted);
        const before = used.get(key) ?? { rewards: 0, costMinor: 0n };
        used.set(key, {
          rewards: before.rewards + rewards,
          costMinor: before.costMinor + costMinor,
        });
      }
    },
  };
}

/** The ways in which the caps of these terms count. */
function patternsOf(terms: Terms): Pattern[] {
  const applied = [
    ...terms.rules.flatMap((rule) => capsOf({ caps: [] }, rule)),
    ...capsOf(terms, { caps: [] }),
  ];
  return [
    ...new Map(
      applied.map(({ cap: { who, per }, over }) => [`${over} ${who} ${per}`, { over, who, per }]),
    ).values(),
  ];
}

/** Where a period begins. The last ones are remembered: moments come in the order of time. */
function rememberedPeriods(timeZone: string): (per: CapPeriod, at: Date) => number {
  const last = new Map<CapPeriod, { from: number; until: number }>();
  return (per, at) => {
    if (per === "ever") return 0;
    const time = at.getTime();
    const known = last.get(per);
    if (known && known.from <= time && time < known.until) return known.from;
    const { from, until } = capPeriod(per, at, timeZone);
    const period = { from: from!.getTime(), until: until!.getTime() };
    last.set(per, period);
    return period.from;
  };
}
