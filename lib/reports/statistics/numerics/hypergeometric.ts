import { gammaSign, logGamma } from "./gamma-functions";

/**
 * Up to here, or where the terms fade fast by themselves, the plain series is exact and quick
 * enough.
 */
const SERIES_UP_TO = 0.999;
const FADING_EXCESS = 8;
const WALK_FROM = 0.99;
const MAX_TERMS = 100_000;

/**
 * Gauss's hypergeometric function ₂F₁(a, b; c; z) for real arguments and z ≤ 1.
 *
 * The defining series up to 0.999 (its terms hardly change sign, so nothing cancels). Beyond, the
 * differential equation z(1−z)w″ + [c − (a+b+1)z]w′ − ab·w = 0 is followed by Taylor steps that
 * halve the distance to 1, so nothing special happens where c − a − b is an integer and the usual 1
 * − z formula breaks down. Euler's and Pfaff's transformations (Abramowitz & Stegun 15.3.3-5) bring
 * large or negative arguments into that range; z = 1 is Gauss's sum (15.1.20).
 *
 * Throws RangeError for z > 1, for c = 0, −1, −2, … and where the value is infinite.
 */
export function hypergeometric2F1(a: number, b: number, c: number, z: number): number {
  if (![a, b, c, z].every(Number.isFinite) || z > 1) {
    throw new RangeError(`2F1 needs finite arguments and z ≤ 1: ${a}, ${b}, ${c}, ${z}`);
  }
  if (isPole(c)) throw new RangeError(`2F1 has a pole at c = ${c}`);
  if (z === 0 || a === 0 || b === 0) return 1;
  if (isPole(a) || isPole(b)) return series(a, b, c, z).value;
  if (z < 0) {
    return a < b
      ? (1 - z) ** -a * hypergeometric2F1(a, c - b, c, z / (z - 1))
      : (1 - z) ** -b * hypergeometric2F1(c - a, b, c, z / (z - 1));
  }
  const excess = c - a - b;
  if (z === 1) return gaussSum(a, b, c, excess);
  return excess < 0 ? (1 - z) ** excess * afterEuler(c - a, c - b, c, z) : walk(a, b, c, z);
}

/** After Euler's transformation the series may have become a polynomial. */
function afterEuler(a: number, b: number, c: number, z: number): number {
  if (a === 0 || b === 0) return 1;
  return isPole(a) || isPole(b) ? series(a, b, c, z).value : walk(a, b, c, z);
}

function gaussSum(a: number, b: number, c: number, excess: number): number {
  if (excess <= 0) throw new RangeError("2F1 is infinite at z = 1 unless c > a + b");
  if (isPole(c - a) || isPole(c - b)) return 0;
  const size = logGamma(c) + logGamma(excess) - logGamma(c - a) - logGamma(c - b);
  return gammaSign(c) * gammaSign(c - a) * gammaSign(c - b) * Math.exp(size);
}

/**
 * Value and derivative by the power series at 0; ends by itself when a or b is a negative integer.
 */
function series(a: number, b: number, c: number, z: number): { value: number; slope: number } {
  let term = 1;
  let value = 1;
  let slope = 0;
  for (let n = 0; n < MAX_TERMS; n += 1) {
    term *= ((a + n) * (b + n)) / ((c + n) * (n + 1));
    const power = term * z;
    slope += (n + 1) * term;
    value += power;
    term = power;
    if (term === 0) break;
    if (Math.abs(power) < Number.EPSILON * 0.01 * Math.abs(value) && n > -c) break;
  }
  return { value, slope };
}

function walk(a: number, b: number, c: number, z: number): number {
  if (z <= SERIES_UP_TO || c - a - b >= FADING_EXCESS) return series(a, b, c, z).value;
  let here = WALK_FROM;
  let { value, slope } = series(a, b, c, here);
  while (here < z) {
    const next = Math.min(z, here + (1 - here) / 2);
    ({ value, slope } = taylorStep(a, b, c, here, next - here, value, slope));
    here = next;
  }
  return value;
}

/**
 * One Taylor step of length h from z, by the three-term recurrence that the differential equation
 * gives.
 */
function taylorStep(
  a: number,
  b: number,
  c: number,
  z: number,
  h: number,
  value: number,
  slope: number,
): { value: number; slope: number } {
  const lead = z * (1 - z);
  const drift = c - (a + b + 1) * z;
  // Terms, not coefficients, are carried: a coefficient alone would overflow close to 1.
  let older = value;
  let newer = slope * h;
  let sum = older + newer;
  let derivative = slope;
  let small = 0;
  for (let n = 0; n < 2000 && small < 3; n += 1) {
    const pull = (n + a) * (n + b) * older * h - (n + 1) * ((1 - 2 * z) * n + drift) * newer;
    const term = (pull * h) / (lead * (n + 2) * (n + 1));
    derivative += ((n + 2) * term) / h;
    sum += term;
    older = newer;
    newer = term;
    small = Math.abs(term) * (n + 2) <= Number.EPSILON * 0.1 * Math.abs(sum) ? small + 1 : 0;
  }
  return { value: sum, slope: derivative };
}

function isPole(x: number): boolean {
  return x <= 0 && Number.isInteger(x);
}
