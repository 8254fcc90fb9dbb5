import { ZONES } from "#zones";
import { remembered } from "../collections/remembered";
import { aheadAt } from "./course";

type DateLook = Omit<Intl.DateTimeFormatOptions, "timeZone"> & { timeZone: string };

/** Making a format takes far longer than using it. */
const formats = remembered<Intl.DateTimeFormat>(500);

function formatOf(locale: string, look: DateLook): Intl.DateTimeFormat {
  return formats(`${locale} ${JSON.stringify(look)}`, () => new Intl.DateTimeFormat(locale, look));
}

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
  if (!course || namesZone) return formatOf(locale, { ...look, timeZone });
  const format = formatOf(locale, { ...look, timeZone: "UTC" });
  return {
    format: (date) => format.format(new Date(date.getTime() + aheadAt(course, date.getTime()))),
  };
}
