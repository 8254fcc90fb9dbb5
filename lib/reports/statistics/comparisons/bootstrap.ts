import { seededRandom } from "@/lib/core/math/random";
import { type Answer, type Interval, known, requireLevel, unknown } from "../answer";
import { normalCdf, normalQuantile } from "../numerics/distributions";

export type Bootstrap = { estimate: number; n: number; interval: Interval };
export type BootstrapUnknown = "too_few_observations" | "zero_baseline";
export type BootstrapOptions = { seed: number | string; resamples?: number; level?: number };

/**
 * Mean with a bootstrap interval: resampled with replacement, bias-corrected and accelerated (BCa,
 * Efron 1987), so that skewed revenue is not given a symmetric interval. The same seed gives the
 * same interval. Costs n × resamples (1,000 by default) additions.
 */
export function bootstrapMean(
  values: readonly number[],
  options: BootstrapOptions,
): Answer<Bootstrap, BootstrapUnknown> {
  return bootstrapRatio(
    values,
    values.map(() => 1),
    options,
  );
}

/**
 * Ratio Σnumerator/Σdenominator over people, resampling people (so both measures of one person stay
 * together), with the BCa interval. Unknown below two people or where the denominators add to zero.
 * Throws RangeError when the lists differ in length or hold unfinite numbers.
 */
export function bootstrapRatio(
  numerators: readonly number[],
  denominators: readonly number[],
  { seed, resamples = 1000, level = 0.95 }: BootstrapOptions,
): Answer<Bootstrap, BootstrapUnknown> {
  requireLevel(level);
  const n = numerators.length;
  if (n !== denominators.length)
    throw new RangeError("a ratio needs one denominator for each numerator");
  if (!numerators.every(Number.isFinite) || !denominators.every(Number.isFinite)) {
    throw new RangeError("a bootstrap of unfinite numbers");
  }
  if (n < 2) return unknown("too_few_observations");
  const above = Float64Array.from(numerators);
  const below = Float64Array.from(denominators);
  const sumBelow = sum(below);
  if (sumBelow === 0) return unknown("zero_baseline");
  const estimate = sum(above) / sumBelow;

  const random = seededRandom(seed);
  const replicates = new Float64Array(resamples);
  for (let r = 0; r < resamples; r += 1) {
    let top = 0;
    let bottom = 0;
    for (let i = 0; i < n; i += 1) {
      const pick = Math.floor(random() * n);
      top += above[pick] as number;
      bottom += below[pick] as number;
    }
    replicates[r] = bottom === 0 ? estimate : top / bottom;
  }
  replicates.sort();
  const influence = above.map((value, i) => value - estimate * (below[i] as number));
  const limits = bcaLimits(replicates, estimate, influence, level);
  return known({ estimate, n, interval: { ...limits, level, method: "bootstrap (BCa)" } });
}

/**
 * The BCa end points: bias z₀ from the share of replicates under the estimate, acceleration from
 * the influence of each person, a = Σd³/(6(Σd²)^1.5).
 */
function bcaLimits(
  sorted: Float64Array,
  estimate: number,
  influence: Float64Array,
  level: number,
): { low: number; high: number } {
  const size = sorted.length;
  const under =
    sorted.reduce((count, v) => count + (v < estimate ? 1 : v === estimate ? 0.5 : 0), 0) / size;
  const bias = normalQuantile(Math.min(1 - 0.5 / size, Math.max(0.5 / size, under)));
  const squares = influence.reduce((total, d) => total + d * d, 0);
  const acceleration =
    squares === 0 ? 0 : influence.reduce((total, d) => total + d * d * d, 0) / (6 * squares ** 1.5);
  const limit = (p: number): number => {
    const shifted = bias + normalQuantile(p);
    const place = normalCdf(bias + shifted / (1 - acceleration * shifted)) * (size - 1);
    const floor = Math.min(size - 1, Math.max(0, Math.floor(place)));
    const low = sorted[floor] as number;
    const high = sorted[Math.min(size - 1, floor + 1)] as number;
    return low + (place - floor) * (high - low);
  };
  // With a handful of people all replicates may lie on one side; the interval never excludes its
  // estimate.
  return {
    low: Math.min(estimate, limit((1 - level) / 2)),
    high: Math.max(estimate, limit((1 + level) / 2)),
  };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
