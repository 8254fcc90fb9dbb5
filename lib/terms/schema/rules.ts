import { z } from "zod";
import { calculatorKind } from "../kinds/calculators";
import { triggerKind } from "../kinds/triggers";
import { decimalText, smallId } from "./amounts";
import { conditionSchema } from "./conditions";
import { SIDES } from "./sides";
import { ruleTriggerSchema } from "./triggers";
import { checkWorth, fallbackSchema, worthShape } from "./worth";

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

/** Days until what is given expires; null for never. Reminders go out so many days before. */
export const expirySchema = z.strictObject({
  /** Released, but not delivered yet: cash, gifts. Counted from the release. */
  unissuedDays: z.int().min(1).max(3_660).nullable(),
  /** Issued, but not used yet: coupons, credit, points. Counted from the issue. */
  issuedDays: z.int().min(1).max(3_660).nullable(),
  remindDays: z.int().min(1).max(365).nullable(),
});
export type Expiry = z.infer<typeof expirySchema>;

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
    ...worthShape,
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
    const trigger = triggerKind(rule.on.kind);
    if (calculatorKind(rule.calculator.kind).needsOrder && !trigger.hasOrder)
      say("calculator", "What this rule waits for comes without an order.");
    if (trigger.of === "friend") return;
    if (rule.side === "friend")
      say("on", "This is the advocate’s own action, and rewards the advocate.");
    const isCapped = rule.caps?.some((cap) => cap.who === "person" && cap.rewards !== undefined);
    if (trigger.needsPersonCap !== undefined && !isCapped) say("caps", trigger.needsPersonCap);
  });
export type Rule = z.infer<typeof ruleSchema>;
