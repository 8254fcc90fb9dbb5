import type { Touch } from "../journey";

/** The same credit to each touch; a channel with two touches gets two shares. */
export function linear(touches: readonly Touch[]): number[] {
  return touches.map(() => 1 / touches.length);
}
