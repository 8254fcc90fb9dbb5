import { type Answer, known, unknown } from "../answer";
import { normalCdf, normalQuantile } from "../numerics/distributions";
import { criticalZ } from "./proportion";

/**
 * Power of the two-sided pooled z test for two shares with `people` in each arm, as R's
 * power.prop.test (not strict): Φ((√n |p₁−p₂| − z √(2p̄q̄)) / √(p₁q₁ + p₂q₂)). `significance` 0.05
 * = 5 %.
 */
export function powerOfProportions(
  p1: number,
  p2: number,
  people: number,
  significance = 0.05,
): number {
  requireShares(p1, p2);
  if (!(people > 0)) throw new RangeError(`people must be above 0: ${people}`);
  const { pooled, separate } = spreads(p1, p2);
  const reach = Math.sqrt(people) * Math.abs(p1 - p2) - criticalZ(1 - significance) * pooled;
  if (separate === 0) return reach > 0 ? 1 : 0;
  return normalCdf(reach / separate);
}

/**
 * People needed in each arm to find p₂ against p₁ with the given power; a fraction, to be rounded
 * up. Unknown for equal shares: no number of people finds a difference that is not there.
 */
export function sampleSizeOfProportions(
  p1: number,
  p2: number,
  power = 0.8,
  significance = 0.05,
): Answer<number, "no_difference"> {
  requireShares(p1, p2);
  requirePower(power);
  if (p1 === p2) return unknown("no_difference");
  const { pooled, separate } = spreads(p1, p2);
  const needed = criticalZ(1 - significance) * pooled + normalQuantile(power) * separate;
  return known((needed / (p1 - p2)) ** 2);
}

/**
 * People needed in each arm to find a difference of means, normal approximation: 2((z + z_power)
 * s/δ)².
 */
export function sampleSizeOfMeans(
  difference: number,
  standardDeviation: number,
  power = 0.8,
  significance = 0.05,
): Answer<number, "no_difference"> {
  requirePower(power);
  if (!(standardDeviation >= 0))
    throw new RangeError(`not a standard deviation: ${standardDeviation}`);
  if (difference === 0) return unknown("no_difference");
  const reach = criticalZ(1 - significance) + normalQuantile(power);
  return known(2 * ((reach * standardDeviation) / difference) ** 2);
}

/**
 * Smallest rise above `baseline` that `people` in each arm find with the given power (a fraction,
 * absolute); unknown where even a rise to 1 would go unseen.
 */
export function minimumDetectableRise(
  baseline: number,
  people: number,
  power = 0.8,
  significance = 0.05,
): Answer<number, "too_few_people"> {
  requirePower(power);
  if (powerOfProportions(baseline, 1, people, significance) < power)
    return unknown("too_few_people");
  let low = baseline;
  let high = 1;
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (powerOfProportions(baseline, middle, people, significance) < power) low = middle;
    else high = middle;
  }
  return known(high - baseline);
}

function spreads(p1: number, p2: number): { pooled: number; separate: number } {
  const sum = p1 + p2;
  return {
    pooled: Math.sqrt(sum * (1 - sum / 2)),
    separate: Math.sqrt(p1 * (1 - p1) + p2 * (1 - p2)),
  };
}

function requireShares(p1: number, p2: number): void {
  if (!(p1 >= 0 && p1 <= 1 && p2 >= 0 && p2 <= 1))
    throw new RangeError(`shares lie between 0 and 1: ${p1}, ${p2}`);
}

function requirePower(power: number): void {
  if (!(power > 0 && power < 1)) throw new RangeError(`power lies between 0 and 1: ${power}`);
}
