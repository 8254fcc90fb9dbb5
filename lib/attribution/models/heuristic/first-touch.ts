import type { Touch } from "../journey";

/** All credit to the first touch. */
export function firstTouch(touches: readonly Touch[]): number[] {
  return touches.map((_, i) => (i === 0 ? 1 : 0));
}
