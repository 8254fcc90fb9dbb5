import { BENEFITS, hasAmount } from "../kinds/benefits";
import { CALCULATORS } from "../kinds/calculators";
import { conditionKind, CONDITIONS } from "../kinds/conditions";
import { triggerKind, TRIGGERS } from "../kinds/triggers";
import { inArm } from "../rules/applying";
import {
  ALWAYS,
  type Benefit,
  type Calculator,
  type Cap,
  capSchema,
  type Condition,
  type Experiment,
  experimentSchema,
  type Leaf,
  type Rule,
  ruleSchema,
  type RuleTrigger,
  type Terms,
  triggerSchema,
  type WorthTerms,
} from "../schema";
import { readKind } from "./kind-form";
import { type Read, Reader } from "./reader";
import {
  type CapForm,
  type ExperimentForm,
  type GroupForm,
  isGroup,
  type LimitsForm,
  type NodeForm,
  type QualificationForm,
  type RuleForm,
  type TriggerForm,
  type WorthForm,
} from "./shape";

/** The rule that a form says. Pure; the inverse of `toRuleForm`. */
export function readRuleForm(form: RuleForm, id: string): Read<Rule> {
  const reader = new Reader();
  const expiry = {
    unissuedDays: reader.wholeOrNull("expiry.unissuedDays", form.expiry.unissuedDays, 1, 3_660),
    issuedDays: reader.wholeOrNull("expiry.issuedDays", form.expiry.issuedDays, 1, 3_660),
    remindDays: reader.wholeOrNull("expiry.remindDays", form.expiry.remindDays, 1, 365),
  };
  const caps = form.caps.map((cap, index) => readCap(cap, `caps.${index}`, reader));
  const rule: Rule = {
    id,
    ...(form.name.trim() && { name: form.name.trim() }),
    side: form.side,
    on: readTrigger(form.on, "on", reader),
    conditions: readGroup(form.conditions, "conditions", reader),
    ...readWorth(form, "", reader),
    holdDays: reader.whole("holdDays", form.holdDays, 0, 365),
    ...(caps.length > 0 && { caps }),
    ...(form.fallback && { fallback: readWorth(form.fallback, "fallback.", reader) }),
    ...(Object.values(expiry).some((days) => days !== null) && { expiry }),
    ...(form.arm && { arm: form.arm }),
    ...(form.off && { off: true as const }),
  };
  // Conditions are checked leaf by leaf: a union of them would only say that none fits.
  reader.check(ruleSchema, { ...rule, conditions: ALWAYS }, "");
  return { value: rule, problems: reader.problems };
}

export function readQualificationForm(form: QualificationForm): Read<Terms["qualification"]> {
  const reader = new Reader();
  const on = readTrigger(form.on, "on", reader);
  const trigger = triggerSchema.safeParse(on);
  if (!trigger.success) reader.say("on.kind", "Choose what the friend does.");
  return {
    value: {
      trigger: trigger.success ? trigger.data : { kind: "first_purchase" },
      conditions: readGroup(form.conditions, "conditions", reader),
    },
    problems: reader.problems,
  };
}

export function readLimitsForm(
  form: LimitsForm,
): Read<Pick<Terms, "advocateCap" | "budget" | "caps" | "nominations">> {
  const reader = new Reader();
  const caps = form.caps.map((cap, index) => readCap(cap, `caps.${index}`, reader));
  const value = {
    advocateCap: reader.wholeOrNull("advocateCap", form.advocateCap, 1, 100_000),
    budget: {
      cost: form.budgetCost.trim() || null,
      rewards: reader.wholeOrNull("budgetRewards", form.budgetRewards, 1, 10_000_000),
    },
    ...(caps.length > 0 && { caps }),
    ...(form.nominations !== "off" && { nominations: form.nominations }),
  };
  for (const [index, cap] of caps.entries()) reader.check(capSchema, cap, `caps.${index}`);
  return { value, problems: reader.problems };
}

/** The experiment, and the rules with the arms that the form gives them. */
export function readExperimentForm(
  form: ExperimentForm,
  rules: readonly Rule[],
): Read<{ experiment: Experiment; rules: Rule[] }> {
  const reader = new Reader();
  const experiment: Experiment = {
    id: form.id,
    question: form.question.trim(),
    arms: form.arms.map(({ id, name, drawn, percent, segment }, index) => ({
      id,
      name: name.trim(),
      shareBp: drawn ? reader.percent(`arms.${index}.shareBp`, percent) : null,
      segment: drawn ? null : readSegment(segment, `arms.${index}.segment`, reader),
    })),
  };
  reader.check(
    experimentSchema,
    {
      ...experiment,
      arms: experiment.arms.map((arm) => ({ ...arm, segment: arm.segment && ALWAYS })),
    },
    "",
  );
  const known = (arm: string | undefined) =>
    experiment.arms.some(({ id }) => id === arm) ? arm : undefined;
  return {
    value: {
      experiment,
      rules: rules.map((rule) =>
        inArm(rule, rule.id in form.rules ? known(form.rules[rule.id]) : known(rule.arm)),
      ),
    },
    problems: reader.problems,
  };
}

function readSegment(group: GroupForm, path: string, reader: Reader): Condition {
  if (group.parts.length === 0) reader.say(path, "Say who is in this arm.");
  return readGroup(group, path, reader);
}

function readTrigger(form: TriggerForm, path: string, reader: Reader): RuleTrigger {
  const trigger = readKind(form, TRIGGERS[form.kind].form, path, reader) as RuleTrigger;
  reader.check(triggerKind(trigger.kind).schema, trigger, path);
  return trigger;
}

function readGroup({ group, parts }: GroupForm, path: string, reader: Reader): Condition {
  const read = parts.map((part, index) => readNode(part, `${path}.${group}.${index}`, reader));
  if (group === "any" && read.length === 0)
    reader.say(path, "Add a condition, of which one has to be true.");
  return group === "all" ? { all: read } : group === "any" ? { any: read } : { none: read };
}

function readNode(node: NodeForm, path: string, reader: Reader): Condition {
  if (isGroup(node)) return readGroup(node, path, reader);
  const leaf = readKind(node, CONDITIONS[node.kind].form, path, reader) as Leaf;
  reader.check(conditionKind(leaf.kind).schema, leaf, path);
  return leaf;
}

function readWorth({ benefit, calculator }: WorthForm, path: string, reader: Reader): WorthTerms {
  const { form } = BENEFITS[benefit.kind];
  const read = readKind(benefit, form, `${path}benefit`, reader) as Benefit;
  if (!hasAmount(read)) return { benefit: read, calculator: { kind: "none" } };
  const how = CALCULATORS[calculator.kind].form;
  const amount = readKind(calculator, how, `${path}calculator`, reader) as Calculator;
  return { benefit: read, calculator: amount };
}

function readCap({ who, per, rewards, cost }: CapForm, path: string, reader: Reader): Cap {
  const count = reader.wholeOrNull(`${path}.rewards`, rewards, 1, 10_000_000);
  return {
    who,
    per,
    ...(count !== null && { rewards: count }),
    ...(cost.trim() && { cost: cost.trim() }),
  };
}
