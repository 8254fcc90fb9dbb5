/**
 * The outcome of a calculation that may have no answer: a value, or null with the reason. A number
 * that cannot be known is never 0 and never NaN.
 */
export type Answer<T, Reason extends string = string> =
  { value: T; reason: null } | { value: null; reason: Reason };

export function known<T>(value: T): { value: T; reason: null } {
  return { value, reason: null };
}

export function unknown<Reason extends string>(reason: Reason): { value: null; reason: Reason } {
  return { value: null, reason };
}

/**
 * A confidence interval with its level (0.95) and the name of the method, to be printed beside the
 * number.
 */
export type Interval = { low: number; high: number; level: number; method: string };

/** Throws RangeError unless the number is finite and ≥ 0. */
export function requireNonNegative(name: string, value: number): void {
  if (!(Number.isFinite(value) && value >= 0))
    throw new RangeError(`${name} must be finite and ≥ 0: ${value}`);
}

/** Throws RangeError unless 0 < level < 1. */
export function requireLevel(level: number): void {
  if (!(level > 0 && level < 1)) throw new RangeError(`level must lie between 0 and 1: ${level}`);
}
