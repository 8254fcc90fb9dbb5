import { ZONES } from "#zones";
import { aheadAt } from "./course";

type DateLook = Omit<Intl.DateTimeFormatOptions, "timeZone"> & { timeZone: string };

/**
 * Writes moments as people of the locale do, by a zone's clock as the product knows it, so that a
 * page names the day on which a report counts. Where the zone itself is named, the runtime does.
 */
export function dateFormat(
  locale: string,
  { timeZone, ...look }: DateLook,
): { format(date: Date): string } {
  const course = ZONES.courseOf(timeZone);
  const namesZone =
    look.timeZoneName !== undefined || look.timeStyle === "long" || look.timeStyle === "full";
  if (!course || namesZone) return new Intl.DateTimeFormat(locale, { ...look, timeZone });
  const format = new Intl.DateTimeFormat(locale, { ...look, timeZone: "UTC" });
  return {
    format: (date) => format.format(new Date(date.getTime() + aheadAt(course, date.getTime()))),
  };
}
