import {
  type Answer,
  type Interval,
  known,
  requireLevel,
  requireNonNegative,
  unknown,
} from "../answer";
import { studentTQuantile, studentTTwoSided } from "../numerics/distributions";
import type { Moments } from "../numerics/moments";

export type TwoMeansUnknown = "too_few_observations" | "no_variation" | "zero_baseline";

/**
 * `p` and `interval` use Student's t with `degreesOfFreedom`; `estimate` is the difference or the
 * lift.
 */
export type MeanComparison = {
  estimate: number;
  standardError: number;
  degreesOfFreedom: number;
  t: number;
  p: number;
  interval: Interval;
};

/** Mean with its t interval: mean ± t(n − 1) √(s²/n). */
export function meanInterval(
  sample: Moments,
  level = 0.95,
): Answer<Interval, "too_few_observations"> {
  requireLevel(level);
  if (sample.variance === null || sample.n < 2) return unknown("too_few_observations");
  const half =
    studentTQuantile((1 + level) / 2, sample.n - 1) * Math.sqrt(sample.variance / sample.n);
  return known({ low: sample.mean - half, high: sample.mean + half, level, method: "t" });
}

/** A yes-or-no measure as a mean: variance p(1 − p), as experiment tools take it. */
export function shareMoments(numerator: number, denominator: number): Moments {
  requireNonNegative("numerator", numerator);
  if (!(denominator > 0 && numerator <= denominator)) {
    throw new RangeError(`a share needs 0 ≤ numerator ≤ denominator: ${numerator}, ${denominator}`);
  }
  const mean = numerator / denominator;
  return { n: denominator, mean, variance: denominator > 1 ? mean * (1 - mean) : null };
}

/** Difference of means, second minus first, with unequal variances (Welch 1947). */
export function welchTest(
  first: Moments,
  second: Moments,
  level = 0.95,
): Answer<MeanComparison, TwoMeansUnknown> {
  if (!usable(first) || !usable(second)) return unknown("too_few_observations");
  return compare(
    second.mean - first.mean,
    second.variance / second.n + first.variance / first.n,
    welchSatterthwaite(first, second),
    level,
    "Welch",
  );
}

/**
 * Relative lift (m₂ − m₁)/m₁ of independent samples by the delta method: variance s₂²/(n₂m₁²) +
 * s₁²m₂²/(n₁m₁⁴), Student's t with Welch-Satterthwaite degrees of freedom. Unknown at a baseline of
 * zero.
 */
export function relativeLift(
  first: Moments,
  second: Moments,
  level = 0.95,
): Answer<MeanComparison, TwoMeansUnknown> {
  if (!usable(first) || !usable(second)) return unknown("too_few_observations");
  if (first.mean === 0) return unknown("zero_baseline");
  const base = first.mean * first.mean;
  const variance =
    second.variance / (second.n * base) +
    (first.variance * second.mean * second.mean) / (first.n * base * base);
  const lift = (second.mean - first.mean) / Math.abs(first.mean);
  return compare(lift, variance, welchSatterthwaite(first, second), level, "delta method, Welch");
}

export type PairedSums = {
  n: number;
  sumX: number;
  sumY: number;
  sumXX: number;
  sumYY: number;
  sumXY: number;
};

/**
 * Ratio Σy/Σx of two measures of the same people (revenue per order, pages per session), with the
 * delta-method variance (s_y² − 2R s_xy + R² s_x²)/(n x̄²) (Deng, Knoblich & Lu 2018). Needs the
 * five sums over people.
 */
export function ratioInterval(
  sums: PairedSums,
  level = 0.95,
): Answer<{ ratio: number; standardError: number; interval: Interval }, TwoMeansUnknown> {
  requireLevel(level);
  const { n } = sums;
  if (n < 2) return unknown("too_few_observations");
  if (sums.sumX === 0) return unknown("zero_baseline");
  const ratio = sums.sumY / sums.sumX;
  const meanX = sums.sumX / n;
  const squares = sums.sumYY - 2 * ratio * sums.sumXY + ratio * ratio * sums.sumXX;
  const standardError = Math.sqrt(Math.max(0, squares) / (n - 1) / n) / Math.abs(meanX);
  const half = studentTQuantile((1 + level) / 2, n - 1) * standardError;
  return known({
    ratio,
    standardError,
    interval: { low: ratio - half, high: ratio + half, level, method: "delta method" },
  });
}

type Usable = Moments & { variance: number };

function usable(sample: Moments): sample is Usable {
  return sample.n >= 2 && sample.variance !== null;
}

function welchSatterthwaite(first: Usable, second: Usable): number {
  const a = first.variance / first.n;
  const b = second.variance / second.n;
  return (a + b) ** 2 / ((a * a) / (first.n - 1) + (b * b) / (second.n - 1));
}

function compare(
  estimate: number,
  variance: number,
  degreesOfFreedom: number,
  level: number,
  method: string,
): Answer<MeanComparison, TwoMeansUnknown> {
  requireLevel(level);
  if (!(variance > 0) || !(degreesOfFreedom > 0)) return unknown("no_variation");
  const standardError = Math.sqrt(variance);
  const t = estimate / standardError;
  const half = studentTQuantile((1 + level) / 2, degreesOfFreedom) * standardError;
  return known({
    estimate,
    standardError,
    degreesOfFreedom,
    t,
    p: studentTTwoSided(t, degreesOfFreedom),
    interval: { low: estimate - half, high: estimate + half, level, method },
  });
}
