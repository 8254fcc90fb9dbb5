import { solveLinear } from "@/lib/core/math/linear-system";
import { type Answer, known, requireLevel, requireNonNegative, unknown } from "../answer";
import { chiSquareUpper } from "../numerics/distributions";
import { criticalZ } from "../comparisons/proportion";

/**
 * Time until the event, or until observation ended without it (`event: false`, censored); `people`
 * > 1 stands for so many equal ones.
 */
export type Duration = { time: number; event: boolean; people?: number };

const peopleIn = (durations: readonly Duration[]): number =>
  durations.reduce((sum, { people = 1 }) => sum + people, 0);

type SurvivalStep = {
  time: number;
  atRisk: number;
  events: number;
  /** Share that has not had the event by `time` (inclusive). */
  survival: number;
  /** Greenwood's standard error of `survival`. */
  standardError: number;
  /** Log-log interval; null where nobody is left, since it does not exist there. */
  interval: { low: number; high: number } | null;
};
export type SurvivalCurve = {
  n: number;
  events: number;
  /** The longest time on record: beyond it nobody was watched any more. */
  watched: number;
  steps: SurvivalStep[];
  /** First time at which at most half are left; unknown while more than half are. */
  median: Answer<number, "more_than_half_left">;
};

/**
 * Kaplan-Meier estimate (Kaplan & Meier 1958): S(t) = Π (1 − d/n) over event times, Greenwood's
 * variance S² Σ d/(n(n−d)), and the interval on the log(−log) scale (Kalbfleisch & Prentice), which
 * stays within 0 and 1. A person censored at a time is still at risk at that time. Unknown without
 * observations; throws RangeError for negative or unfinite times.
 */
export function kaplanMeier(
  durations: readonly Duration[],
  level = 0.95,
): Answer<SurvivalCurve, "no_observations"> {
  requireLevel(level);
  for (const { time } of durations) requireNonNegative("time", time);
  const n = peopleIn(durations);
  if (n === 0) return unknown("no_observations");
  const z = criticalZ(level);
  const steps: SurvivalStep[] = [];
  let survival = 1;
  let greenwood = 0;
  for (const { time, atRisk, events } of eventTimes(durations)) {
    survival *= 1 - events / atRisk;
    greenwood += events / (atRisk * (atRisk - events));
    const spread = (z * Math.sqrt(greenwood)) / Math.log(survival);
    steps.push({
      time,
      atRisk,
      events,
      survival,
      standardError: survival === 0 ? 0 : survival * Math.sqrt(greenwood),
      interval:
        survival === 0
          ? null
          : { low: survival ** Math.exp(-spread), high: survival ** Math.exp(spread) },
    });
  }
  // A product such as 0.8 × 0.625 must count as one half although floating point may put it a hair
  // above.
  const half = steps.find((step) => step.survival <= 0.5 + 1e-12);
  return known({
    n,
    events: steps.reduce((sum, step) => sum + step.events, 0),
    watched: durations.reduce((longest, { time }) => Math.max(longest, time), 0),
    steps,
    median: half ? known(half.time) : unknown("more_than_half_left"),
  });
}

/** Survival at any time: the last step at or before it; 1 before the first event. */
export function survivalAt(curve: SurvivalCurve, time: number): number {
  return curve.steps.findLast((step) => step.time <= time)?.survival ?? 1;
}

export type LogRank = {
  chiSquare: number;
  degreesOfFreedom: number;
  p: number;
  groups: { n: number; observed: number; expected: number }[];
};

/**
 * Log-rank test that k groups share one survival curve (Mantel 1966, Peto & Peto 1972), with the
 * hypergeometric covariance. Groups in which nothing could have happened are left out of the
 * degrees of freedom. Unknown with fewer than two groups that could differ.
 */
export function logRank(
  groups: readonly (readonly Duration[])[],
): Answer<LogRank, "fewer_than_two_groups" | "no_events"> {
  for (const group of groups) for (const { time } of group) requireNonNegative("time", time);
  if (groups.filter((group) => group.length > 0).length < 2)
    return unknown("fewer_than_two_groups");
  const pooled = eventTimes(groups.flat());
  if (pooled.length === 0) return unknown("no_events");
  const tables = groups.map((group) => ({
    sorted: [...group].sort((a, b) => a.time - b.time),
    next: 0,
    left: peopleIn(group),
  }));
  const observed = groups.map((group) => peopleIn(group.filter((d) => d.event)));
  const expected = groups.map(() => 0);
  const covariance = groups.map(() => groups.map(() => 0));
  for (const { time, atRisk, events } of pooled) {
    const shares = tables.map((table) => {
      for (let one = table.sorted[table.next]; one && one.time < time;) {
        table.left -= one.people ?? 1;
        one = table.sorted[(table.next += 1)];
      }
      return table.left / atRisk;
    });
    const spread = atRisk > 1 ? (events * (atRisk - events)) / (atRisk - 1) : 0;
    shares.forEach((share, i) => {
      expected[i] = (expected[i] as number) + events * share;
      const row = covariance[i] as number[];
      shares.forEach((other, j) => {
        row[j] = (row[j] as number) + spread * share * ((i === j ? 1 : 0) - other);
      });
    });
  }
  const informative = groups.map((_, i) => i).filter((i) => (covariance[i]?.[i] ?? 0) > 1e-12);
  const kept = informative.slice(0, -1);
  if (kept.length === 0) return unknown("fewer_than_two_groups");
  const gaps = kept.map((i) => (observed[i] as number) - (expected[i] as number));
  const solved = solveLinear(
    kept.map((i) => kept.map((j) => covariance[i]?.[j] ?? 0)),
    gaps.map((gap) => [gap]),
  );
  if (!solved) return unknown("fewer_than_two_groups");
  const chiSquare = gaps.reduce((sum, gap, i) => sum + gap * (solved[i]?.[0] ?? 0), 0);
  return known({
    chiSquare,
    degreesOfFreedom: kept.length,
    p: chiSquareUpper(chiSquare, kept.length),
    groups: groups.map((group, i) => ({
      n: peopleIn(group),
      observed: observed[i] as number,
      expected: expected[i] as number,
    })),
  });
}

/** The distinct times with at least one event, ascending, with those at risk just before. */
function eventTimes(
  durations: readonly Duration[],
): { time: number; atRisk: number; events: number }[] {
  const sorted = [...durations].sort((a, b) => a.time - b.time);
  const times: { time: number; atRisk: number; events: number }[] = [];
  let atRisk = peopleIn(durations);
  let i = 0;
  while (i < sorted.length) {
    const { time } = sorted[i] as Duration;
    let [gone, events] = [0, 0];
    for (let one = sorted[i]; one?.time === time; one = sorted[(i += 1)]) {
      gone += one.people ?? 1;
      if (one.event) events += one.people ?? 1;
    }
    if (events > 0) times.push({ time, atRisk, events });
    atRisk -= gone;
  }
  return times;
}
