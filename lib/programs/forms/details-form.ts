import { z } from "zod";
import { addDays, dateInZone, isTimeZone, startOfDateInZone } from "@/lib/core/time";
import { isDay, shiftDay } from "@/lib/core/values/day";
import { programNameSchema } from "../schema";
import { type Terms, termsSchema } from "@/lib/terms/schema";

/**
 * What a program is besides its rewards: name, dates, windows, texts. A part of the form that makes
 * a program, and all of the one that edits it afterwards; rewards, limits and what qualifies a
 * referral are edited as rules.
 */

const text = z.string().trim().max(10_000).default("");

/** A whole number of days, as typed. */
export function daysField(least: number, most: number) {
  const words = `Enter a number of days from ${least} to ${most}.`;
  return z.coerce.number(words).int(words).min(least, words).max(most, words);
}

export const detailsShape = z.object({
  name: text,
  newCustomersOnly: z.coerce.boolean(),
  windowDays: daysField(1, 730),
  /** Dates in the merchant's time zone; the end date is the last day. */
  startsOn: text,
  endsOn: text,
  destination: z.enum(["invite", "shop"]),
  destinationUrl: text,
  termsEn: text,
  termsSq: text,
  termsZh: text,
});
export type DetailsForm = z.infer<typeof detailsShape>;
export type DetailsField = keyof DetailsForm;
export type FieldProblem<Field extends string> = { field: Field; message: string };
type Say = (field: DetailsField, message: string) => void;

type Details = Pick<
  Terms,
  "newCustomersOnly" | "windowDays" | "startsAt" | "endsAt" | "destination" | "termsText"
>;

/**
 * The details that a form says.
 * @param before the terms being edited: a day that still says the same keeps its exact time, which
 * the API may have set to any hour
 * @param say is told what cannot be read
 */
export function readDetails(
  form: DetailsForm,
  timeZone: string,
  say: Say,
  before: Pick<Terms, "startsAt" | "endsAt"> | null = null,
): Details {
  const shown = before && shownDates(before, timeZone);
  return {
    newCustomersOnly: form.newCustomersOnly,
    windowDays: form.windowDays,
    startsAt:
      form.startsOn === shown?.startsOn
        ? before!.startsAt
        : startOfDay("startsOn", form.startsOn, timeZone, say),
    endsAt:
      form.endsOn === shown?.endsOn
        ? before!.endsAt
        : endOfDay("endsOn", form.endsOn, timeZone, say),
    destination:
      form.destination === "shop" ? { kind: "shop", url: form.destinationUrl } : { kind: "invite" },
    termsText: { en: form.termsEn, sq: form.termsSq, zh: form.termsZh },
  };
}

/** The details of a program as they stand in their form. */
export function toDetailsForm(name: string, terms: Terms, timeZone: string): DetailsForm {
  return {
    name,
    newCustomersOnly: terms.newCustomersOnly,
    windowDays: terms.windowDays,
    ...shownDates(terms, timeZone),
    destination: terms.destination.kind,
    destinationUrl: terms.destination.kind === "shop" ? terms.destination.url : "",
    termsEn: terms.termsText.en,
    termsSq: terms.termsText.sq,
    termsZh: terms.termsText.zh,
  };
}

/**
 * A filled-in form of details turned into a name and the draft's terms with those details; issues
 * carry the form's field names, all at once.
 */
export function detailsFormSchema(draft: Terms, timeZone: string) {
  return detailsShape.transform((form, context) => {
    const { problems, terms } = detailsOver(draft, form, timeZone);
    for (const { field, message } of problems)
      context.addIssue({ code: "custom", path: [field], message });
    return problems.length > 0 ? z.NEVER : { name: form.name, terms };
  });
}

/**
 * A form that is still being filled in, as far as it can be read: for a preview.
 * @param raw texts by field; a checkbox that is not ticked is absent
 */
export function previewDetails(
  draft: Terms,
  raw: Readonly<Record<string, unknown>>,
  timeZone: string,
): Terms {
  const { form } = readUnfinished(detailsShape, raw, toDetailsForm("", draft, timeZone));
  return detailsOver(draft, { ...form, newCustomersOnly: Boolean(raw.newCustomersOnly) }, timeZone)
    .terms;
}

/**
 * Reads each field on its own, so that one that cannot be read yet does not hide the others.
 * @param fallback what a field says that cannot be read
 */
export function readUnfinished<S extends z.ZodRawShape>(
  schema: z.ZodObject<S>,
  raw: Readonly<Record<string, unknown>>,
  fallback: z.infer<z.ZodObject<S>>,
): { form: z.infer<z.ZodObject<S>>; unread: Set<string> } {
  const unread = new Set<string>();
  const form: Record<string, unknown> = { ...fallback };
  for (const [field, part] of Object.entries(schema.shape)) {
    const parsed = (part as z.ZodType).safeParse(raw[field]);
    if (parsed.success) form[field] = parsed.data;
    else unread.add(field);
  }
  return { form: form as z.infer<z.ZodObject<S>>, unread };
}

/** The field of details that a problem in the terms belongs to; null for one of another form. */
export function detailsFieldOf([first, second]: readonly string[]): DetailsField | null {
  switch (first) {
    case "startsAt":
      return "startsOn";
    case "endsAt":
      return "endsOn";
    case "destination":
      return "destinationUrl";
    case "termsText":
      return second === "sq" ? "termsSq" : second === "zh" ? "termsZh" : "termsEn";
    case "windowDays":
      return "windowDays";
    default:
      return null;
  }
}

/** The problem with a program's name, if it has any. */
export function nameProblems(name: string): FieldProblem<"name">[] {
  const message = programNameSchema.safeParse(name).error?.issues[0]?.message;
  return message === undefined ? [] : [{ field: "name", message }];
}

function detailsOver(draft: Terms, form: DetailsForm, timeZone: string) {
  const problems: FieldProblem<DetailsField>[] = nameProblems(form.name);
  const say: Say = (field, message) => void problems.push({ field, message });
  const terms = { ...draft, ...readDetails(form, timeZone, say, draft) };
  for (const { path, message } of termsSchema.safeParse(terms).error?.issues ?? [])
    say(detailsFieldOf(path.map(String)) ?? "name", message);
  return { problems, terms };
}

function shownDates({ startsAt, endsAt }: Pick<Terms, "startsAt" | "endsAt">, timeZone: string) {
  return {
    startsOn: startsAt ? dateInZone(new Date(startsAt), timeZone) : "",
    endsOn: endsAt ? dateInZone(addDays(new Date(endsAt), -0.5), timeZone) : "",
  };
}

function startOfDay(
  field: "startsOn" | "endsOn",
  date: string,
  timeZone: string,
  say: Say,
): string | null {
  if (!date) return null;
  if (isDay(date) && isTimeZone(timeZone)) return startOfDateInZone(date, timeZone).toISOString();
  say(field, "Enter a date like 2026-05-31.");
  return null;
}

/** The last day counts whole: a program that ends on the 31st ends when the 1st begins. */
function endOfDay(
  field: "startsOn" | "endsOn",
  date: string,
  timeZone: string,
  say: Say,
): string | null {
  return startOfDay(field, isDay(date) ? shiftDay(date, 1) : date, timeZone, say);
}
