import {
  type Answer,
  type Interval,
  known,
  requireLevel,
  requireNonNegative,
  unknown,
} from "../answer";
import { normalQuantile } from "../numerics/distributions";

export type Share = { share: number; numerator: number; denominator: number; interval: Interval };
export type ShareUnknown = "no_observations" | "numerator_above_denominator";

/** The two-sided normal multiplier of a confidence level: 1.96 for 0.95. */
export function criticalZ(level: number): number {
  requireLevel(level);
  return normalQuantile((1 + level) / 2);
}

/**
 * A share with its Wilson interval (plain fractions, 0.2 = 20 %). Unknown without a denominator,
 * and where the numerator is not part of the denominator. Throws RangeError for negative or
 * unfinite counts.
 */
export function proportion(
  numerator: number,
  denominator: number,
  level = 0.95,
): Answer<Share, ShareUnknown> {
  const interval = wilsonInterval(numerator, denominator, level);
  if (interval.value === null) return interval;
  return known({
    share: numerator / denominator,
    numerator,
    denominator,
    interval: interval.value,
  });
}

/**
 * Wilson's score interval for a share (Wilson 1927): (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 +
 * z²/n). Holds at 0 of n and n of n.
 */
export function wilsonInterval(
  numerator: number,
  denominator: number,
  level = 0.95,
): Answer<Interval, ShareUnknown> {
  requireNonNegative("numerator", numerator);
  requireNonNegative("denominator", denominator);
  const z = criticalZ(level);
  if (denominator === 0) return unknown("no_observations");
  if (numerator > denominator) return unknown("numerator_above_denominator");
  const n = denominator;
  const p = numerator / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const shrink = 1 + (z * z) / n;
  return known({
    low: numerator === 0 ? 0 : Math.max(0, (centre - half) / shrink),
    high: numerator === n ? 1 : Math.min(1, (centre + half) / shrink),
    level,
    method: "Wilson",
  });
}

export type Difference = { difference: number; interval: Interval };

/**
 * Difference of two independent shares, second minus first, with Newcombe's interval built from the
 * two Wilson intervals (Newcombe 1998, method 10). The one shown beside changes and experiments.
 */
export function newcombeDifference(
  first: readonly [numerator: number, denominator: number],
  second: readonly [numerator: number, denominator: number],
  level = 0.95,
): Answer<Difference, ShareUnknown> {
  const a = proportion(first[0], first[1], level);
  const b = proportion(second[0], second[1], level);
  if (a.value === null) return a;
  if (b.value === null) return b;
  const difference = b.value.share - a.value.share;
  const below = Math.hypot(
    b.value.share - b.value.interval.low,
    a.value.interval.high - a.value.share,
  );
  const above = Math.hypot(
    b.value.interval.high - b.value.share,
    a.value.share - a.value.interval.low,
  );
  return known({
    difference,
    interval: { low: difference - below, high: difference + above, level, method: "Newcombe" },
  });
}

/**
 * The same difference with the simple Wald interval ± z √(p₁q₁/n₁ + p₂q₂/n₂). Too narrow for small
 * counts: at 0 of n it has no width. For comparison with other tools only.
 */
export function waldDifference(
  first: readonly [numerator: number, denominator: number],
  second: readonly [numerator: number, denominator: number],
  level = 0.95,
): Answer<Difference, ShareUnknown> {
  const a = proportion(first[0], first[1], level);
  const b = proportion(second[0], second[1], level);
  if (a.value === null) return a;
  if (b.value === null) return b;
  const variance = [a.value, b.value].reduce(
    (sum, s) => sum + (s.share * (1 - s.share)) / s.denominator,
    0,
  );
  const half = criticalZ(level) * Math.sqrt(variance);
  const difference = b.value.share - a.value.share;
  return known({
    difference,
    interval: { low: difference - half, high: difference + half, level, method: "Wald" },
  });
}
