/** Count, mean and unbiased sample variance (n − 1); `variance` is null below two values. */
export type Moments = { n: number; mean: number; variance: number | null };

/** Null for no values. One pass, Welford's update, so large equal numbers do not cancel. */
export function moments(values: Iterable<number>): Moments | null {
  let n = 0;
  let mean = 0;
  let squares = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) throw new RangeError(`a mean of unfinite numbers: ${value}`);
    n += 1;
    const delta = value - mean;
    mean += delta / n;
    squares += delta * (value - mean);
  }
  return n === 0 ? null : { n, mean, variance: n > 1 ? squares / (n - 1) : null };
}

/**
 * The quantile at `p` (0 to 1) of unsorted values, with linear interpolation between order
 * statistics (Hyndman & Fan 1996, type 7, as in R and spreadsheets). Null for no values.
 */
export function sampleQuantile(values: readonly number[], p: number): number | null {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a quantile needs 0 ≤ p ≤ 1: ${p}`);
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (place - below) * (high - low);
}

export function median(values: readonly number[]): number | null {
  return sampleQuantile(values, 0.5);
}
