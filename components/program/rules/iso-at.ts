import { MINUTE_MS, startOfDateInZone } from "@/lib/core/time";

/**
 * "2027-03-20T19:00+02:00": a local time with the offset that the zone has on that day; empty for
 * no time.
 * @param local as a browser's field gives it, "2027-03-20T19:00"
 */
export function isoAt(local: string, timeZone: string): string {
  const day = local.slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(local)) return "";
  const minutes = Math.round(
    (Date.parse(`${day}T00:00:00Z`) - startOfDateInZone(day, timeZone).getTime()) / MINUTE_MS,
  );
  const two = (value: number) => String(value).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${local.slice(0, 16)}:00${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
