import { writePercent } from "@/lib/core/values/percent";
import {
  type Benefit,
  type Calculator,
  type Cap,
  type Condition,
  type Experiment,
  type Leaf,
  type Rule,
  type RuleTrigger,
  type Terms,
} from "../schema";
import { hasAmount } from "../kinds/benefits";
import {
  type BenefitForm,
  type CalculatorForm,
  type CapForm,
  emptyBenefit,
  emptyCalculator,
  emptyLeaf,
  emptyTrigger,
  type ExperimentForm,
  type GroupForm,
  type GroupKind,
  GROUPS,
  type LeafForm,
  type LimitsForm,
  type NodeForm,
  type QualificationForm,
  type RuleForm,
  type TriggerForm,
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
    on: toTriggerForm(on),
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
  return { on: toTriggerForm(trigger), conditions: toGroupForm(conditions) };
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
  return "group" in node ? node : { group: "all", parts: [node] };
}

function toNode(condition: Condition): NodeForm {
  for (const group of GROUPS) {
    const parts = (condition as Partial<Record<GroupKind, Condition[]>>)[group];
    if (parts) return { group, parts: parts.map(toNode) };
  }
  return toLeafForm(condition as Leaf);
}

function toLeafForm(leaf: Leaf): LeafForm {
  const form = emptyLeaf(leaf.kind);
  switch (leaf.kind) {
    case "order_total":
      return { ...form, amount: leaf.atLeast };
    case "product":
      return { ...form, items: leaf.skus };
    case "category":
      return { ...form, items: leaf.categories };
    case "currency":
      return { ...form, items: leaf.currencies };
    case "country":
      return { ...form, of: leaf.of, items: leaf.countries };
    case "channel":
      return { ...form, items: leaf.channels };
    case "segment":
      return { ...form, of: leaf.of, items: leaf.segments };
    case "trait":
      return { ...form, of: leaf.of, trait: leaf.trait, items: leaf.is };
    case "tier":
      return { ...form, of: leaf.of, items: leaf.tiers };
    case "days_since":
      return {
        ...form,
        what: leaf.what,
        atLeast: textOf(leaf.atLeast),
        atMost: textOf(leaf.atMost),
      };
    case "count":
      return {
        ...form,
        counted: leaf.of,
        atLeast: textOf(leaf.atLeast),
        atMost: textOf(leaf.atMost),
      };
    case "time":
      return { ...form, days: leaf.days, from: leaf.from ?? "", to: leaf.to ?? "" };
    case "new_customer":
      return form;
  }
}

export function toTriggerForm(on: RuleTrigger): TriggerForm {
  return {
    ...emptyTrigger,
    kind: on.kind,
    ...("type" in on && { type: on.type }),
    ...("n" in on && { n: String(on.n) }),
    ...("from" in on && { from: String(on.from), to: textOf(on.to) }),
    ...("count" in on && { count: String(on.count), repeats: on.repeats }),
  };
}

function toWorthForm({
  benefit,
  calculator,
}: {
  benefit: Benefit;
  calculator: Calculator;
}): WorthForm {
  return {
    benefit: toBenefitForm(benefit),
    calculator: hasAmount(benefit) ? toCalculatorForm(calculator) : emptyCalculator,
  };
}

function toBenefitForm(benefit: Benefit): BenefitForm {
  const codes = "codes" in benefit ? benefit.codes : undefined;
  return {
    ...emptyBenefit,
    kind: benefit.kind,
    ...("percentBp" in benefit && { percent: writePercent(benefit.percentBp) }),
    ...("unitCost" in benefit && { unitCost: benefit.unitCost === "0" ? "" : benefit.unitCost }),
    ...("title" in benefit && { title: benefit.title }),
    ...("at" in benefit && { at: benefit.at ?? "" }),
    ...("to" in benefit && { to: benefit.to }),
    ...(codes?.kind === "pattern" && { codes: "pattern" as const, pattern: codes.pattern }),
    ...(codes?.kind === "pool" && { codes: "pool" as const, poolId: codes.poolId }),
  };
}

function toCalculatorForm(calculator: Calculator): CalculatorForm {
  const lines = "lines" in calculator ? calculator.lines : undefined;
  return {
    ...emptyCalculator,
    ...(calculator.kind !== "none" && { kind: calculator.kind }),
    ...("amount" in calculator && { amount: calculator.amount }),
    ...("shareBp" in calculator && { percent: writePercent(calculator.shareBp) }),
    ...("per" in calculator && { per: calculator.per }),
    ...("atLeast" in calculator && { atLeast: calculator.atLeast ?? "" }),
    ...("atMost" in calculator && { atMost: calculator.atMost ?? "" }),
    ...("of" in calculator && { counted: calculator.of }),
    ...("steps" in calculator && {
      steps: calculator.steps.map(({ from, amount }) => ({ from: String(from), amount })),
    }),
    skus: lines?.skus ?? [],
    categories: lines?.categories ?? [],
  };
}

function toCapForm({ who, per, rewards, cost = "" }: Cap): CapForm {
  return { who, per, rewards: textOf(rewards), cost };
}

function textOf(value: number | null | undefined): string {
  return value === null || value === undefined ? "" : String(value);
}

/** "12.5" of 1250. */
