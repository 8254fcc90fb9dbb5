import { z } from "zod";
import { DAY_MS, dateInZone, MINUTE_MS, startOfDateInZone } from "@/lib/core/time";
import type { Benefit, Calculator, Codes } from "@/lib/programs/schema";
import type { Item } from "../queries/offers";
import { DEFAULT_COLOR, ITEM_ICONS, ITEM_KINDS, type ItemInput, itemSchema } from "./item";

/**
 * The form of an item: flat fields as a person fills them in, and the way from them to an item and
 * back.
 */

const text = z.string().trim().max(500).default("");
const words = z.object({ en: text, sq: text, zh: text }).default({ en: "", sq: "", zh: "" });

const shape = z.object({
  itemId: z.string().min(1).max(40).optional(),
  name: words,
  about: words,
  icon: z.enum(ITEM_ICONS).default("gift"),
  color: text,
  points: text,
  kind: z.enum(ITEM_KINDS, "Choose what they get."),
  amount: text,
  percent: text,
  title: text,
  donationTo: text,
  eventAt: text,
  /** Codes of our making, by a pattern or not, or out of a pool. */
  codes: z.enum(["own", "pattern", "pool"]).default("own"),
  pattern: text,
  poolId: text,
  validDays: text,
  stock: text,
  perPerson: text,
  tier: text,
});
type Form = z.infer<typeof shape>;
/** Texts as they stand in the form. */
export type ItemForm = Omit<Form, "itemId">;

/** A filled-in form turned into an item; issues carry the form's own field names. */
export function itemFormSchema(timeZone: string) {
  return shape.transform((form, context): { itemId: string | undefined } & ItemInput => {
    const parsed = itemSchema.safeParse({
      name: form.name,
      about: form.about,
      icon: form.icon,
      color: form.color || DEFAULT_COLOR,
      points: wholeNumber(form.points),
      benefit: benefitOf(form, timeZone),
      calculator: calculatorOf(form),
      // What is handed over by hand does not run out; a number left in a field out of sight says
      // nothing.
      validDays: lasts(form.kind) ? limit(form.validDays) : null,
      stock: limit(form.stock),
      perPerson: limit(form.perPerson),
      tier: form.tier || null,
    });
    if (parsed.success) return { itemId: form.itemId, ...parsed.data };
    for (const { path, message } of parsed.error.issues) {
      const field = fieldOf(path.map(String).join("."));
      context.addIssue({
        code: "custom",
        path: field.split("."),
        message: FIELD_MESSAGES[field] ?? message,
      });
    }
    return z.NEVER;
  });
}

/** An item as the form shows it. */
export function formOfItem(
  { name, about, icon, color, pricePoints, worth, stock, perPerson, tierId }: Item,
  timeZone: string,
): ItemForm {
  const { benefit, calculator, validDays } = worth;
  const codes = "codes" in benefit ? benefit.codes : undefined;
  const number = (value: number | null) => (value === null ? "" : String(value));
  return {
    name,
    about,
    icon: icon as ItemForm["icon"],
    color,
    points: String(pricePoints),
    kind: benefit.kind as ItemForm["kind"],
    amount: calculator.kind === "fixed" ? calculator.amount : "",
    percent: benefit.kind === "percent_off" ? String(benefit.percentBp / 100) : "",
    title: "title" in benefit ? benefit.title : "",
    donationTo: benefit.kind === "donation" ? benefit.to : "",
    eventAt:
      benefit.kind === "event_access" && benefit.at
        ? localTime(new Date(benefit.at), timeZone)
        : "",
    codes: codes?.kind ?? "own",
    pattern: codes?.kind === "pattern" ? codes.pattern : "",
    poolId: codes?.kind === "pool" ? codes.poolId : "",
    validDays: number(validDays),
    stock: number(stock),
    perPerson: number(perPerson),
    tier: tierId ?? "",
  };
}

/** A new item: a coupon, as it is bought most. */
export function emptyItemForm(): ItemForm {
  const none = { en: "", sq: "", zh: "" };
  return {
    name: none,
    about: none,
    icon: "ticket",
    color: DEFAULT_COLOR,
    points: "",
    kind: "amount_off",
    amount: "",
    percent: "",
    title: "",
    donationTo: "",
    eventAt: "",
    codes: "own",
    pattern: "",
    poolId: "",
    validDays: "",
    stock: "",
    perPerson: "",
    tier: "",
  };
}

/** Whether a benefit of this kind is used by its owner, and so can run out. */
export function lasts(kind: Form["kind"]): boolean {
  return (
    kind === "amount_off" || kind === "percent_off" || kind === "free_shipping" || kind === "credit"
  );
}

/** "2026-12-24T19:30" in a zone, as an instant; null for no such text. */
export function instantOf(local: string, timeZone: string): Date | null {
  const match = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})$/.exec(local);
  if (!match || Number.isNaN(Date.parse(`${local}:00Z`))) return null;
  const [, date, hour, minute] = match as unknown as [string, string, string, string];
  const wanted = Number(hour) * 60 + Number(minute);
  const guess = new Date(startOfDateInZone(date, timeZone).getTime() + wanted * MINUTE_MS);
  // On the day of a clock change the hours after it are off by that much.
  const off = wanted - minutesOfDay(guess, timeZone);
  const nearest = off > 720 ? off - 1_440 : off < -720 ? off + 1_440 : off;
  return new Date(guess.getTime() + nearest * MINUTE_MS);
}

function localTime(at: Date, timeZone: string): string {
  const minutes = minutesOfDay(at, timeZone);
  return `${dateInZone(at, timeZone)}T${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

function minutesOfDay(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return (read("hour") * 60 + read("minute")) % (DAY_MS / MINUTE_MS);
}

/** "12.5" per cent → 1250 basis points; null for what is no percentage above 0 and up to 100. */
function parsePercent(text: string): number | null {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text);
  if (!match) return null;
  const basisPoints = Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0"));
  return basisPoints >= 1 && basisPoints <= 10_000 ? basisPoints : null;
}

/** Not a number where the text is none, for the schema to refuse. */
function wholeNumber(text: string): number {
  return /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
}

function limit(text: string): number | null {
  return text === "" ? null : wholeNumber(text);
}

function codesOf({ codes, pattern, poolId }: Form): { codes?: Codes } {
  if (codes === "own") return {};
  return { codes: codes === "pool" ? { kind: "pool", poolId } : { kind: "pattern", pattern } };
}

function benefitOf(form: Form, timeZone: string): Benefit {
  const { kind, title } = form;
  // What it costs was counted with the points that buy it.
  const unitCost = "0";
  switch (kind) {
    case "amount_off":
      return { kind, ...codesOf(form) };
    case "percent_off":
      return {
        kind,
        percentBp: parsePercent(form.percent) ?? Number.NaN,
        unitCost,
        ...codesOf(form),
      };
    case "free_shipping":
      return { kind, unitCost, ...codesOf(form) };
    case "credit":
      return { kind };
    case "gift":
      return { kind, title, unitCost };
    case "event_access":
      return {
        kind,
        title,
        at: instantOf(form.eventAt, timeZone)?.toISOString() ?? null,
        unitCost,
      };
    case "donation":
      return { kind, to: form.donationTo };
  }
}

function calculatorOf({ kind, amount }: Form): Calculator {
  return kind === "amount_off" || kind === "credit" || kind === "donation"
    ? { kind: "fixed", amount }
    : { kind: "none" };
}

const FIELDS: Record<string, string> = {
  "benefit.percentBp": "percent",
  "benefit.title": "title",
  "benefit.to": "donationTo",
  "benefit.at": "eventAt",
  "benefit.codes.pattern": "pattern",
  "benefit.codes.poolId": "poolId",
  "calculator.amount": "amount",
  calculator: "amount",
};
const FIELD_MESSAGES: Record<string, string> = {
  percent: "Write a percentage from 0.01 to 100.",
  points: "Write whole points, like 500.",
  poolId: "Choose a pool.",
  validDays: "Write a number of days, or leave it empty.",
};

function fieldOf(path: string): string {
  return FIELDS[path] ?? path;
}
