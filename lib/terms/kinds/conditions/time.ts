import type { ConditionFacts } from "../../facts/conditions";
import type { LeafOf, Verdict } from "./verdict";

const DAYS = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

/**
 * It happened on one of the days and within the hours, on the merchant's clock. Hours that run over
 * midnight belong to the day on which they begin: Friday from 22:00 to 02:00 includes Saturday at
 * 1. The last minute is not included.
 */
export function time(
  { days, from, to }: LeafOf<"time">,
  { at, timeZone }: ConditionFacts,
): Verdict {
  if (at === null)
    return { holds: false, code: "time_unknown", message: "It is not known when this happened." };
  const local = localTime(at, timeZone);
  const isOvernight = from !== undefined && to !== undefined && from >= to;
  const beganBefore = isOvernight && local.clock < to;
  const day = beganBefore ? ((local.day + 5) % 7) + 1 : local.day;
  const inHours =
    from === undefined ||
    to === undefined ||
    (isOvernight
      ? local.clock >= from || local.clock < to
      : local.clock >= from && local.clock < to);
  const holds = days.includes(day) && inHours;
  return {
    holds,
    code: holds ? "time_right" : "time_other",
    message: `It happened on a ${DAYS[local.day - 1]} at ${local.clock}${holds ? "" : ", which is outside the days or hours of this rule"}.`,
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day of the week, 1 for Monday, and the clock "14:05" of an instant in a zone. */
function localTime(at: Date, timeZone: string): { day: number; clock: string } {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      weekday: "long",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    formats.set(timeZone, format);
  }
  const parts = format.formatToParts(at);
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((part) => part.type === type)!.value;
  return {
    day: DAYS.indexOf(read("weekday") as (typeof DAYS)[number]) + 1,
    clock: `${read("hour")}:${read("minute")}`,
  };
}
