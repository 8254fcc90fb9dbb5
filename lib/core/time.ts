import { ZONES } from "#zones";
import { aheadAt, type ZoneCourse } from "./zones/course";

/**
 * The only place that reads the system clock. Everything else takes `now` as an argument or uses
 * the clock of its scope (`scopeNow`).
 */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** Where the clock stands while a past is lived through; null for the system time. */
let turnedTo: Date | null = null;

/** The system time, or the one that the clock was turned to. */
export function systemNow(): Date {
  return new Date(turnedTo ?? Date.now());
}

/**
 * Turns the clock of this process to a time, or back to the system time. Only for the demo's
 * invented past, which has to happen on its own days: in a process that serves anybody, time goes
 * on by itself.
 */
export function turnClock(to: Date | null): void {
  turnedTo = to;
}

/** `date` plus a number of 24-hour days (may be negative or fractional). */
export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY_MS);
}

/** Days from `from` to `to`, with fractions; negative if `to` is earlier. */
export function daysBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / DAY_MS;
}

/** True for a zone of the IANA database, by today's or an old name, that pages can show. */
export function isTimeZone(zone: string): boolean {
  return ZONES.courseOf(zone) !== null && isShown(zone);
}

/** Today's name of a zone: "Asia/Kolkata" for "Asia/Calcutta"; what is no zone is left as it is. */
export function zoneName(zone: string): string {
  return ZONES.nameOf(zone) ?? zone;
}

/** The zones that a person may choose, by today's names. */
export function zoneNames(): string[] {
  return ZONES.names().filter(isShown);
}

/** By zone: whether the runtime, whose data can be older, shows times in it. */
const shown = new Map<string, boolean>();
const MOST_SHOWN = 1_000;

function isShown(zone: string): boolean {
  const known = shown.get(zone);
  if (known !== undefined) return known;
  if (shown.size >= MOST_SHOWN) shown.clear();
  shown.set(zone, isKnownToRuntime(zone));
  return shown.get(zone)!;
}

function isKnownToRuntime(zone: string): boolean {
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
  const shown = new Date(date.getTime() + zoneOffsetMs(date, timeZone)).toISOString();
  return shown.slice(0, shown.indexOf("T"));
}

/**
 * The instant at which the calendar date "2026-11-21" begins in a zone: its first midnight, or
 * where the clock skips midnight, what comes instead. A date that the zone left out begins with the
 * next one.
 */
export function startOfDateInZone(date: string, timeZone: string): Date {
  const [first, last] = instantsAround(Date.parse(`${date}T00:00:00Z`), timeZone);
  return dateInZone(first, timeZone) === date ? first : last;
}

/**
 * The instants at which a zone's clock shows a time by the offset of the day before and by that of
 * the day after, earlier first. They differ only near a change of the offset.
 * @param localMs what the clock shows, in milliseconds as if it were UTC
 */
export function instantsAround(localMs: number, timeZone: string): [Date, Date] {
  const [first, last] = [localMs - DAY_MS, localMs + DAY_MS]
    .map((near) => localMs - zoneOffsetMs(new Date(near), timeZone))
    .sort((a, b) => a - b) as [number, number];
  return [new Date(first), new Date(last)];
}

/** How far a zone's clock is ahead of UTC at an instant, in milliseconds; negative west of it. */
export function zoneOffsetMs(date: Date, timeZone: string): number {
  const course = zoneCourse(timeZone);
  return course ? aheadAt(course, date.getTime()) : shownOffsetMs(date, timeZone);
}

/**
 * When a zone's clock changed and how far it was ahead in between; null in a browser.
 * @throws RangeError for what is no zone
 */
export function zoneCourse(timeZone: string): ZoneCourse | null {
  const course = ZONES.courseOf(timeZone);
  if (!course && ZONES.names().length > 0) throw new RangeError(`"${timeZone}" is no time zone`);
  return course;
}

/** In a browser: as its own clock shows it. */
function shownOffsetMs(date: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  }).formatToParts(date);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const shown = new Date(0);
  // Date.UTC would take the year 26 for 1926.
  shown.setUTCFullYear(read("year"), read("month") - 1, read("day"));
  shown.setUTCHours(read("hour"), read("minute"), read("second"));
  return shown.getTime() - Math.floor(date.getTime() / 1000) * 1000;
}
