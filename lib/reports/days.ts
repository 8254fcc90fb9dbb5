import { dateInZone, DAY_MS, startOfDateInZone } from "@/lib/core/time";
import { isDay, shiftDay } from "@/lib/core/values/day";

/** Calendar days in the merchant's zone, "2026-11-21"; both ends belong to the range. */
export type Days = { from: string; to: string };

/** The same as instants, half-open. */
export type Span = { from: Date; to: Date };

export type BucketUnit = "day" | "week" | "month";
export type Comparison = "previous" | "year";

/**
 * The most days of any range, about 41 years: as months, with a comparison, they are fewer ranges
 * than a metric may be asked for.
 */
export const MOST_DAYS = 15_000;

/** True when both ends are days, in order, and not absurdly far apart. */
export function areDays({ from, to }: Days): boolean {
  return isDay(from) && isDay(to) && from <= to && lengthOf({ from, to }) <= MOST_DAYS;
}

/** How many days the range has. */
export function lengthOf({ from, to }: Days): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;
}

/**
 * The days as instants: from the first one's beginning to the beginning of the day after the last,
 * in the zone.
 */
export function spanOf({ from, to }: Days, timeZone: string): Span {
  return {
    from: startOfDateInZone(from, timeZone),
    to: startOfDateInZone(shiftDay(to, 1), timeZone),
  };
}

/** Today and the days before it, `count` in all. */
export function lastDays(now: Date, timeZone: string, count: number): Days {
  const to = dateInZone(now, timeZone);
  return { from: shiftDay(to, 1 - count), to };
}

/**
 * What a range is compared with: the same number of days before it, moved back by whole weeks so
 * that weekdays stand against weekdays (30 days against the 30 that began 35 days earlier), or the
 * same dates a year before.
 */
export function comparisonOf(days: Days, comparison: Comparison): Days {
  if (comparison === "year") return { from: yearBefore(days.from), to: yearBefore(days.to) };
  const shift = Math.ceil(lengthOf(days) / 7) * 7;
  return { from: shiftDay(days.from, -shift), to: shiftDay(days.to, -shift) };
}

/** Which range a bucket, or any part of a range, is compared with: as long as it is itself. */
export function comparedPart(part: Days, days: Days, comparison: Comparison): Days {
  const from = comparedDay(part.from, days, comparison);
  return { from, to: shiftDay(from, lengthOf(part) - 1) };
}

/** The day of the compared range that a day of a range stands against. */
function comparedDay(day: string, days: Days, comparison: Comparison): string {
  if (comparison === "year") return yearBefore(day);
  return shiftDay(day, lengthOf({ from: days.from, to: comparisonOf(days, comparison).from }) - 1);
}

/**
 * Where a compared range has to end so that it is as far as the running one: at the time of day
 * that it is now, on the day that today stands against. Null where today is not in the range.
 */
export function comparedUntil(
  days: Days,
  comparison: Comparison,
  now: Date,
  timeZone: string,
): Date | null {
  const today = dateInZone(now, timeZone);
  if (today < days.from || today > days.to) return null;
  const { from, to } = spanOf(
    { from: comparedDay(today, days, comparison), to: comparedDay(today, days, comparison) },
    timeZone,
  );
  const elapsed = now.getTime() - startOfDateInZone(today, timeZone).getTime();
  return new Date(Math.min(from.getTime() + elapsed, to.getTime()));
}

function yearBefore(day: string): string {
  const earlier = `${String(Number(day.slice(0, 4)) - 1).padStart(4, "0")}${day.slice(4)}`;
  // 29 February stands against the 28th.
  return isDay(earlier) ? earlier : `${earlier.slice(0, 8)}28`;
}

/** Days up to six weeks, weeks up to seven months, else months. */
export function bucketUnitFor(days: Days): BucketUnit {
  const length = lengthOf(days);
  return length <= 42 ? "day" : length <= 215 ? "week" : "month";
}

/** The most buckets that a chart can show. */
const MOST_DRAWN = 120;

/** The units that a page offers for a range: at least two buckets, and no more than can be seen. */
export function unitsFor(days: Days): BucketUnit[] {
  const units = (["day", "week", "month"] as const).filter((unit) => {
    const buckets = lengthOf(days) / { day: 1, week: 7, month: 30 }[unit];
    return buckets >= 2 && buckets <= MOST_DRAWN;
  });
  return units.length > 0 ? units : [bucketUnitFor(days)];
}

/**
 * The unit that a page begins with: days up to two weeks, weeks up to seven months, else months. A
 * day of most shops holds too few people for a rate to mean anything.
 */
export function drawnUnitFor(days: Days): BucketUnit {
  const length = lengthOf(days);
  return length <= 14 ? "day" : length <= 215 ? "week" : "month";
}

/** Whether a bucket is shorter than its unit: the first or last of a range may be. */
export function isCut(bucket: Days, unit: BucketUnit): boolean {
  const { from, to } = bucket;
  if (unit === "day") return false;
  if (unit === "week") return lengthOf(bucket) < 7;
  return !from.endsWith("-01") || lastDayOfBucket(to, "month") !== to;
}

/**
 * The range cut into days, ISO weeks or calendar months; the first and last are as short as the
 * range makes them.
 */
export function bucketsOf(days: Days, unit: BucketUnit): Days[] {
  const buckets: Days[] = [];
  for (let from = days.from; from <= days.to;) {
    const end = lastDayOfBucket(from, unit);
    const to = end < days.to ? end : days.to;
    buckets.push({ from, to });
    from = shiftDay(to, 1);
  }
  return buckets;
}

/** The last day of the bucket that a day lies in. */
export function lastDayOfBucket(day: string, unit: BucketUnit): string {
  if (unit === "day") return day;
  const date = new Date(`${day}T00:00:00Z`);
  if (unit === "week") return shiftDay(day, (7 - date.getUTCDay()) % 7);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0))
    .toISOString()
    .slice(0, 10);
}

/** The first day of the bucket that a day lies in. */
export function firstDayOfBucket(day: string, unit: BucketUnit): string {
  if (unit === "day") return day;
  if (unit === "month") return `${day.slice(0, 7)}-01`;
  return shiftDay(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}
