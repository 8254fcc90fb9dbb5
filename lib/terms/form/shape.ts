import { z } from "zod";
import { BENEFITS } from "../kinds/benefits";
import { CALCULATORS } from "../kinds/calculators";
import { CONDITIONS, type LeafKind } from "../kinds/conditions";
import { TRIGGERS } from "../kinds/triggers";
import { CAP_PERIODS, SIDES, SIGNAL_KINDS } from "../schema";
import type { KindForm } from "./fields";
import { kindFormSchema } from "./kind-form";

/**
 * A rule as it is filled in: every number, amount and percentage is the text that was typed, every
 * kind keeps the fields of the others, so that nothing typed is lost by looking at another kind.
 */

const text = z.string().max(300).default("");

export const GROUPS = ["all", "any", "none"] as const;
export type GroupKind = (typeof GROUPS)[number];

/** The calculators that a benefit can have that is an amount. */
const { none: _none, ...amountCalculators } = CALCULATORS;
export const AMOUNT_CALCULATORS = amountCalculators;

const triggerFormSchema = kindFormSchema(TRIGGERS);

type LeafForm = KindForm<LeafKind>;
export type GroupForm = { group: GroupKind; parts: NodeForm[] };
export type NodeForm = GroupForm | LeafForm;

const groupFormSchema: z.ZodType<GroupForm> = z.lazy(() =>
  z.strictObject({
    group: z.enum(GROUPS),
    parts: z.array(z.union([groupFormSchema, kindFormSchema(CONDITIONS)])).max(20),
  }),
);

const worthFormShape = {
  benefit: kindFormSchema(BENEFITS),
  calculator: kindFormSchema(AMOUNT_CALCULATORS),
};
const worthFormSchema = z.strictObject(worthFormShape);
export type WorthForm = z.infer<typeof worthFormSchema>;

const capFormSchema = z.strictObject({
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
  ...worthFormShape,
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

export const fraudFormSchema = z.strictObject({
  holdFrom: text,
  friendsADay: text,
  peopleOfANetwork: text,
  answerDays: text,
  weights: z.record(z.enum(SIGNAL_KINDS), text),
});
export type FraudForm = z.infer<typeof fraudFormSchema>;

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

export const emptyGroup: GroupForm = { group: "all", parts: [] };
export const emptyCap: CapForm = { who: "person", per: "month", rewards: "", cost: "" };

export function isGroup(node: NodeForm): node is GroupForm {
  return "group" in node;
}
