import { z } from "zod";
import { currencyAsset, isCurrency, parseMoney } from "@/lib/core/money";

/**
 * A program's terms as data: what the form, the API and the published version hold, and what the rules read.
 * Amounts are decimal strings in the program's currency; percentages are basis points; times are ISO 8601 with a zone.
 */

const decimalText = z.string().trim().regex(/^\d{1,12}(\.\d{1,4})?$/, "Write an amount like 10 or 19.90.");
const basisPoints = z.int().min(1, "Must be more than 0 %.").max(10_000, "Must be at most 100 %.");

/** What a fact must be for a rule to hold. Trees of all, any and none over the leaves. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { none: Condition[] }
  | { kind: "order_total"; atLeast: string }
  | { kind: "new_customer" };

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(conditionSchema).max(20) }),
    z.strictObject({ any: z.array(conditionSchema).min(1).max(20) }),
    z.strictObject({ none: z.array(conditionSchema).max(20) }),
    z.strictObject({ kind: z.literal("order_total"), atLeast: decimalText }),
    z.strictObject({ kind: z.literal("new_customer") }),
  ]),
);

/** What a rule, or the confirming of a referral, waits for. */
export const triggerSchema = z.discriminatedUnion("kind", [
  /** The friend joined: claimed the invitation, or signed up through it. */
  z.strictObject({ kind: z.literal("join") }),
  /** The friend's first purchase that meets the conditions. */
  z.strictObject({ kind: z.literal("first_purchase") }),
  /** An event of this type from the friend. */
  z.strictObject({ kind: z.literal("goal"), type: z.string().regex(/^[a-z0-9_.:-]{1,64}$/, "Use a-z, 0-9, _ . : -") }),
]);
export type Trigger = z.infer<typeof triggerSchema>;

/** Worth given: a coupon, credit, points, money, or something in words. */
export const benefitSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("percent_off"), percentBp: basisPoints, unitCost: decimalText }),
  z.strictObject({ kind: z.literal("amount_off") }),
  z.strictObject({ kind: z.literal("credit") }),
  z.strictObject({ kind: z.literal("cash") }),
  z.strictObject({ kind: z.literal("points") }),
  z.strictObject({ kind: z.literal("gift"), title: z.string().trim().min(1, "Say what the gift is.").max(120), unitCost: decimalText }),
]);
export type Benefit = z.infer<typeof benefitSchema>;

/** How much of it. `none` is for benefits that are not an amount. */
export const calculatorSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("fixed"), amount: decimalText }),
  z.strictObject({ kind: z.literal("share_of_order"), shareBp: basisPoints, atMost: decimalText.nullable() }),
]);
export type Calculator = z.infer<typeof calculatorSchema>;

/** Benefits that are an amount of money or points, and so need a calculator. */
export function hasAmount(benefit: Benefit): boolean {
  return benefit.kind !== "percent_off" && benefit.kind !== "gift";
}

export const SIDES = ["advocate", "friend"] as const;
export type Side = (typeof SIDES)[number];

export const ruleSchema = z
  .strictObject({
    /** Stays the same over versions, so that one cause is rewarded once whatever is published in between. */
    id: z.string().regex(/^[a-z0-9_-]{1,40}$/),
    side: z.enum(SIDES),
    /** `qualified` waits for the referral to be confirmed, whatever confirms it. */
    on: z.union([z.strictObject({ kind: z.literal("qualified") }), triggerSchema]),
    conditions: conditionSchema,
    benefit: benefitSchema,
    calculator: calculatorSchema,
    holdDays: z.int().min(0).max(365),
  })
  .superRefine((rule, context) => {
    if (hasAmount(rule.benefit) === (rule.calculator.kind === "none")) {
      context.addIssue({
        code: "custom", path: ["calculator"],
        message: hasAmount(rule.benefit) ? "Say how much." : "This benefit is not an amount.",
      });
    }
    if (rule.calculator.kind === "share_of_order" && rule.on.kind === "join") {
      context.addIssue({ code: "custom", path: ["calculator"], message: "There is no order yet when a friend joins." });
    }
  });
export type Rule = z.infer<typeof ruleSchema>;

const httpUrl = z.url({ protocol: /^https?$/, error: "Write a full address, like https://shop.example.com." }).max(500);
const isoTime = z.iso.datetime({ offset: true });

export const termsSchema = z
  .strictObject({
    currency: z.string().refine(isCurrency, "This is not a currency."),
    rules: z.array(ruleSchema).min(1, "A program needs a reward.").max(20),
    /** What confirms a referral. */
    qualification: z.strictObject({ trigger: triggerSchema, conditions: conditionSchema }),
    /** Only friends without an order before they were referred. */
    newCustomersOnly: z.boolean(),
    /** From the click, or the joining where there was none, to the conversion. */
    windowDays: z.int().min(1).max(730),
    /** Rewards an advocate can earn in this program, ever. */
    advocateCap: z.int().min(1).max(100_000).nullable(),
    budget: z.strictObject({
      /** Cost over both sides, in the program's currency. */
      cost: decimalText.nullable(),
      /** Rewards over both sides. */
      rewards: z.int().min(1).max(10_000_000).nullable(),
    }),
    startsAt: isoTime.nullable(),
    endsAt: isoTime.nullable(),
    destination: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("invite") }),
      z.strictObject({ kind: z.literal("shop"), url: httpUrl }),
    ]),
    /** The small print, by language; English is shown where one is missing. */
    termsText: z.strictObject({
      en: z.string().max(10_000), sq: z.string().max(10_000), zh: z.string().max(10_000),
    }),
  })
  .superRefine((terms, context) => {
    if (terms.startsAt && terms.endsAt && Date.parse(terms.startsAt) >= Date.parse(terms.endsAt)) {
      context.addIssue({ code: "custom", path: ["endsAt"], message: "The end comes after the start." });
    }
    if (new Set(terms.rules.map((rule) => rule.id)).size !== terms.rules.length) {
      context.addIssue({ code: "custom", path: ["rules"], message: "Two rules have the same id." });
    }
    const tooFine = firstAmountTooFine(terms);
    if (tooFine) context.addIssue({ code: "custom", path: tooFine, message: `${terms.currency} has fewer decimal places.` });
  });
export type Terms = z.infer<typeof termsSchema>;

export const PROGRAM_STATES = ["draft", "live", "paused", "ended"] as const;
export type ProgramState = (typeof PROGRAM_STATES)[number];

export const programNameSchema = z.string().trim().min(1, "Give the program a name.").max(80);

/** Where an amount has more decimal places than the currency (points have none); null when all fit. */
function firstAmountTooFine(terms: {
  currency: string; rules: Rule[]; budget: { cost: string | null };
}): (string | number)[] | null {
  if (!isCurrency(terms.currency)) return null;
  const currency = currencyAsset(terms.currency);
  const fits = (text: string, asset = currency) => {
    try {
      parseMoney(text, asset);
      return true;
    } catch {
      return false;
    }
  };
  if (terms.budget.cost !== null && !fits(terms.budget.cost)) return ["budget", "cost"];
  for (const [index, { benefit, calculator }] of terms.rules.entries()) {
    if ("unitCost" in benefit && !fits(benefit.unitCost)) return ["rules", index, "benefit", "unitCost"];
    const asset = benefit.kind === "points" ? "PTS/0" : currency;
    if (calculator.kind === "fixed" && !fits(calculator.amount, asset)) return ["rules", index, "calculator", "amount"];
    if (calculator.kind === "share_of_order" && calculator.atMost !== null && !fits(calculator.atMost, asset)) {
      return ["rules", index, "calculator", "atMost"];
    }
  }
  return null;
}
