import type { Touch } from "../journey";

/**
 * 40 % to the first touch, 40 % to the last, 20 % over those between; two touches share alike, one
 * takes all.
 */
export function positionBased(touches: readonly Touch[]): number[] {
  const n = touches.length;
  if (n <= 2) return touches.map(() => 1 / n);
  return touches.map((_, i) => (i === 0 || i === n - 1 ? 0.4 : 0.2 / (n - 2)));
}
