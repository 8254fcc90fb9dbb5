import { z } from "zod";
import { parseHex } from "@/lib/core/values/color";
import { localizedTextOf } from "@/lib/core/i18n/localized";
import {
  type Benefit,
  type BenefitKind,
  benefitSchema,
  type Calculator,
  calculatorSchema,
  hasAmount,
  MANUAL_KINDS,
} from "@/lib/terms/schema";

/** What can be bought with points: no points for points, and no cash. */
export const ITEM_KINDS = [
  "amount_off",
  "percent_off",
  "free_shipping",
  "credit",
  "gift",
  "event_access",
  "donation",
] as const satisfies BenefitKind[];
export type ItemKind = (typeof ITEM_KINDS)[number];

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
    /** Days that a code or credit can be used for; null for ever. */
    validDays: validDays.nullable(),
  })
  .superRefine(checkWorth);
export type ItemWorth = z.infer<typeof itemWorthSchema>;

const itemName = localizedTextOf(80, "Name the item.");
const aboutText = z.string().trim().max(300).default("");
const itemAbout = z
  .strictObject({ en: aboutText, sq: aboutText, zh: aboutText })
  .default({ en: "", sq: "", zh: "" });
const color = z
  .string()
  .trim()
  .toLowerCase()
  .refine((text) => parseHex(text) !== null, "Enter a colour like #0f766e.");
const POINTS_WORDS = "Write whole points, like 500.";
const price = z
  .int(POINTS_WORDS)
  .min(1, "At least one point.")
  .max(1_000_000_000, "At most 1,000,000,000 points.");
const count = (words: string) => z.int(words).min(1, words).max(10_000_000, words);
const COUNT_WORDS = "Write a number from 1 up, or leave it empty.";
export const DEFAULT_COLOR = "#0f766e";

/** An item as it is saved, by the form and by the API. */
export const itemSchema = z
  .strictObject({
    name: itemName,
    about: itemAbout,
    icon: z.enum(ITEM_ICONS).default("gift"),
    color: color.default(DEFAULT_COLOR),
    points: price.meta({ description: "What it costs, in points.", example: 500 }),
    benefit: benefitSchema.meta({
      description: "A coupon, store credit, a gift, a place at an event or a donation.",
    }),
    calculator: calculatorSchema
      .default({ kind: "none" })
      .meta({ description: "A fixed amount, where the benefit is one." }),
    validDays: validDays
      .nullable()
      .default(null)
      .meta({ description: "How long a code or credit can be used; null for ever." }),
    stock: count(COUNT_WORDS).nullable().default(null).meta({
      description: "How many there are in all, redeemed ones included; null without limit.",
    }),
    perPerson: count(COUNT_WORDS)
      .nullable()
      .default(null)
      .meta({ description: "How many one customer may have; null without limit." }),
    tier: z
      .string()
      .max(40)
      .nullable()
      .default(null)
      .meta({ description: "Id of the lowest tier that may have it; null for everyone." }),
  })
  .superRefine(checkWorth);
export type ItemInput = z.output<typeof itemSchema>;

export const itemIdSchema = z.object({ itemId: z.string().min(1).max(40) });
export const itemStateSchema = itemIdSchema.extend({ state: z.enum(ITEM_STATES) });
export const itemMoveSchema = itemIdSchema.extend({ direction: z.enum(["up", "down"]) });

const requestKey = z.string().trim().min(1).max(200);
export const redeemSchema = z.object({ itemId: z.string().min(1).max(40), requestKey });
export const cancelSchema = z.object({ redemptionId: z.string().min(1).max(40) });
export const cancelReason = z
  .string("Say why, in a few words.")
  .trim()
  .min(3, "Say why, in a few words.")
  .max(300);
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
    say("benefit", "Points cannot buy this.");
  if (calculator.kind !== (hasAmount(benefit) ? "fixed" : "none")) {
    say(
      "calculator",
      hasAmount(benefit) ? "Say a fixed amount." : "This benefit is not an amount.",
    );
  }
  if (calculator.kind === "fixed" && Number(calculator.amount) === 0)
    say("calculator", "Say more than 0.");
  if (validDays !== null && MANUAL_KINDS.includes(benefit.kind))
    say("validDays", "This is handed over by you and does not run out.");
}
