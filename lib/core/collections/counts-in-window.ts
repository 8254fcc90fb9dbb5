/**
 * Counts by key within windows of time, in bounded memory: each window begins from nothing.
 * @param most so many keys are kept; one more, and counting starts anew
 * @param now reads the clock, in milliseconds
 * @returns counts once more and says how often the key was counted in this window
 */
export function countsInWindow(
  windowMs: number,
  most: number,
  now: () => number,
): (key: string) => number {
  let window = -1;
  const counts = new Map<string, number>();
  return (key) => {
    const current = Math.floor(now() / windowMs);
    if (current !== window || (counts.size >= most && !counts.has(key))) counts.clear();
    window = current;
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
}
