/** Bounds of a number, either of which may be missing. */
export type Bounds = { atLeast?: number | undefined; atMost?: number | undefined };

export function within(value: number, { atLeast = -Infinity, atMost = Infinity }: Bounds): boolean {
  return value >= atLeast && value <= atMost;
}

/** "at least 3", "at most 5", "3 to 5", "exactly 3". */
export function boundsWords({ atLeast, atMost }: Bounds): string {
  if (atMost === undefined) return `at least ${atLeast}`;
  if (atLeast === undefined) return `at most ${atMost}`;
  return atLeast === atMost ? `exactly ${atLeast}` : `${atLeast} to ${atMost}`;
}
