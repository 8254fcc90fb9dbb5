const HALF_LOG_TWO_PI = 0.9189385332046727;
/** Bernoulli terms B(2k)/(2k(2k−1)) of Stirling's series (Abramowitz & Stegun 6.1.41). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
const STIRLING_FROM = 15;

/** What Stirling's formula leaves out: lnΓ(x) − [(x − ½) ln x − x + ½ ln 2π], for x ≥ 10. */
function stirlingRemainder(x: number): number {
  const inverseSquare = 1 / (x * x);
  let sum = 0;
  for (let k = STIRLING.length - 1; k >= 0; k -= 1)
    sum = sum * inverseSquare + (STIRLING[k] as number);
  return sum / x;
}

/**
 * ln|Γ(x)| for any real x but 0, −1, −2, …, where it throws RangeError. Stirling's series from 15
 * on, the recurrence below, and reflection for negative x (Abramowitz & Stegun 6.1.17). Accurate to
 * about 1e-15 of max(1, |result|).
 */
export function logGamma(x: number): number {
  if (!Number.isFinite(x) || (x <= 0 && Number.isInteger(x)))
    throw new RangeError(`logGamma is not defined at ${x}`);
  if (x < 0) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  if (x === 1 || x === 2) return 0;
  let shifted = x;
  let product = 1;
  while (shifted < STIRLING_FROM) {
    product *= shifted;
    shifted += 1;
  }
  const stirling =
    (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingRemainder(shifted);
  return stirling - Math.log(product);
}

/** The sign of Γ(x): −1 in (−1, 0), +1 in (−2, −1), and so on; +1 for positive x. */
export function gammaSign(x: number): 1 | -1 {
  return x > 0 || Math.floor(x) % 2 === 0 ? 1 : -1;
}

/**
 * ln B(a, b) for a, b > 0. Large arguments are combined before they cancel (the arrangement of
 * DiDonato & Morris 1992), so that a million conversions lose no digits. Throws RangeError
 * otherwise.
 */
export function logBeta(a: number, b: number): number {
  if (!(a > 0 && b > 0)) throw new RangeError(`logBeta needs positive arguments: ${a}, ${b}`);
  const small = Math.min(a, b);
  const large = Math.max(a, b);
  if (large < 10) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const share = small / (small + large);
  if (small < 10) {
    const correction = stirlingRemainder(large) - stirlingRemainder(small + large);
    return (
      logGamma(small) +
      correction +
      small -
      small * Math.log(small + large) +
      (large - 0.5) * Math.log1p(-share)
    );
  }
  const correction =
    stirlingRemainder(small) + stirlingRemainder(large) - stirlingRemainder(small + large);
  return (
    HALF_LOG_TWO_PI +
    correction -
    0.5 * Math.log(large) +
    (small - 0.5) * Math.log(share) +
    large * Math.log1p(-share)
  );
}
