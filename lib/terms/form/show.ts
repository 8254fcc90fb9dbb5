import { writePercent } from "@/lib/core/values/percent";
import { BENEFITS } from "../kinds/benefits";
import { CALCULATORS } from "../kinds/calculators";
import { CONDITIONS } from "../kinds/conditions";
import { TRIGGERS } from "../kinds/triggers";
import type {
  Cap,
  Condition,
  Experiment,
  Leaf,
  Rule,
  RuleTrigger,
  Terms,
  WorthTerms,
} from "../schema";
import { showKind } from "./kind-form";
import {
  type CapForm,
  emptyCalculator,
  type ExperimentForm,
  type GroupForm,
  type GroupKind,
  GROUPS,
  isGroup,
  type LimitsForm,
  type NodeForm,
  type QualificationForm,
  type RuleForm,
  type WorthForm,
} from "./shape";

/** A rule as it stands in its form. The way back is `readRuleForm`. */
export function toRuleForm(rule: Omit<Rule, "id">): RuleForm {
  const {
    name = "",
    side,
    on,
    conditions,
    holdDays,
    caps = [],
    fallback,
    expiry,
    arm = "",
    off = false,
  } = rule;
  return {
    name,
    side,
    on: showKind(on, TRIGGERS),
    conditions: toGroupForm(conditions),
    ...toWorthForm(rule),
    holdDays: String(holdDays),
    expiry: {
      unissuedDays: textOf(expiry?.unissuedDays),
      issuedDays: textOf(expiry?.issuedDays),
      remindDays: textOf(expiry?.remindDays),
    },
    caps: caps.map(toCapForm),
    fallback: fallback ? toWorthForm(fallback) : null,
    arm,
    off,
  };
}

/** What confirms a referral, as it stands in its form. */
export function toQualificationForm({
  trigger,
  conditions,
}: Terms["qualification"]): QualificationForm {
  return { on: showKind(trigger as RuleTrigger, TRIGGERS), conditions: toGroupForm(conditions) };
}

/** The limits of a whole program, as they stand in their form. */
export function toLimitsForm({
  advocateCap,
  budget,
  caps = [],
  nominations = "off",
}: Terms): LimitsForm {
  return {
    advocateCap: textOf(advocateCap),
    budgetCost: budget.cost ?? "",
    budgetRewards: textOf(budget.rewards),
    caps: caps.map(toCapForm),
    nominations,
  };
}

/** An experiment and which rule belongs to which of its arms, as they stand in their form. */
export function toExperimentForm(experiment: Experiment, rules: readonly Rule[]): ExperimentForm {
  return {
    id: experiment.id,
    question: experiment.question,
    arms: experiment.arms.map(({ id, name, shareBp, segment }) => ({
      id,
      name,
      drawn: shareBp !== null,
      percent: shareBp === null ? "" : writePercent(shareBp),
      segment: toGroupForm(segment ?? { all: [] }),
    })),
    rules: Object.fromEntries(rules.map(({ id, arm = "" }) => [id, arm])),
  };
}

/** A group for the whole; a single condition stands in a group of its own. */
export function toGroupForm(condition: Condition): GroupForm {
  const node = toNode(condition);
  return isGroup(node) ? node : { group: "all", parts: [node] };
}

function toNode(condition: Condition): NodeForm {
  for (const group of GROUPS) {
    const parts = (condition as Partial<Record<GroupKind, Condition[]>>)[group];
    if (parts) return { group, parts: parts.map(toNode) };
  }
  return showKind(condition as Leaf, CONDITIONS);
}

function toWorthForm({ benefit, calculator }: WorthTerms): WorthForm {
  return {
    benefit: showKind(benefit, BENEFITS),
    calculator: calculator.kind === "none" ? emptyCalculator : showKind(calculator, CALCULATORS),
  };
}

function toCapForm({ who, per, rewards, cost = "" }: Cap): CapForm {
  return { who, per, rewards: textOf(rewards), cost };
}

function textOf(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

/** "12.5" of 1250. */
