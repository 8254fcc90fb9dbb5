import { z } from "zod";
import { zoneOffsetMs } from "@/lib/core/time";
import { listWords, oneOf, weekdayName } from "../../words/lists";
import type { ConditionKind } from "../condition";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Write a time like 09:30.");

/** In the merchant's time zone; days from 1 (Monday) to 7; the hours may run over midnight. */
const schema = z
  .strictObject({
    kind: z.literal("time"),
    days: z.array(z.int().min(1).max(7)).min(1, "Choose a day.").max(7),
    from: clock.optional(),
    to: clock.optional(),
  })
  .refine((time) => (time.from === undefined) === (time.to === undefined), {
    error: "Say from when to when.",
    path: ["to"],
  });

/**
 * It happened on one of the days and within the hours, on the merchant's clock. Hours that run over
 * midnight belong to the day on which they begin: Friday from 22:00 to 02:00 includes Saturday at
 * 1. The last minute is not included.
 */
export const time = {
  schema,
  form: {
    label: "Day and time",
    fields: [
      { name: "days", label: "On these days", control: "weekdays" },
      { name: "from", label: "From", hint: "In your shop’s time zone.", control: "clock" },
      { name: "to", label: "To", hint: "May run over midnight.", control: "clock" },
    ],
  },
  isAboutOrder: true,
  judge({ days, from, to }, { at, timeZone }) {
    if (at === null)
      return { holds: false, code: "time_unknown", message: "It is not known when this happened." };
    const local = localTime(at, timeZone);
    const isOvernight = from !== undefined && to !== undefined && from >= to;
    const beganBefore = isOvernight && local.clock < to;
    const day = beganBefore ? ((local.day + 5) % 7) + 1 : local.day;
    const holds = days.includes(day) && isInHours(local.clock, from, to);
    const when = `It happened on a ${weekdayName(local.day, "en")} at ${local.clock}`;
    return {
      holds,
      code: holds ? "time_right" : "time_other",
      message: holds ? `${when}.` : `${when}, which is outside the days or hours of this rule.`,
    };
  },
  staffWords({ days, from, to }) {
    const on = isWholeWeek(days) ? "" : `on ${oneOf(days.map((day) => weekdayName(day, "en")))}`;
    const hours = from === undefined ? "" : `between ${from} and ${to}`;
    return [on, hours].filter(Boolean).join(" ") || "at any time";
  },
  customerWords: ({ days, from, to }, { t, locale }) => [
    ...(isWholeWeek(days)
      ? []
      : [
          t("when.if.days", {
            days: listWords(
              days.map((day) => weekdayName(day, locale)),
              locale,
            ),
          }),
        ]),
    ...(from === undefined || to === undefined ? [] : [t("when.if.hours", { from, to })]),
  ],
} satisfies ConditionKind<z.infer<typeof schema>>;

function isWholeWeek(days: readonly number[]): boolean {
  return new Set(days).size === 7;
}

function isInHours(clock: string, from: string | undefined, to: string | undefined): boolean {
  if (from === undefined || to === undefined) return true;
  return from >= to ? clock >= from || clock < to : clock >= from && clock < to;
}

/** The day of the week, 1 for Monday, and the clock "14:05" of an instant in a zone. */
function localTime(at: Date, timeZone: string): { day: number; clock: string } {
  const shown = new Date(at.getTime() + zoneOffsetMs(at, timeZone));
  return { day: shown.getUTCDay() || 7, clock: shown.toISOString().slice(11, 16) };
}
