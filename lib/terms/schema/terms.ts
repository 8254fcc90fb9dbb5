import { z } from "zod";
import { type Asset, currencyAsset, isCurrency, parseMoney } from "@/lib/core/money";
import { decimalText, isoTime, smallId } from "./amounts";
import type { Benefit, Calculator } from "./benefits";
import { type Condition, conditionSchema } from "./conditions";
import { capSchema, type Rule, ruleSchema } from "./rules";
import { triggerSchema } from "./triggers";

const httpUrl = z
  .url({ protocol: /^https?$/, error: "Write a full address, like https://shop.example.com." })
  .max(500);

/**
 * One arm of an experiment. Those whose segment holds are in it; all others are drawn by their
 * shares.
 */
const armSchema = z.strictObject({
  id: smallId,
  name: z.string().trim().min(1, "Name the arm.").max(80),
  /** Of those who are drawn, in basis points; null for an arm of a segment. */
  shareBp: z.int().min(1).max(10_000).nullable(),
  segment: conditionSchema.nullable(),
});
export type Arm = z.infer<typeof armSchema>;

/**
 * Different benefits for different advocates and their friends, to learn which works. Rules name
 * their arm.
 */
export const experimentSchema = z
  .strictObject({
    /** Who was drawn stays drawn while this id stays; shares are fixed under it. */
    id: smallId,
    question: z.string().trim().min(1, "What do you want to know?").max(200),
    arms: z.array(armSchema).min(2, "It takes two arms to compare.").max(6),
  })
  .superRefine((experiment, context) => {
    const drawn = experiment.arms.filter((arm) => arm.shareBp !== null);
    const say = (message: string) => context.addIssue({ code: "custom", path: ["arms"], message });
    if (new Set(experiment.arms.map((arm) => arm.id)).size !== experiment.arms.length)
      say("Two arms have the same id.");
    if (experiment.arms.some((arm) => (arm.shareBp === null) !== (arm.segment !== null)))
      say("An arm has a share or a segment.");
    if (drawn.reduce((sum, arm) => sum + arm.shareBp!, 0) !== 10_000)
      say("The shares of the arms make 100 % together.");
  });
export type Experiment = z.infer<typeof experimentSchema>;

export const termsSchema = z
  .strictObject({
    currency: z.string().refine(isCurrency, "This is not a currency."),
    rules: z.array(ruleSchema).min(1, "A program needs a reward.").max(40),
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
    /** Caps over all rules together. */
    caps: z.array(capSchema).max(10).optional(),
    experiment: experimentSchema.optional(),
    /**
     * A friend's "who told you?" after the purchase: not asked, decided by the merchant, or by the
     * advocate's yes.
     */
    nominations: z.enum(["off", "merchant", "advocate"]).optional(),
    startsAt: isoTime.nullable(),
    endsAt: isoTime.nullable(),
    destination: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("invite") }),
      z.strictObject({ kind: z.literal("shop"), url: httpUrl }),
    ]),
    /** The small print, by language; English is shown where one is missing. */
    termsText: z.strictObject({
      en: z.string().max(10_000),
      sq: z.string().max(10_000),
      zh: z.string().max(10_000),
    }),
  })
  .superRefine((terms, context) => {
    const say = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    if (terms.startsAt && terms.endsAt && Date.parse(terms.startsAt) >= Date.parse(terms.endsAt)) {
      say(["endsAt"], "The end comes after the start.");
    }
    if (new Set(terms.rules.map((rule) => rule.id)).size !== terms.rules.length)
      say(["rules"], "Two rules have the same id.");
    const arms = terms.experiment?.arms.map((arm) => arm.id) ?? [];
    terms.rules.forEach((rule, index) => {
      if (rule.arm !== undefined && !arms.includes(rule.arm))
        say(["rules", index, "arm"], "Arm not found.");
    });
    const tooFine = firstAmountTooFine(terms);
    if (tooFine) say(tooFine, `${terms.currency} has fewer decimal places.`);
  });
export type Terms = z.infer<typeof termsSchema>;

type Amount = { path: (string | number)[]; text: string; asset: Asset };
type Amounts = {
  currency: string;
  rules: Rule[];
  caps?: { cost?: string | undefined }[] | undefined;
  budget: { cost: string | null };
};

/**
 * Where an amount has more decimal places than the currency (points have none); null when all fit.
 */
function firstAmountTooFine(terms: Amounts): (string | number)[] | null {
  if (!isCurrency(terms.currency)) return null;
  const misfit = amountsOf(terms, currencyAsset(terms.currency)).find(({ text, asset }) => {
    try {
      parseMoney(text, asset);
      return false;
    } catch {
      return true;
    }
  });
  return misfit?.path ?? null;
}

function amountsOf(terms: Amounts, currency: Asset): Amount[] {
  const costs = (
    caps: { cost?: string | undefined }[] | undefined,
    path: (string | number)[],
  ): Amount[] =>
    (caps ?? []).flatMap(({ cost }, index) =>
      cost === undefined ? [] : [{ path: [...path, index, "cost"], text: cost, asset: currency }],
    );
  return [
    ...(terms.budget.cost === null
      ? []
      : [{ path: ["budget", "cost"], text: terms.budget.cost, asset: currency }]),
    ...costs(terms.caps, ["caps"]),
    ...terms.rules.flatMap((rule, index) => {
      const path = ["rules", index];
      return [
        ...amountsOfWorth(rule, currency, path),
        ...amountsOfCondition(rule.conditions, currency, [...path, "conditions"]),
        ...costs(rule.caps, [...path, "caps"]),
        ...(rule.fallback ? amountsOfWorth(rule.fallback, currency, [...path, "fallback"]) : []),
      ];
    }),
  ];
}

function amountsOfWorth(
  { benefit, calculator }: { benefit: Benefit; calculator: Calculator },
  currency: Asset,
  path: (string | number)[],
): Amount[] {
  const asset: Asset = benefit.kind === "points" ? "PTS/0" : currency;
  const found: Amount[] = [];
  const add = (text: string | null | undefined, asset: Asset, ...rest: (string | number)[]) => {
    if (text !== null && text !== undefined) found.push({ path: [...path, ...rest], text, asset });
  };
  if ("unitCost" in benefit) add(benefit.unitCost, currency, "benefit", "unitCost");
  if ("amount" in calculator) add(calculator.amount, asset, "calculator", "amount");
  if ("atLeast" in calculator) add(calculator.atLeast, asset, "calculator", "atLeast");
  if ("atMost" in calculator) add(calculator.atMost, asset, "calculator", "atMost");
  if ("per" in calculator) add(calculator.per, currency, "calculator", "per");
  if ("steps" in calculator) {
    calculator.steps.forEach((step, index) => {
      add(step.amount, asset, "calculator", "steps", index, "amount");
      if (typeof step.from === "string")
        add(step.from, currency, "calculator", "steps", index, "from");
    });
  }
  return found;
}

function amountsOfCondition(
  condition: Condition,
  currency: Asset,
  path: (string | number)[],
): Amount[] {
  for (const branch of ["all", "any", "none"] as const) {
    const parts = (condition as Partial<Record<typeof branch, Condition[]>>)[branch];
    if (parts)
      return parts.flatMap((part, index) =>
        amountsOfCondition(part, currency, [...path, branch, index]),
      );
  }
  return "kind" in condition && condition.kind === "order_total"
    ? [{ path: [...path, "atLeast"], text: condition.atLeast, asset: currency }]
    : [];
}
