import { z } from "zod";
import {
  emptyKindForm,
  fixedWorthShape,
  readFixedWorth,
  Reader,
  toFixedWorthForm,
} from "@/lib/terms/form";
import { BENEFITS, isManual } from "@/lib/terms/kinds/benefits";
import type { Item } from "../queries/offers";
import { DEFAULT_COLOR, ITEM_ICONS, type ItemInput, itemSchema } from "./item";

/**
 * The form of an item: fields as a person fills them in, and the way from them to an item and back.
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
  ...fixedWorthShape,
  validDays: text,
  stock: text,
  perPerson: text,
  tier: text,
});
/** Texts as they stand in the form. */
export type ItemForm = Omit<z.infer<typeof shape>, "itemId">;

/** A filled-in form turned into an item; issues carry the form's own field names. */
export const itemFormSchema = shape.transform(
  (form, context): { itemId: string | undefined } & ItemInput => {
    const to = new Reader();
    const worth = readFixedWorth(form, "", to);
    const input = inputOf(form, worth);
    to.check(itemSchema, input, "");
    const parsed = itemSchema.safeParse(input);
    if (parsed.success && to.problems.length === 0) return { itemId: form.itemId, ...parsed.data };
    const fields = new Map(
      to.problems.toReversed().map(({ path, message }) => [fieldOf(path), message]),
    );
    for (const [field, message] of fields)
      context.addIssue({ code: "custom", path: field.split("."), message });
    return z.NEVER;
  },
);

/** An amount that does not fit the benefit is said at the amount. */
function fieldOf(path: string): string {
  return path === "calculator" ? "calculator.amount" : path;
}

function inputOf(
  form: z.infer<typeof shape>,
  { benefit, calculator }: ReturnType<typeof readFixedWorth>,
) {
  return {
    name: form.name,
    about: form.about,
    icon: form.icon,
    color: form.color || DEFAULT_COLOR,
    points: wholeNumber(form.points),
    benefit,
    calculator,
    // What staff deliver does not expire; a number left in a field out of sight says nothing.
    validDays: isManual(benefit) ? null : limit(form.validDays),
    stock: limit(form.stock),
    perPerson: limit(form.perPerson),
    tier: form.tier || null,
  };
}

/** An item as the form shows it. */
export function formOfItem({
  name,
  about,
  icon,
  color,
  pricePoints,
  worth,
  stock,
  perPerson,
  tierId,
}: Item): ItemForm {
  const number = (value: number | null) => (value === null ? "" : String(value));
  return {
    name,
    about,
    icon: icon as ItemForm["icon"],
    color,
    points: String(pricePoints),
    ...toFixedWorthForm(worth),
    validDays: number(worth.validDays),
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
    benefit: emptyKindForm("amount_off", BENEFITS),
    calculator: { amount: "" },
    validDays: "",
    stock: "",
    perPerson: "",
    tier: "",
  };
}

/** Not a number where the text is none, for the schema to refuse. */
function wholeNumber(text: string): number {
  return /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
}

function limit(text: string): number | null {
  return text === "" ? null : wholeNumber(text);
}
