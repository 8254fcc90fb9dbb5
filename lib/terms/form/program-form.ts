import { writePercent } from "@/lib/core/values/percent";
import { inArm } from "../rules/applying";
import {
  ALWAYS,
  capSchema,
  type Condition,
  type Experiment,
  experimentSchema,
  type Rule,
  type Terms,
  triggerSchema,
} from "../schema";
import { TRIGGERS } from "../kinds/triggers";
import { readGroup, toGroupForm } from "./condition-form";
import { readKind, showKind } from "./kind-form";
import { type Read, Reader } from "./reader";
import { readCap, textOf, toCapForm } from "./rule-form";
import type { ExperimentForm, GroupForm, LimitsForm, QualificationForm } from "./shape";

/** What qualifies a referral, as its form says it. */
export function readQualificationForm(form: QualificationForm): Read<Terms["qualification"]> {
  const to = new Reader();
  const trigger = triggerSchema.safeParse(readKind(form.on, TRIGGERS, "on", to));
  if (!trigger.success) to.say("on.kind", "Choose an event of the friend.");
  return {
    value: {
      trigger: trigger.success ? trigger.data : { kind: "first_purchase" },
      conditions: readGroup(form.conditions, "conditions", to),
    },
    problems: to.problems,
  };
}

/** What qualifies a referral, as it stands in its form. */
export function toQualificationForm({
  trigger,
  conditions,
}: Terms["qualification"]): QualificationForm {
  return { on: showKind(trigger, TRIGGERS), conditions: toGroupForm(conditions) };
}

/** The limits of a whole program, as their form says them. */
export function readLimitsForm(
  form: LimitsForm,
): Read<Pick<Terms, "advocateCap" | "budget" | "caps" | "nominations">> {
  const to = new Reader();
  const caps = form.caps.map((cap, index) => readCap(cap, `caps.${index}`, to));
  const value = {
    advocateCap: to.wholeOrNull("advocateCap", form.advocateCap, 1, 100_000),
    budget: {
      cost: form.budgetCost.trim() || null,
      rewards: to.wholeOrNull("budgetRewards", form.budgetRewards, 1, 10_000_000),
    },
    ...(caps.length > 0 && { caps }),
    ...(form.nominations !== "off" && { nominations: form.nominations }),
  };
  for (const [index, cap] of caps.entries()) to.check(capSchema, cap, `caps.${index}`);
  return { value, problems: to.problems };
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

/** The experiment, and the rules with the arms that the form gives them. */
export function readExperimentForm(
  form: ExperimentForm,
  rules: readonly Rule[],
): Read<{ experiment: Experiment; rules: Rule[] }> {
  const to = new Reader();
  const experiment: Experiment = {
    id: form.id,
    question: form.question.trim(),
    arms: form.arms.map(({ id, name, drawn, percent, segment }, index) => ({
      id,
      name: name.trim(),
      shareBp: drawn ? to.percent(`arms.${index}.shareBp`, percent) : null,
      segment: drawn ? null : readSegment(segment, `arms.${index}.segment`, to),
    })),
  };
  // Segments are checked leaf by leaf already.
  const arms = experiment.arms.map((arm) => ({ ...arm, segment: arm.segment && ALWAYS }));
  to.check(experimentSchema, { ...experiment, arms }, "");
  const known = (arm: string | undefined) =>
    experiment.arms.some(({ id }) => id === arm) ? arm : undefined;
  return {
    value: {
      experiment,
      rules: rules.map((rule) =>
        inArm(rule, rule.id in form.rules ? known(form.rules[rule.id]) : known(rule.arm)),
      ),
    },
    problems: to.problems,
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
      segment: toGroupForm(segment ?? ALWAYS),
    })),
    rules: Object.fromEntries(rules.map(({ id, arm = "" }) => [id, arm])),
  };
}

function readSegment(group: GroupForm, path: string, to: Reader): Condition {
  if (group.parts.length === 0) to.say(path, "Add a condition for who is in this arm.");
  return readGroup(group, path, to);
}
