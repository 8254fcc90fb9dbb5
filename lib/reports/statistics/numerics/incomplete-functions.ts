import { logBeta, logGamma } from "./gamma-functions";

const TINY = 1e-300;
const MAX_TERMS = 200_000;

/**
 * Regularised incomplete gamma functions, a > 0 and x ≥ 0: P(a, x) = γ(a, x)/Γ(a) and Q = 1 − P,
 * each computed directly where it is small, so that tails keep their digits. Power series below a +
 * 1 (Abramowitz & Stegun 6.5.29), continued fraction above (6.5.31, evaluated by Lentz's method).
 */
export function regularizedGammaP(a: number, x: number): number {
  return incompleteGamma(a, x).lower;
}

export function regularizedGammaQ(a: number, x: number): number {
  return incompleteGamma(a, x).upper;
}

function incompleteGamma(a: number, x: number): { lower: number; upper: number } {
  if (!(a > 0 && x >= 0))
    throw new RangeError(`incomplete gamma needs a > 0 and x ≥ 0: ${a}, ${x}`);
  if (x === 0) return { lower: 0, upper: 1 };
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 };
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < MAX_TERMS && term > sum * Number.EPSILON * 0.1; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    const lower = Math.min(1, front * sum);
    return { lower, upper: 1 - lower };
  }
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let fraction = d;
  for (let n = 1; n < MAX_TERMS; n += 1) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / nonZero(numerator * d + b);
    c = nonZero(b + numerator / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < Number.EPSILON) break;
  }
  const upper = Math.min(1, front * fraction);
  return { lower: 1 - upper, upper };
}

/**
 * Regularised incomplete beta function I_x(a, b), a, b > 0 and 0 ≤ x ≤ 1: the chance that a Beta(a,
 * b) variable is at most x. Continued fraction (Abramowitz & Stegun 26.5.8) by Lentz's method on
 * the side that converges. `complement` may carry 1 − x where the caller knows it more exactly.
 */
export function regularizedBeta(x: number, a: number, b: number, complement = 1 - x): number {
  if (!(x >= 0 && x <= 1 && a > 0 && b > 0)) {
    throw new RangeError(`incomplete beta needs 0 ≤ x ≤ 1 and a, b > 0: ${x}, ${a}, ${b}`);
  }
  if (x === 0) return 0;
  if (complement === 0) return 1;
  const front = Math.exp(a * Math.log(x) + b * Math.log(complement) - logBeta(a, b));
  if (x < (a + 1) / (a + b + 2)) return Math.min(1, (front * betaFraction(x, a, b)) / a);
  return Math.max(0, 1 - (front * betaFraction(complement, b, a)) / b);
}

function betaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m < MAX_TERMS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < Number.EPSILON) break;
  }
  return fraction;
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
