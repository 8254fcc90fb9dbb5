import type { Touch } from "../journey";

/** All credit to the last touch. */
export function lastTouch(touches: readonly Touch[]): number[] {
  return touches.map((_, i) => (i === touches.length - 1 ? 1 : 0));
}
