import { hasAmount, isManual } from "@/lib/terms/kinds/benefits";
import { z } from "zod";
import { parseHex } from "@/lib/core/values/color";
import { localizedTextOf } from "@/lib/core/i18n/localized";
import {
  type Benefit,
  type BenefitKind,
  benefitSchema,
  type Calculator,
  calculatorSchema,
} from "@/lib/terms/schema";

/** What an item can grant: no points for points, and no cash. */
export const ITEM_KINDS = [
  "amount_off",
  "percent_off",
  "free_shipping",
  "credit",
  "gift",
  "event_access",
  "donation",
] as const satisfies BenefitKind[];

export const ITEM_ICONS = [
  "ticket",
  "percent",
  "truck",
  "wallet",
  "gift",
  "coffee",
  "cake",
  "shirt",
  "book",
  "calendar",
  "heart",
  "leaf",
  "star",
  "sparkles",
] as const;
export type ItemIcon = (typeof ITEM_ICONS)[number];

export const ITEM_STATES = ["active", "disabled"] as const;
export const REDEMPTION_STATES = ["done", "cancelled"] as const;
export type RedemptionState = (typeof REDEMPTION_STATES)[number];

const validDays = z.int().min(1, "At least one day.").max(3_660, "At most ten years.");

/**
 * What an item gives, as it is kept with it: a benefit, a fixed amount where it is one, and how
 * long it can be used.
 */
export const itemWorthSchema = z
  .strictObject({
    benefit: benefitSchema,
    calculator: calculatorSchema,
    /** Days that a code or credit is valid; null for no expiry. */
    validDays: validDays.nullable(),
  })
  .superRefine(checkWorth);
export type ItemWorth = z.infer<typeof itemWorthSchema>;

const itemName = localizedTextOf(80, "Enter a name.");
const aboutText = z.string().trim().max(300).default("");
const itemAbout = z
  .strictObject({ en: aboutText, sq: aboutText, zh: aboutText })
  .default({ en: "", sq: "", zh: "" });
const color = z
  .string()
  .trim()
  .toLowerCase()
  .refine((text) => parseHex(text) !== null, "Enter a colour like #0f766e.");
const POINTS_WORDS = "Enter whole points, like 500.";
const price = z
  .int(POINTS_WORDS)
  .min(1, "At least one point.")
  .max(1_000_000_000, "At most 1,000,000,000 points.");
const count = (words: string) => z.int(words).min(1, words).max(10_000_000, words);
const COUNT_WORDS = "Enter 1 or more, or leave it empty.";
export const DEFAULT_COLOR = "#0f766e";

/** An item as it is saved, by the form and by the API. */
export const itemSchema = z
  .strictObject({
    name: itemName,
    about: itemAbout,
    icon: z.enum(ITEM_ICONS).default("gift"),
    color: color.default(DEFAULT_COLOR),
    points: price.meta({ description: "The price in points.", example: 500 }),
    benefit: benefitSchema.meta({
      description: "A coupon, store credit, a gift, an event ticket or a donation.",
    }),
    calculator: calculatorSchema
      .default({ kind: "none" })
      .meta({ description: "A fixed amount, if the benefit has one." }),
    validDays: validDays
      .nullable()
      .default(null)
      .meta({ description: "How many days a code or credit is valid; null for no expiry." }),
    stock: count(COUNT_WORDS).nullable().default(null).meta({
      description: "Stock, redeemed items included; null for no limit.",
    }),
    perPerson: count(COUNT_WORDS)
      .nullable()
      .default(null)
      .meta({ description: "Limit per customer; null for no limit." }),
    tier: z
      .string()
      .max(40)
      .nullable()
      .default(null)
      .meta({ description: "Id of the lowest tier that may redeem it; null for everyone." }),
  })
  .superRefine(checkWorth);
export type ItemInput = z.output<typeof itemSchema>;

const itemIdSchema = z.object({ itemId: z.string().min(1).max(40) });
export const itemStateSchema = itemIdSchema.extend({ state: z.enum(ITEM_STATES) });
export const itemMoveSchema = itemIdSchema.extend({ direction: z.enum(["up", "down"]) });

const requestKey = z.string().trim().min(1).max(200);
export const redeemSchema = z.object({ itemId: z.string().min(1).max(40), requestKey });
export const cancelSchema = z.object({ redemptionId: z.string().min(1).max(40) });
export const cancelReason = z.string("Enter a reason.").trim().min(3, "Enter a reason.").max(300);
export const cancelByStaffSchema = cancelSchema.extend({ reason: cancelReason });

function checkWorth(
  {
    benefit,
    calculator,
    validDays,
  }: { benefit: Benefit; calculator: Calculator; validDays: number | null },
  context: z.RefinementCtx,
): void {
  const say = (path: string, message: string) =>
    context.addIssue({ code: "custom", path: [path], message });
  if (!(ITEM_KINDS as readonly string[]).includes(benefit.kind))
    say("benefit", "This cannot be sold for points.");
  if (calculator.kind !== (hasAmount(benefit) ? "fixed" : "none")) {
    say("calculator", hasAmount(benefit) ? "Use a fixed amount." : "This benefit has no amount.");
  }
  if (calculator.kind === "fixed" && Number(calculator.amount) === 0)
    say("calculator", "Enter more than 0.");
  if (validDays !== null && isManual(benefit))
    say("validDays", "You deliver this yourself, so it does not expire.");
}
