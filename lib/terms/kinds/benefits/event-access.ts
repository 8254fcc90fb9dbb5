import { z } from "zod";
import type { Locale } from "@/lib/core/i18n/locales";
import { decimalText, isoTime } from "../../schema/amounts";
import { titleSchema, unitCostField, type WholeBenefit } from "../benefit";

const schema = z.strictObject({
  kind: z.literal("event_access"),
  title: titleSchema("Which event?"),
  at: isoTime.nullable(),
  unitCost: decimalText,
});

/** A place at an event. */
export const eventAccess = {
  schema,
  form: {
    label: "A place at an event",
    hint: "You put them on the guest list; it is in your list until then.",
    fields: [
      {
        name: "title",
        label: "Which event",
        hint: "In your customers’ words.",
        control: "text",
        maxLength: 120,
      },
      {
        name: "at",
        label: "When it begins",
        hint: "In your shop’s time zone.",
        control: "date-time",
      },
      unitCostField,
    ],
  },
  delivery: "staff",
  hasAmount: false,
  publicFields: ["title", "at"],
  unitCost: ({ unitCost }) => unitCost,
  wholeWords: ({ title, at }, { t, locale }) =>
    at === null
      ? t("benefit.eventAccess", { title })
      : t("benefit.eventAccessOn", { title, date: dateAsWritten(at, locale) }),
} satisfies WholeBenefit<z.infer<typeof schema>>;

/**
 * An event's day as it was entered, with the offset that it was entered in: the same day for every
 * reader.
 */
function dateAsWritten(iso: string, locale: Locale): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(
    Date.parse(`${iso.slice(0, 10)}T00:00:00Z`),
  );
}
