import type { Touch } from "../journey";

/** All credit to the last touch that had a source; to the last one where none had. */
export function lastNonDirect(touches: readonly Touch[]): number[] {
  const found = touches.findLastIndex(
    ({ channel, direct }) => !(direct ?? channel.toLowerCase() === "direct"),
  );
  const winner = found === -1 ? touches.length - 1 : found;
  return touches.map((_, i) => (i === winner ? 1 : 0));
}
