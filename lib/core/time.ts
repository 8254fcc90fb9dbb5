/**
 * The only reader of the clock. Everything else takes `now` as an argument, or asks its scope's
 * clock.
 */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** The time of this machine. */
export function systemNow(): Date {
  return new Date();
}

/** `date` plus a number of 24-hour days (may be negative or fractional). */
export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY_MS);
}

/** Whole and part days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / DAY_MS;
}

/** True when the runtime knows the IANA zone. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/**
 * Milliseconds of an ISO 8601 duration of weeks, days, hours, minutes and seconds ("P31D",
 * "PT12H"). Years and months have no fixed length and are refused. Returns null for anything else.
 */
export function parseDuration(text: string): number | null {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (!match || text === "P" || text.endsWith("T")) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (weeks! * 7 + days!) * DAY_MS + hours! * HOUR_MS + minutes! * MINUTE_MS + seconds! * 1000;
}

/** The calendar date of an instant in a zone, as "2026-11-21". */
export function dateInZone(date: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(date);
}

/**
 * The instant at which the calendar date "2026-11-21" begins in a zone: its first midnight, or
 * where the clock skips midnight, what comes instead. A date that the zone left out begins with the
 * next one.
 */
export function startOfDateInZone(date: string, timeZone: string): Date {
  const wanted = Date.parse(`${date}T00:00:00Z`);
  // The zone may change its offset near midnight: try that of the day before and that of the day
  // after.
  const [first, last] = [wanted - DAY_MS, wanted + DAY_MS]
    .map((near) => wanted - zoneOffsetMs(new Date(near), timeZone))
    .sort((a, b) => a - b)
    .map((start) => new Date(start)) as [Date, Date];
  return dateInZone(first, timeZone) === date ? first : last;
}

function zoneOffsetMs(date: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(date);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const asUtc = Date.UTC(
    read("year"),
    read("month") - 1,
    read("day"),
    read("hour"),
    read("minute"),
    read("second"),
  );
  return asUtc - Math.floor(date.getTime() / 1000) * 1000;
}
