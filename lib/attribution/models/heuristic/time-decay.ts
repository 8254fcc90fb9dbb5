import type { Touch, TouchModel } from "../journey";

const HALF_LIFE_DAYS = 7;

/**
 * Credit in proportion to 2^(−days before the conversion / half-life); 7 days by default
 * (the half-life of Google Ads' model of that name). Throws RangeError where a touch has no
 * `daysBefore` or a negative one.
 */
export function timeDecay(halfLifeDays = HALF_LIFE_DAYS): TouchModel {
  if (!(halfLifeDays > 0)) throw new RangeError(`a half-life must be above 0: ${halfLifeDays}`);
  return (touches: readonly Touch[]) => {
    const days = touches.map(({ daysBefore }) => {
      if (daysBefore === undefined || !Number.isFinite(daysBefore) || daysBefore < 0) {
        throw new RangeError(`time decay needs the days before the conversion: ${daysBefore}`);
      }
      return daysBefore;
    });
    // Counted from the latest touch, so that a path of years ago does not fade to 0 / 0.
    const latest = days.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
    const weights = days.map((day) => 2 ** ((latest - day) / halfLifeDays));
    const whole = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / whole);
  };
}
