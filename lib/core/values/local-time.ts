import { instantsAround, MINUTE_MS, zoneOffsetMs } from "../time";

const LOCAL = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::\d{2}(?:\.\d{1,3})?)?$/;

/**
 * The one reader of a local time, "2027-03-20T19:00" as a browser's field gives it, in a zone.
 * A time that the zone's clock shows twice is the first of the two. One that it skips moves forward
 * by what was skipped: if the clock jumps from 02:00 to 03:00, 02:30 is 03:30.
 * @returns the instant; null for what is no local time
 */
export function readLocalTime(text: string, timeZone: string): Date | null {
  const minutes = LOCAL.exec(text)?.[1];
  const localMs = minutes === undefined ? Number.NaN : Date.parse(`${minutes}:00Z`);
  // Date.parse takes the 31st of a shorter month for a day of the next.
  if (Number.isNaN(localMs) || new Date(localMs).toISOString().slice(0, 16) !== minutes)
    return null;
  const instants = instantsAround(localMs, timeZone);
  const shown = instants.find(
    (instant) => instant.getTime() + zoneOffsetMs(instant, timeZone) === localMs,
  );
  return shown ?? instants[1];
}

/** What a zone's clock shows at an instant, "2027-03-20T19:00", as `readLocalTime` reads it. */
export function writeLocalTime(date: Date, timeZone: string): string {
  return new Date(date.getTime() + zoneOffsetMs(date, timeZone)).toISOString().slice(0, 16);
}

/**
 * A local time with the offset that the zone has at it, "2027-03-20T19:00:00+01:00": the same
 * instant as `readLocalTime` gives, readable wherever the zone is not known.
 * @returns null for what is no local time
 */
export function localTimeWithOffset(text: string, timeZone: string): string | null {
  const instant = readLocalTime(text, timeZone);
  if (!instant) return null;
  // Offsets are written in minutes. Those of before standard time had seconds; then the text stays
  // what the clock showed, so that a field can show it while a year is being typed.
  const minutes = Math.round(zoneOffsetMs(instant, timeZone) / MINUTE_MS);
  const two = (value: number) => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  const sign = minutes < 0 ? "-" : "+";
  const offset = `${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return `${writeLocalTime(instant, timeZone)}:00${offset}`;
}
