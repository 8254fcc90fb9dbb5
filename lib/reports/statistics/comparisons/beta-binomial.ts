import { type Answer, known, unknown } from "../answer";
import { logBeta } from "../numerics/gamma-functions";
import type { Arm } from "./two-proportions";

export type BayesianComparison = {
  /** P(second beats first). */
  secondBeatsFirst: number;
  /**
   * Expected loss in conversion rate (a fraction) of choosing the second although the first is
   * better.
   */
  lossChoosingSecond: number;
  lossChoosingFirst: number;
};

/**
 * Beta-binomial comparison of two conversion rates in closed form (Evan Miller, "Formulas for
 * Bayesian A/B testing"; expected loss after Stucchio): posteriors Beta(prior₁ + conversions,
 * prior₂ + the others), uniform prior by default. Counts and priors must be whole numbers (throws
 * RangeError otherwise). Unknown where an arm has no people.
 */
export function compareBetaBinomial(
  first: Arm,
  second: Arm,
  prior: readonly [number, number] = [1, 1],
): Answer<BayesianComparison, "no_observations"> {
  const a = posterior(first, prior);
  const b = posterior(second, prior);
  if (first[1] === 0 || second[1] === 0) return unknown("no_observations");
  const loss = (chosen: Beta, other: Beta): number => {
    // E[max(other − chosen, 0)]: weighting by x turns Beta(α, β) into its mean times Beta(α + 1,
    // β).
    const gained = mean(other) * chanceGreater({ ...other, alpha: other.alpha + 1 }, chosen);
    const given = mean(chosen) * chanceGreater(other, { ...chosen, alpha: chosen.alpha + 1 });
    return Math.max(0, gained - given);
  };
  return known({
    secondBeatsFirst: chanceGreater(b, a),
    lossChoosingSecond: loss(b, a),
    lossChoosingFirst: loss(a, b),
  });
}

type Beta = { alpha: number; beta: number };

function posterior([conversions, people]: Arm, [one, other]: readonly [number, number]): Beta {
  const whole = [conversions, people, one, other].every(Number.isInteger);
  if (!whole || conversions < 0 || conversions > people || one < 1 || other < 1) {
    throw new RangeError(
      `needs whole 0 ≤ conversions ≤ people and priors ≥ 1: ${conversions} of ${people}`,
    );
  }
  return { alpha: one + conversions, beta: other + people - conversions };
}

function mean({ alpha, beta }: Beta): number {
  return alpha / (alpha + beta);
}

/**
 * P(X > Y) of independent betas with whole parameters. The sum may run over any one of the four
 * parameters (by swapping X and Y, or x and 1 − x), so it runs over the smallest.
 */
function chanceGreater(x: Beta, y: Beta): number {
  const smallest = Math.min(x.alpha, x.beta, y.alpha, y.beta);
  if (smallest === x.alpha) return sumOverAlpha(x, y);
  if (smallest === y.alpha) return 1 - sumOverAlpha(y, x);
  if (smallest === y.beta) return sumOverAlpha(mirror(y), mirror(x));
  return 1 - sumOverAlpha(mirror(x), mirror(y));
}

function mirror({ alpha, beta }: Beta): Beta {
  return { alpha: beta, beta: alpha };
}

/** Σ_{i<α_x} B(α_y + i, β_x + β_y) / ((β_x + i) B(1 + i, β_x) B(α_y, β_y)). */
function sumOverAlpha(x: Beta, y: Beta): number {
  const base = logBeta(y.alpha, y.beta);
  let sum = 0;
  for (let i = 0; i < x.alpha; i += 1) {
    sum += Math.exp(
      logBeta(y.alpha + i, x.beta + y.beta) - Math.log(x.beta + i) - logBeta(1 + i, x.beta) - base,
    );
  }
  return Math.min(1, sum);
}
