import { type Answer, known, unknown } from "../answer";
import { median } from "../numerics/moments";
import { holm } from "../comparisons/multiple-comparisons";
import { proportion, type Share } from "../comparisons/proportion";
import { twoProportionTest } from "../comparisons/two-proportions";

/** `at` in milliseconds. */
export type FunnelEvent = { name: string; at: number };

export type FunnelOptions = {
  /** Longest time from the first step to any later one, in milliseconds; null for no limit. */
  windowMs?: number | null;
  /** "ordered": other events may lie between the steps. "strict": none may. */
  order?: "ordered" | "strict";
};

export type FunnelStep = {
  name: string;
  reached: number;
  /** Of those who reached the first step; null where nobody did. */
  ofFirst: Share | null;
  /**
   * Of those who reached the step before; null at the first step and where nobody came that far.
   */
  ofPrevious: Share | null;
  /** Time from the step before, over those who made it; null where nobody did. */
  meanMs: number | null;
  medianMs: number | null;
};

/**
 * Counts how far each person came through `steps` (event names in order; a name may occur twice and
 * then needs two events) and how long each step took. A person counts once, by the deepest run of
 * steps within the window, timed from the latest start that leads there. Events may come in any
 * order; those at the same instant keep the order given.
 */
export function funnel(
  people: Iterable<readonly FunnelEvent[]>,
  steps: readonly string[],
  { windowMs = null, order = "ordered" }: FunnelOptions = {},
): FunnelStep[] {
  const times: number[][] = steps.map(() => []);
  const reached = steps.map(() => 0);
  for (const events of people) {
    const sorted = [...events].sort((a, b) => a.at - b.at);
    const run = (order === "strict" ? strictRun : orderedRun)(
      sorted,
      steps,
      windowMs ?? Number.POSITIVE_INFINITY,
    );
    run.forEach((at, k) => {
      reached[k] = (reached[k] as number) + 1;
      if (k > 0) times[k]?.push(at - (run[k - 1] as number));
    });
  }
  return steps.map((name, k) => {
    const took = times[k] as number[];
    return {
      name,
      reached: reached[k] as number,
      ofFirst: proportion(reached[k] as number, reached[0] as number).value,
      ofPrevious: k === 0 ? null : proportion(reached[k] as number, reached[k - 1] as number).value,
      meanMs: took.length > 0 ? took.reduce((sum, t) => sum + t, 0) / took.length : null,
      medianMs: median(took),
    };
  });
}

/**
 * The times of the deepest run. For each depth only the run that started last matters: it leaves
 * the most time.
 */
function orderedRun(
  events: readonly FunnelEvent[],
  steps: readonly string[],
  windowMs: number,
): number[] {
  const runs: number[][] = [];
  let deepest: number[] = [];
  for (const { name, at } of events) {
    // From deep to shallow, so that one event never serves as two steps.
    for (let k = steps.length - 1; k >= 0; k -= 1) {
      if (steps[k] !== name) continue;
      const before = k === 0 ? [] : runs[k - 1];
      if (!before || (k > 0 && at - (before[0] as number) > windowMs)) continue;
      const run = [...before, at];
      runs[k] = run;
      if (run.length > deepest.length) deepest = run;
    }
  }
  return deepest;
}

function strictRun(
  events: readonly FunnelEvent[],
  steps: readonly string[],
  windowMs: number,
): number[] {
  let deepest: number[] = [];
  events.forEach((start, i) => {
    const run: number[] = [];
    for (let k = 0; k < steps.length; k += 1) {
      const event = events[i + k];
      if (!event || event.name !== steps[k] || event.at - start.at > windowMs) break;
      run.push(event.at);
    }
    if (run.length > deepest.length) deepest = run;
  });
  return deepest;
}

export type Bottleneck = {
  /** The step that fewer went on to than expected. */
  step: string;
  expected: number;
  actual: number;
  lostPeople: number;
  /** lostPeople × mean value of those who continue, in the unit of that value. */
  lostValue: number;
  /** Holm-adjusted over all steps. */
  p: number;
};

/**
 * The step with the most value lost: (expected − actual going on) × mean value of those who go on,
 * expected from the step's share in the comparison period. Only steps whose drop is beyond chance
 * at `significance` (pooled z, Holm over the steps) are considered. Both lists are people who
 * reached each step, in the same order as `steps`; `meanValue` gives the mean CLV of those who went
 * on to a step.
 */
export function bottleneck(
  steps: readonly string[],
  current: readonly number[],
  comparison: readonly number[],
  meanValue: readonly number[],
  significance = 0.05,
): Answer<Bottleneck, "no_drop_beyond_chance"> {
  if ([current, comparison, meanValue].some((list) => list.length !== steps.length)) {
    throw new RangeError("each step needs a count in both periods and a mean value");
  }
  const candidates = steps.slice(1).map((step, i) => {
    const [from, to] = [current[i] as number, current[i + 1] as number];
    const [fromBefore, toBefore] = [comparison[i] as number, comparison[i + 1] as number];
    const test = twoProportionTest([toBefore, fromBefore], [to, from]).value;
    const expected = fromBefore > 0 ? (from * toBefore) / fromBefore : 0;
    const lostPeople = expected - to;
    return {
      step,
      expected,
      actual: to,
      lostPeople,
      lostValue: lostPeople * (meanValue[i + 1] as number),
      p: test?.p ?? 1,
    };
  });
  const adjusted = holm(candidates.map((c) => c.p));
  const [worst] = candidates
    .map((candidate, i) => ({ ...candidate, p: adjusted[i] as number }))
    .filter((candidate) => candidate.lostPeople > 0 && candidate.p < significance)
    .sort((a, b) => b.lostValue - a.lostValue);
  return worst ? known(worst) : unknown("no_drop_beyond_chance");
}
