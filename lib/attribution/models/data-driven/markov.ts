import { solveLinear } from "@/lib/core/math/linear-system";
import { type Attribution, CreditSums, type Journey, requireJourney } from "../journey";

export type MarkovAttribution = Attribution & {
  /** Chance that a journey with touches converts; null without journeys. */
  conversionProbability: number | null;
  /** By channel: the share of conversions lost without it; null while nothing converts. */
  removalEffects: Record<string, number | null>;
};

const MAX_CHANNELS = 1000;

/**
 * Markov attribution of order 1 (Anderl, Becker, von Wangenheim & Schumann 2016): journeys as a
 * chain from start over channels to conversion or to nothing, solved exactly as an absorbing chain;
 * nothing is simulated. Removing a channel sends whoever reaches it to nothing, so its effect is
 * P(reach c) · P(convert | c) / P(convert); credit = effect / Σ effects × conversions (and ×
 * value). Staying on a channel (A > A) changes nothing. `nulls: "ignored"` uses converting paths
 * only. Needs n³ steps for n channels: throws RangeError beyond 1,000, group rare ones first.
 */
export function markov(
  journeys: readonly Journey[],
  { nulls = "used" }: { nulls?: "used" | "ignored" } = {},
): MarkovAttribution {
  const sums = new CreditSums();
  const index = new Map<string, number>();
  for (const journey of journeys) {
    requireJourney(journey);
    for (const { channel } of journey.touches) {
      if (!index.has(channel)) index.set(channel, index.size);
      sums.add(channel, 0, 0);
    }
    if (journey.touches.length === 0) sums.addUnattributed(journey.conversions, journey.value);
  }
  const channels = [...index.keys()];
  const n = channels.length;
  if (n > MAX_CHANNELS)
    throw new RangeError(`Markov attribution takes at most ${MAX_CHANNELS} channels, not ${n}`);

  const steps = channels.map(() => new Float64Array(n));
  const starts = new Float64Array(n);
  const converted = new Float64Array(n);
  const left = new Float64Array(n);
  let weight = 0;
  let conversions = 0;
  let value = 0;
  for (const journey of journeys) {
    const path = journey.touches.map(({ channel }) => index.get(channel) as number);
    const failures = nulls === "used" ? (journey.nulls ?? 0) : 0;
    const times = journey.conversions + failures;
    if (path.length === 0) continue;
    conversions += journey.conversions;
    value += journey.value;
    if (times === 0) continue;
    weight += times;
    bump(starts, path[0] as number, times);
    for (let i = 1; i < path.length; i += 1)
      bump(steps[path[i - 1] as number] as Float64Array, path[i] as number, times);
    path.forEach((c) => bump(left, c, times));
    bump(converted, path[path.length - 1] as number, journey.conversions);
  }

  const { probability, effects } = removalEffects(weight, starts, steps, converted, left);
  const whole = effects.reduce((sum, effect) => sum + effect, 0);
  channels.forEach((channel, c) => {
    const share = whole > 0 ? (effects[c] as number) / whole : 0;
    sums.add(channel, share * conversions, share * value);
  });
  if (whole === 0) sums.addUnattributed(conversions, value);
  const converts = probability !== null && probability > 0;
  return {
    ...sums.result(),
    conversionProbability: probability,
    removalEffects: Object.fromEntries(
      channels.map((name, c) => [name, converts ? (effects[c] as number) : null]),
    ),
  };
}

/**
 * With N = (I − Q)⁻¹ the expected visits, P(reach c) = (πN)_c / N_cc and P(convert | c) = (N r)_c
 * (Kemeny & Snell 1960). Channels that no counted path visits keep a row of zeros and an effect of
 * 0.
 */
function removalEffects(
  weight: number,
  starts: Float64Array,
  steps: readonly Float64Array[],
  converted: Float64Array,
  left: Float64Array,
): { probability: number | null; effects: number[] } {
  const n = starts.length;
  if (weight === 0) return { probability: null, effects: Array.from({ length: n }, () => 0) };
  const system = steps.map((row, i) =>
    Array.from(
      row,
      (count, j) => (i === j ? 1 : 0) - (count === 0 ? 0 : count / (left[i] as number)),
    ),
  );
  const identity = steps.map((_, i) =>
    Array.from({ length: n }, (_unused, j) => (i === j ? 1 : 0)),
  );
  const visits = solveLinear(system, identity);
  if (!visits)
    throw new Error("every path ends, so the chain of an attribution can always be solved");
  const convertFrom = visits.map((row) =>
    row.reduce(
      (sum, visit, j) =>
        sum + (left[j] ? (visit * (converted[j] as number)) / (left[j] as number) : 0),
      0,
    ),
  );
  const start = Array.from(starts, (count) => count / weight);
  const probability = start.reduce((sum, share, i) => sum + share * (convertFrom[i] as number), 0);
  const effects = start.map((_, c) => {
    const expectedVisits = start.reduce(
      (sum, share, i) => sum + share * (visits[i]?.[c] as number),
      0,
    );
    const reach = expectedVisits / (visits[c]?.[c] as number);
    return probability > 0 ? Math.min(1, (reach * (convertFrom[c] as number)) / probability) : 0;
  });
  return { probability, effects };
}

function bump(counts: Float64Array, index: number, by: number): void {
  counts[index] = (counts[index] as number) + by;
}
