import { addDays, dateInZone, startOfDateInZone } from "@/lib/core/time";
import type { Expiry } from "@/lib/terms/schema";

/** When something lapses, and when its owner is told that it is about to; null for never. */
export type ExpiryDates = { expiresAt: Date | null; remindAt: Date | null };

export const NEVER_EXPIRES: ExpiryDates = { expiresAt: null, remindAt: null };

/**
 * When a reward lapses that is released (`unissued`) or handed out (`issued`) at `from`. It is good
 * through the whole of its last day in the merchant's zone, since people are told a date. There is
 * no reminder where it would come with the reward itself.
 */
export function expiryDates(
  expiry: Expiry | null | undefined,
  phase: "unissued" | "issued",
  from: Date,
  timeZone: string,
): ExpiryDates {
  const days = phase === "issued" ? expiry?.issuedDays : expiry?.unissuedDays;
  if (!expiry || days == null) return NEVER_EXPIRES;
  const expiresAt = endOfDay(addDays(from, days), timeZone);
  const remindAt = expiry.remindDays === null ? null : addDays(expiresAt, -expiry.remindDays);
  return { expiresAt, remindAt: remindAt !== null && remindAt > from ? remindAt : null };
}

/** The last millisecond of a date in a zone. */
function endOfDay(date: Date, timeZone: string): Date {
  const start = startOfDateInZone(dateInZone(date, timeZone), timeZone);
  // A day has 23 to 25 hours: 36 hours after its start the next one is under way.
  const next = startOfDateInZone(dateInZone(addDays(start, 1.5), timeZone), timeZone);
  return new Date(next.getTime() - 1);
}
