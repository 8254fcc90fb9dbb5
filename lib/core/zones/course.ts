/** How far a zone's clock was ahead of UTC, in milliseconds: one more entry than changes. */
export type ZoneCourse = {
  /** The instants at which the clock changed, ascending. */
  readonly changes: readonly number[];
  readonly ahead: readonly number[];
};

/** What is known of time zones: all of it on the server, nothing in a browser. */
export type ZoneData = {
  /** The course of a zone, by any name that it ever had; null for what is none. */
  courseOf(zone: string): ZoneCourse | null;
  /** Today's name of a zone: Asia/Kolkata of Asia/Calcutta; null for what is none. */
  nameOf(zone: string): string | null;
  /** All zones that a person may choose, by today's names. */
  names(): string[];
};

/** How far ahead of UTC the clock was at an instant. */
export function aheadAt({ changes, ahead }: ZoneCourse, at: number): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (changes[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return ahead[low]!;
}
