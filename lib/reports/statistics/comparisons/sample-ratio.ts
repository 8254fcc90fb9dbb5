import { type Answer, known, requireNonNegative, unknown } from "../answer";
import { chiSquareUpper } from "../numerics/distributions";

export type SampleRatioCheck = {
  chiSquare: number;
  degreesOfFreedom: number;
  p: number;
  expected: number[];
  /** p below 0.001: the split is broken and the experiment's numbers are not to be trusted. */
  mismatch: boolean;
};

const ALARM = 0.001;

/**
 * Sample-ratio check: chi-square goodness of fit of the people seen in each arm against the split
 * that was set (weights of any scale). An arm with weight 0 must have nobody: anyone there is a
 * mismatch with p 0. Unknown without people or with fewer than two arms in use. Throws RangeError
 * when the lists differ in length.
 */
export function sampleRatioCheck(
  observed: readonly number[],
  weights: readonly number[],
): Answer<SampleRatioCheck, "no_observations" | "fewer_than_two_arms"> {
  if (observed.length !== weights.length)
    throw new RangeError("each arm needs one count and one weight");
  for (const count of observed) requireNonNegative("observed", count);
  for (const weight of weights) requireNonNegative("weight", weight);
  const people = observed.reduce((sum, count) => sum + count, 0);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const arms = weights.filter((weight) => weight > 0).length;
  if (people === 0) return unknown("no_observations");
  if (arms < 2) return unknown("fewer_than_two_arms");
  const expected = weights.map((weight) => (people * weight) / whole);
  const chiSquare = observed.reduce((sum, count, i) => {
    const due = expected[i] as number;
    return due > 0 ? sum + (count - due) ** 2 / due : count > 0 ? Number.POSITIVE_INFINITY : sum;
  }, 0);
  const p = chiSquareUpper(chiSquare, arms - 1);
  return known({ chiSquare, degreesOfFreedom: arms - 1, p, expected, mismatch: p < ALARM });
}
