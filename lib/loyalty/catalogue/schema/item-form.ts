import { z } from "zod";
import { readLocalTime, writeLocalTime } from "@/lib/core/values/local-time";
import { readPercent, writePercent } from "@/lib/core/values/percent";
import type { Benefit, Calculator, Codes } from "@/lib/terms/schema";
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
  kind: z.enum(ITEM_KINDS, "Choose a reward."),
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
      // What staff deliver does not expire; a number left in a hidden field is ignored.
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
    percent: benefit.kind === "percent_off" ? writePercent(benefit.percentBp) : "",
    title: "title" in benefit ? benefit.title : "",
    donationTo: benefit.kind === "donation" ? benefit.to : "",
    eventAt:
      benefit.kind === "event_access" && benefit.at
        ? writeLocalTime(new Date(benefit.at), timeZone)
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

/** Whether a benefit of this kind is used by its owner, and so can expire. */
export function lasts(kind: Form["kind"]): boolean {
  return (
    kind === "amount_off" || kind === "percent_off" || kind === "free_shipping" || kind === "credit"
  );
}

/**
 * Above 0 and up to 100; not a number where the text is no percentage, for the schema to refuse.
 */
function percentOf(text: string): number {
  return readPercent(text) || Number.NaN;
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
        percentBp: percentOf(form.percent),
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
        at: readLocalTime(form.eventAt, timeZone)?.toISOString() ?? null,
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
  percent: "Enter a percentage from 0.01 to 100.",
  points: "Enter whole points, like 500.",
  poolId: "Choose a pool.",
  validDays: "Enter a number of days, or leave it empty.",
};

function fieldOf(path: string): string {
  return FIELDS[path] ?? path;
}
