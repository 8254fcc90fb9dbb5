import type { Money } from "@/lib/core/money";
import type { Figure, Reading } from "./metric";
import { criticalZ } from "./statistics/comparisons/proportion";

/** The level of every interval of a metric. */
export const LEVEL = 0.95;

/**
 * value ± 1.96 standard errors. What cannot be below a floor has no interval below it either, which
 * the symmetric one does not know; a value that is below it, as when more came back in a range than
 * was spent, stands with its own.
 * @param floor of a number; amounts are of costs and revenue, which end at 0
 */
export function around(
  value: Figure,
  standardError: number,
  method: string,
  floor = 0,
): Reading["interval"] {
  const half = criticalZ(LEVEL) * standardError;
  if (typeof value === "number") {
    const low = value < floor ? value - half : Math.max(floor, value - half);
    return { low, high: value + half, level: LEVEL, method };
  }
  const shifted = (by: number): Money => ({
    minor: value.minor + BigInt(Math.round(by)),
    asset: value.asset,
  });
  const low = shifted(-half);
  const isBelow = value.minor >= 0n && low.minor < 0n;
  const high = shifted(half);
  return { low: isBelow ? { ...low, minor: 0n } : low, high, level: LEVEL, method };
}
