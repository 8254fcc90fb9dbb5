/** "1,000,000" */
export function count(number: number): string {
  return number.toLocaleString("en");
}

/** Whole seconds since a reading of `performance.now()`. */
export function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0);
}

/** A rate, right-aligned. */
export function rate(perSecond: number): string {
  return Math.round(perSecond).toLocaleString("en").padStart(8);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
