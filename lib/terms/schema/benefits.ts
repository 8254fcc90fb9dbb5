import { z } from "zod";
import { basisPoints, decimalText, isoTime } from "./amounts";

/**
 * Where a coupon's code comes from: made to a pattern (# stands for a letter or digit), or out of a
 * pool.
 */
export const codesSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("pattern"),
    pattern: z
      .string()
      .trim()
      .toUpperCase()
      .max(40)
      .regex(/^[A-Z0-9#_-]+$/, "Use A-Z, 0-9, - and _, with # where a random character goes.")
      .refine(
        (text) => [...text].filter((character) => character === "#").length >= 6,
        "Leave room for at least 6 random characters: #.",
      ),
  }),
  z.strictObject({ kind: z.literal("pool"), poolId: z.string().min(1).max(40) }),
]);
export type Codes = z.infer<typeof codesSchema>;

const title = (words: string) => z.string().trim().min(1, words).max(120);
const codes = codesSchema.optional();

/**
 * Worth given: a coupon, credit, points, money, or something in words. `unitCost` is what one costs
 * the merchant.
 */
export const benefitSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("percent_off"),
    percentBp: basisPoints,
    unitCost: decimalText,
    codes,
  }),
  z.strictObject({ kind: z.literal("amount_off"), codes }),
  z.strictObject({ kind: z.literal("free_shipping"), unitCost: decimalText, codes }),
  z.strictObject({ kind: z.literal("credit") }),
  /** Money that the merchant pays out: payable, then part of a pay-out. */
  z.strictObject({ kind: z.literal("cash") }),
  z.strictObject({ kind: z.literal("points") }),
  /** A thing or an experience, handed over by hand. */
  z.strictObject({
    kind: z.literal("gift"),
    title: title("Say what the gift is."),
    unitCost: decimalText,
  }),
  /** A place at an event. */
  z.strictObject({
    kind: z.literal("event_access"),
    title: title("Which event?"),
    at: isoTime.nullable(),
    unitCost: decimalText,
  }),
  /** Money that the merchant gives to somebody else in the customer's name. */
  z.strictObject({ kind: z.literal("donation"), to: title("To whom?") }),
]);
export type Benefit = z.infer<typeof benefitSchema>;
export type BenefitKind = Benefit["kind"];

/** Benefits that the shop takes at its till by a code. */
export const COUPON_KINDS: readonly BenefitKind[] = ["percent_off", "amount_off", "free_shipping"];
/** Benefits that staff hand over or pay. */
export const MANUAL_KINDS: readonly BenefitKind[] = ["cash", "gift", "event_access", "donation"];

/** Benefits that are an amount of money or points, and so need a calculator. */
export function hasAmount(benefit: Pick<Benefit, "kind">): boolean {
  return ["amount_off", "credit", "cash", "points", "donation"].includes(benefit.kind);
}

/** The lines of an order that a share is taken of. */
export const linesSchema = z
  .strictObject({
    skus: z.array(z.string().trim().min(1).max(200)).max(200).optional(),
    categories: z.array(z.string().trim().min(1).max(200)).max(200).optional(),
  })
  .refine(
    (lines) => (lines.skus?.length ?? 0) + (lines.categories?.length ?? 0) > 0,
    "Name an article or a category.",
  );

const rising = (steps: readonly { from: number | string }[]) =>
  steps.every((step, index) => index === 0 || Number(steps[index - 1]!.from) < Number(step.from));

/** How much of it. `none` is for benefits that are not an amount. */
export const calculatorSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("fixed"), amount: decimalText }),
  /**
   * A share of the order, or of its matching lines; never less than `atLeast` nor more than
   * `atMost`.
   */
  z.strictObject({
    kind: z.literal("share_of_order"),
    shareBp: basisPoints,
    lines: linesSchema.optional(),
    atLeast: decimalText.optional(),
    atMost: decimalText.nullable(),
  }),
  /** The amount of the last step reached; below the first there is none. */
  z.strictObject({
    kind: z.literal("tiered_by_count"),
    of: z.enum(["confirmed_referrals", "friend_purchases", "own_purchases"]),
    steps: z
      .array(z.strictObject({ from: z.int().min(1).max(100_000), amount: decimalText }))
      .min(1)
      .max(20)
      .refine(rising, "Each step begins above the one before."),
  }),
  z.strictObject({
    kind: z.literal("tiered_by_amount"),
    steps: z
      .array(z.strictObject({ from: decimalText, amount: decimalText }))
      .min(1)
      .max(20)
      .refine(rising, "Each step begins above the one before."),
  }),
  /** So much for each full `per` of the order, or of its matching lines: 1 point per 1.00. */
  z.strictObject({
    kind: z.literal("per_unit"),
    amount: decimalText,
    per: decimalText.refine((text) => Number(text) > 0, "Must be more than 0."),
    lines: linesSchema.optional(),
    atMost: decimalText.nullable(),
  }),
]);
export type Calculator = z.infer<typeof calculatorSchema>;
export type CalculatorKind = Calculator["kind"];

/** Calculators that need an order. */
export const ORDER_CALCULATORS: readonly CalculatorKind[] = [
  "share_of_order",
  "tiered_by_amount",
  "per_unit",
];
