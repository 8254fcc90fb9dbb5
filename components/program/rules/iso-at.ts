import { localTimeWithOffset } from "@/lib/core/values/local-time";

/**
 * "2027-03-20T19:00:00+01:00": a local time with the offset that the zone has at it; empty for no
 * time.
 * @param local as a browser's field gives it, "2027-03-20T19:00"
 */
export function isoAt(local: string, timeZone: string): string {
  return localTimeWithOffset(local, timeZone) ?? "";
}
