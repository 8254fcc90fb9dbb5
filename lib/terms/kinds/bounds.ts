import { z } from "zod";
import type { Field } from "../form/fields";

/** Bounds of a number, either of which may be missing. */
export type Bounds = { atLeast?: number | undefined; atMost?: number | undefined };

const MOST = 3_660;
const whole = z.int().min(0).max(MOST).optional();

export const boundsShape = { atLeast: whole, atMost: whole };

export const boundsFields: readonly Field[] = [
  { name: "atLeast", label: "At least", control: "whole", least: 0, most: MOST, blank: "left out" },
  { name: "atMost", label: "At most", control: "whole", least: 0, most: MOST, blank: "left out" },
];

/** Refinements of a schema with bounds: at least one of the two, in order. */
export const BOUNDED = { error: "Say at least or at most.", path: ["atLeast"] };
export const ORDERED = { error: "The minimum is greater than the maximum.", path: ["atMost"] };

export function isBounded({ atLeast, atMost }: Bounds): boolean {
  return atLeast !== undefined || atMost !== undefined;
}

export function isOrdered({ atLeast, atMost }: Bounds): boolean {
  return atLeast === undefined || atMost === undefined || atLeast <= atMost;
}

export function within(value: number, { atLeast = -Infinity, atMost = Infinity }: Bounds): boolean {
  return value >= atLeast && value <= atMost;
}

/** "at least 3", "at most 5", "3 to 5", "exactly 3". */
export function boundsWords({ atLeast, atMost }: Bounds): string {
  if (atMost === undefined) return `at least ${atLeast}`;
  if (atLeast === undefined) return `at most ${atMost}`;
  return atLeast === atMost ? `exactly ${atLeast}` : `${atLeast} to ${atMost}`;
}
