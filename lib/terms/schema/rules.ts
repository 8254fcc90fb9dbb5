import { z } from "zod";
import { decimalText, smallId } from "./amounts";
import { benefitSchema, calculatorSchema, hasAmount, ORDER_CALCULATORS } from "./benefits";
import { conditionSchema } from "./conditions";
import { ADVOCATE_TRIGGERS, ORDER_TRIGGERS, ruleTriggerSchema } from "./triggers";

export const SIDES = ["advocate", "friend"] as const;
export type Side = (typeof SIDES)[number];

export const CAP_PERIODS = ["day", "week", "month", "ever"] as const;
export type CapPeriod = (typeof CAP_PERIODS)[number];

/**
 * At most so many rewards, or so much cost, for one person or for the whole program, in a calendar
 * day, ISO week or month of the merchant's zone, or ever. Counted by when the cause happened.
 */
export const capSchema = z
  .strictObject({
    who: z.enum(["person", "program"]),
    per: z.enum(CAP_PERIODS),
    rewards: z.int().min(1).max(10_000_000).optional(),
    cost: decimalText.optional(),
  })
  .refine((cap) => cap.rewards !== undefined || cap.cost !== undefined, {
    error: "Say how many, or how much.",
    path: ["rewards"],
  });
export type Cap = z.infer<typeof capSchema>;

/** Days until what is given lapses; null for never. Reminders go out so many days before. */
export const expirySchema = z.strictObject({
  /** Released, but not handed out yet: cash, gifts. Counted from the release. */
  unissuedDays: z.int().min(1).max(3_660).nullable(),
  /** Handed out, but not used yet: coupons, credit, points. Counted from the issue. */
  issuedDays: z.int().min(1).max(3_660).nullable(),
  remindDays: z.int().min(1).max(365).nullable(),
});
export type Expiry = z.infer<typeof expirySchema>;

const worth = { benefit: benefitSchema, calculator: calculatorSchema };

/**
 * What is given instead when a cap or the budget leaves no room for the benefit itself. It has to
 * fit the budget too.
 */
export const fallbackSchema = z.strictObject(worth).superRefine(checkWorth);
export type Fallback = z.infer<typeof fallbackSchema>;

export const ruleSchema = z
  .strictObject({
    /**
     * Stays the same over versions, so that one cause is rewarded once whatever is published in
     * between.
     */
    id: smallId,
    /** For staff; without one the rule is named by what it does. */
    name: z.string().trim().max(80).optional(),
    side: z.enum(SIDES),
    on: ruleTriggerSchema,
    conditions: conditionSchema,
    ...worth,
    holdDays: z.int().min(0).max(365),
    caps: z.array(capSchema).max(10).optional(),
    fallback: fallbackSchema.optional(),
    expiry: expirySchema.optional(),
    /** Only for advocates of this arm of the experiment; without one for all. */
    arm: smallId.optional(),
    /** Kept in the draft, and left out when it is published. */
    off: z.literal(true).optional(),
  })
  .superRefine((rule, context) => {
    checkWorth(rule, context);
    const say = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (
      ORDER_CALCULATORS.includes(rule.calculator.kind) &&
      !ORDER_TRIGGERS.includes(rule.on.kind)
    ) {
      say(
        "calculator",
        rule.on.kind === "join"
          ? "There is no order yet when a friend joins."
          : "There is no order to count from.",
      );
    }
    if (rule.side === "friend" && ADVOCATE_TRIGGERS.includes(rule.on.kind))
      say("on", "This is the advocate's own doing, and rewards the advocate.");
    if (
      rule.on.kind === "share_visit" &&
      !rule.caps?.some((cap) => cap.who === "person" && cap.rewards !== undefined)
    ) {
      say(
        "caps",
        "Limit the rewards for one person: a browser without cookies is a new visitor each time.",
      );
    }
    if (rule.on.kind === "each_purchase" && rule.on.to !== null && rule.on.to < rule.on.from)
      say("on", "The last is before the first.");
  });
export type Rule = z.infer<typeof ruleSchema>;

function checkWorth(
  {
    benefit,
    calculator,
  }: { benefit: z.infer<typeof benefitSchema>; calculator: z.infer<typeof calculatorSchema> },
  context: z.RefinementCtx,
): void {
  if (hasAmount(benefit) !== (calculator.kind === "none")) return;
  context.addIssue({
    code: "custom",
    path: ["calculator"],
    message: hasAmount(benefit) ? "Say how much." : "This benefit is not an amount.",
  });
}
