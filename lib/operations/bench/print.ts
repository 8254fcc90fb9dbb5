/** "1,000,000" */
export function count(number: number): string {
  return number.toLocaleString("en");
}

/** Whole seconds since a reading of `performance.now()`. */
export function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(0);
}
