import { type Answer, known, unknown } from "../answer";
import { chiSquareUpper, normalTwoSided } from "../numerics/distributions";
import {
  type Difference,
  newcombeDifference,
  proportion,
  type Share,
  type ShareUnknown,
} from "./proportion";

export type Arm = readonly [conversions: number, people: number];

export type TwoProportionTest = {
  first: Share;
  second: Share;
  /** Second minus first, with Newcombe's interval. */
  difference: Difference;
  z: number;
  p: number;
  chiSquare: number;
  /** With Yates's continuity correction, for comparison with tools that apply it. */
  corrected: { chiSquare: number; p: number };
};

/**
 * Difference of two independent shares by the pooled z test: z = (p₂ − p₁)/√(p̄(1−p̄)(1/n₁ +
 * 1/n₂)), two-sided; chi-square = z². Unknown without people in either arm, or when nobody or
 * everybody converted in both (`no_variation`), where the test says nothing.
 */
export function twoProportionTest(
  first: Arm,
  second: Arm,
  level = 0.95,
): Answer<TwoProportionTest, ShareUnknown | "no_variation"> {
  const a = proportion(first[0], first[1], level);
  const b = proportion(second[0], second[1], level);
  const difference = newcombeDifference(first, second, level);
  if (a.value === null) return a;
  if (b.value === null) return b;
  if (difference.value === null) return difference;
  const pooled = (first[0] + second[0]) / (first[1] + second[1]);
  const standardError = Math.sqrt(pooled * (1 - pooled) * (1 / first[1] + 1 / second[1]));
  if (!(standardError > 0)) return unknown("no_variation");
  const gap = difference.value.difference;
  const z = gap / standardError;
  const correction = Math.min(Math.abs(gap), 0.5 * (1 / first[1] + 1 / second[1]));
  const corrected = ((Math.abs(gap) - correction) / standardError) ** 2;
  return known({
    first: a.value,
    second: b.value,
    difference: difference.value,
    z,
    p: normalTwoSided(z),
    chiSquare: z * z,
    corrected: { chiSquare: corrected, p: chiSquareUpper(corrected, 1) },
  });
}
