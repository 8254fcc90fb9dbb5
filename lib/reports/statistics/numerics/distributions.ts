import { regularizedBeta, regularizedGammaP, regularizedGammaQ } from "./incomplete-functions";

/** P(Z ≤ z) of the standard normal. Tails keep their digits: normalCdf(−30) is 4.9e-198, not 0. */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) throw new RangeError("normalCdf of NaN");
  const tail = 0.5 * regularizedGammaQ(0.5, (z * z) / 2);
  return z < 0 ? tail : 1 - tail;
}

/** Two-sided p-value of a standard normal statistic: P(|Z| ≥ |z|). */
export function normalTwoSided(z: number): number {
  return regularizedGammaQ(0.5, (z * z) / 2);
}

/**
 * The z with P(Z ≤ z) = p, 0 < p < 1. Rational start (Abramowitz & Stegun 26.2.23, error 4.5e-4),
 * then Halley steps on the tail to full precision. Throws RangeError outside (0, 1).
 */
export function normalQuantile(p: number): number {
  requireProbability(p);
  if (p === 0.5) return 0;
  const tail = p < 0.5 ? p : 1 - p;
  const t = Math.sqrt(-2 * Math.log(tail));
  let z =
    t -
    (2.515517 + t * (0.802853 + t * 0.010328)) /
      (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
  for (let i = 0; i < 4; i += 1) {
    const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
    if (density === 0) break;
    const step =
      (0.5 * regularizedGammaQ(0.5, (z * z) / 2) * Math.sign(z) + (z < 0 ? 1 : 0) - tail) / density;
    z += step / (1 - (z * step) / 2);
  }
  return p < 0.5 ? -z : z;
}

/** P(T ≤ t) of Student's t with df > 0 degrees of freedom (not necessarily whole). */
export function studentTCdf(t: number, df: number): number {
  const tail = studentTTwoSided(t, df) / 2;
  return t < 0 ? tail : 1 - tail;
}

/** Two-sided p-value P(|T| ≥ |t|) = I_{df/(df+t²)}(df/2, ½) (Abramowitz & Stegun 26.7.1). */
export function studentTTwoSided(t: number, df: number): number {
  if (!(df > 0) || Number.isNaN(t)) throw new RangeError(`Student's t needs df > 0: ${t}, ${df}`);
  if (df === Number.POSITIVE_INFINITY) return normalTwoSided(t);
  if (!Number.isFinite(t * t)) return 0;
  return regularizedBeta(df / (df + t * t), df / 2, 0.5, (t * t) / (df + t * t));
}

/** The t with P(T ≤ t) = p, 0 < p < 1. */
export function studentTQuantile(p: number, df: number): number {
  requireProbability(p);
  if (df === Number.POSITIVE_INFINITY) return normalQuantile(p);
  if (p === 0.5) return 0;
  const tail = p < 0.5 ? p : 1 - p;
  const t = invertIncreasing((x) => -studentTTwoSided(x, df) / 2, -tail);
  return p < 0.5 ? -t : t;
}

/** P(X ≤ x) of chi-square with df > 0; 0 for negative x. */
export function chiSquareCdf(x: number, df: number): number {
  return x <= 0 ? 0 : regularizedGammaP(df / 2, x / 2);
}

/** P(X > x) of chi-square: the p-value of a chi-square statistic. */
export function chiSquareUpper(x: number, df: number): number {
  return x <= 0 ? 1 : regularizedGammaQ(df / 2, x / 2);
}

/** The x with P(X ≤ x) = p, 0 < p < 1. */
export function chiSquareQuantile(p: number, df: number): number {
  requireProbability(p);
  return p < 0.5
    ? invertIncreasing((x) => chiSquareCdf(x, df), p)
    : invertIncreasing((x) => -chiSquareUpper(x, df), -(1 - p));
}

/** P(X ≤ x) of Beta(a, b). */
export function betaCdf(x: number, a: number, b: number): number {
  return regularizedBeta(Math.min(1, Math.max(0, x)), a, b);
}

/** The x in (0, 1) with P(X ≤ x) = p of Beta(a, b). */
export function betaQuantile(p: number, a: number, b: number): number {
  requireProbability(p);
  return bisect((x) => regularizedBeta(x, a, b), p, 0, 1);
}

/**
 * Solves f(x) = target for an increasing f over x ≥ 0 by doubling, then bisection to the last bit.
 */
function invertIncreasing(f: (x: number) => number, target: number): number {
  let low = 0;
  let high = 1;
  while (f(high) < target && high < 1e300) {
    low = high;
    high *= 2;
  }
  return bisect(f, target, low, high);
}

function bisect(f: (x: number) => number, target: number, from: number, to: number): number {
  let low = from;
  let high = to;
  for (let i = 0; i < 1100; i += 1) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (f(middle) < target) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}

function requireProbability(p: number): void {
  if (!(p > 0 && p < 1)) throw new RangeError(`a quantile needs 0 < p < 1: ${p}`);
}
