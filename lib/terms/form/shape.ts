import { z } from "zod";
import { CAP_PERIODS, PEOPLE, SIDES } from "../schema";

/**
 * A rule as it is filled in: every number, amount and percentage is the text that was typed, every
 * kind keeps the fields of the others, so that nothing typed is lost by looking at another kind.
 */

const text = z.string().max(300).default("");
const texts = z.array(z.string().max(300)).max(300).default([]);

export const LEAF_KINDS = [
  "order_total",
  "product",
  "category",
  "currency",
  "new_customer",
  "country",
  "channel",
  "segment",
  "trait",
  "tier",
  "days_since",
  "time",
  "count",
] as const;
export const TRIGGER_KINDS = [
  "qualified",
  "join",
  "first_purchase",
  "nth_purchase",
  "each_purchase",
  "renewal",
  "goal",
  "milestone",
  "second_level",
  "own_join",
  "own_purchase",
  "own_event",
  "share_visit",
] as const;
export const BENEFIT_KINDS = [
  "percent_off",
  "amount_off",
  "free_shipping",
  "credit",
  "cash",
  "points",
  "gift",
  "event_access",
  "donation",
] as const;
export const CALCULATOR_KINDS = [
  "fixed",
  "share_of_order",
  "per_unit",
  "tiered_by_count",
  "tiered_by_amount",
] as const;
export const COUNTED = ["confirmed_referrals", "friend_purchases", "own_purchases"] as const;
export const GROUPS = ["all", "any", "none"] as const;
export type GroupKind = (typeof GROUPS)[number];

export const triggerFormSchema = z.strictObject({
  kind: z.enum(TRIGGER_KINDS),
  type: text,
  n: text,
  from: text,
  to: text,
  count: text,
  repeats: z.boolean().default(false),
});
export type TriggerForm = z.infer<typeof triggerFormSchema>;

const leafFormSchema = z.strictObject({
  kind: z.enum(LEAF_KINDS),
  /** Articles, categories, countries, channels, values, segments or tiers. */
  items: texts,
  amount: text,
  of: z.enum(PEOPLE).default("owner"),
  trait: text,
  what: z.enum(["click", "joining"]).default("click"),
  counted: z.enum(COUNTED).default("confirmed_referrals"),
  atLeast: text,
  atMost: text,
  days: z.array(z.int().min(1).max(7)).max(7).default([]),
  from: text,
  to: text,
});
export type LeafForm = z.infer<typeof leafFormSchema>;

export type GroupForm = { group: GroupKind; parts: NodeForm[] };
export type NodeForm = GroupForm | LeafForm;

export const groupFormSchema: z.ZodType<GroupForm> = z.lazy(() =>
  z.strictObject({
    group: z.enum(GROUPS),
    parts: z.array(z.union([leafFormSchema, groupFormSchema])).max(20),
  }),
);

const benefitFormSchema = z.strictObject({
  kind: z.enum(BENEFIT_KINDS),
  percent: text,
  unitCost: text,
  title: text,
  to: text,
  /** ISO 8601 with an offset, or empty. */
  at: text,
  codes: z.enum(["own", "pattern", "pool"]).default("own"),
  pattern: text,
  poolId: text,
});
export type BenefitForm = z.infer<typeof benefitFormSchema>;

const calculatorFormSchema = z.strictObject({
  kind: z.enum(CALCULATOR_KINDS),
  amount: text,
  percent: text,
  per: text,
  atLeast: text,
  atMost: text,
  skus: texts,
  categories: texts,
  counted: z.enum(COUNTED).default("confirmed_referrals"),
  steps: z
    .array(z.strictObject({ from: text, amount: text }))
    .max(20)
    .default([]),
});
export type CalculatorForm = z.infer<typeof calculatorFormSchema>;

const worthFormSchema = z.strictObject({
  benefit: benefitFormSchema,
  calculator: calculatorFormSchema,
});
export type WorthForm = z.infer<typeof worthFormSchema>;

export const capFormSchema = z.strictObject({
  who: z.enum(["person", "program"]),
  per: z.enum(CAP_PERIODS),
  rewards: text,
  cost: text,
});
export type CapForm = z.infer<typeof capFormSchema>;

export const ruleFormSchema = z.strictObject({
  name: text,
  side: z.enum(SIDES),
  on: triggerFormSchema,
  conditions: groupFormSchema,
  ...worthFormSchema.shape,
  holdDays: text,
  expiry: z.strictObject({ unissuedDays: text, issuedDays: text, remindDays: text }),
  caps: z.array(capFormSchema).max(10),
  fallback: worthFormSchema.nullable(),
  arm: text,
  off: z.boolean().default(false),
});
export type RuleForm = z.infer<typeof ruleFormSchema>;

export const limitsFormSchema = z.strictObject({
  advocateCap: text,
  budgetCost: text,
  budgetRewards: text,
  caps: z.array(capFormSchema).max(10),
  nominations: z.enum(["off", "merchant", "advocate"]),
});
export type LimitsForm = z.infer<typeof limitsFormSchema>;

export const qualificationFormSchema = z.strictObject({
  on: triggerFormSchema,
  conditions: groupFormSchema,
});
export type QualificationForm = z.infer<typeof qualificationFormSchema>;

export const experimentFormSchema = z.strictObject({
  id: text,
  question: text,
  arms: z
    .array(
      z.strictObject({
        id: text,
        name: text,
        drawn: z.boolean(),
        percent: text,
        segment: groupFormSchema,
      }),
    )
    .max(6),
  /** The arm of each rule, by the rule's id; empty for a rule of all. */
  rules: z.record(z.string().max(40), text),
});
export type ExperimentForm = z.infer<typeof experimentFormSchema>;
export type ArmForm = ExperimentForm["arms"][number];

export const emptyTrigger: TriggerForm = {
  kind: "qualified",
  type: "",
  n: "",
  from: "1",
  to: "",
  count: "5",
  repeats: true,
};
export const emptyGroup: GroupForm = { group: "all", parts: [] };
export const emptyCap: CapForm = { who: "person", per: "month", rewards: "", cost: "" };
export const emptyBenefit: BenefitForm = {
  kind: "credit",
  percent: "",
  unitCost: "",
  title: "",
  to: "",
  at: "",
  codes: "own",
  pattern: "",
  poolId: "",
};
export const emptyCalculator: CalculatorForm = {
  kind: "fixed",
  amount: "",
  percent: "",
  per: "1",
  atLeast: "",
  atMost: "",
  skus: [],
  categories: [],
  counted: "confirmed_referrals",
  steps: [{ from: "", amount: "" }],
};

/** A condition of a kind, nothing filled in. */
export function emptyLeaf(kind: LeafForm["kind"]): LeafForm {
  return {
    kind,
    items: [],
    amount: "",
    of: "owner",
    trait: "",
    what: "click",
    counted: "confirmed_referrals",
    atLeast: "",
    atMost: "",
    days: [1, 2, 3, 4, 5, 6, 7],
    from: "",
    to: "",
  };
}

export function isGroup(node: NodeForm): node is GroupForm {
  return "group" in node;
}
