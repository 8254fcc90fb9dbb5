import { conditionKind } from "../kinds/conditions";
import type { z } from "zod";
import { readPercent } from "@/lib/core/values/percent";
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
} from "../schema";
import { hasAmount } from "../kinds/benefits";
import { inArm } from "../rules/applying";
import {
  type BenefitForm,
  type CalculatorForm,
  type CapForm,
  type ExperimentForm,
  type GroupForm,
  isGroup,
  type LeafForm,
  type LimitsForm,
  type NodeForm,
  type QualificationForm,
  type RuleForm,
  type TriggerForm,
  type WorthForm,
} from "./shape";

/** What is wrong, at the place that it has in the rule: "conditions.all.0.skus". */
export type Problem = { path: string; message: string };

/** What was read; with problems, as far as it could be understood. */
export type Read<T> = { value: T; problems: Problem[] };

/**
 * Collects what is wrong while texts are turned into values; of several messages for a place the
 * first stands.
 */
class Reader {
  readonly problems: Problem[] = [];

  say(path: string, message: string): void {
    if (!this.problems.some((problem) => problem.path === path))
      this.problems.push({ path, message });
  }

  whole(path: string, text: string, least: number, most: number): number {
    const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    this.say(
      path,
      `Write a whole number from ${least} to ${new Intl.NumberFormat("en").format(most)}.`,
    );
    return least;
  }

  wholeOrNull(path: string, text: string, least: number, most: number): number | null {
    return text.trim() === "" ? null : this.whole(path, text, least, most);
  }

  /** Basis points of "12.5". */
  percent(path: string, text: string): number {
    const value = readPercent(text);
    if (value) return value;
    this.say(path, "Write a percentage like 10 or 12.5.");
    return 1;
  }

  check(schema: z.ZodType, value: unknown, path: string): void {
    for (const issue of schema.safeParse(value).error?.issues ?? []) {
      this.say(
        [...(path ? [path] : []), ...placeOf(issue.path.map(String))].join("."),
        issue.message,
      );
    }
  }
}

const ROWS = new Set(["all", "any", "none", "caps", "steps", "arms", "rules"]);

/** The field that a place belongs to: of a list of words the list, of rows the row. */
function placeOf(path: string[]): string[] {
  const last = path.at(-1);
  const owner = path.at(-2);
  return last !== undefined && /^\d+$/.test(last) && owner !== undefined && !ROWS.has(owner)
    ? path.slice(0, -1)
    : path;
}

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
  const { kind } = form;
  switch (kind) {
    case "goal":
    case "own_event": {
      if (!form.type.trim()) reader.say(`${path}.type`, "Name the event.");
      return { kind, type: form.type.trim() };
    }
    case "nth_purchase":
    case "renewal":
      return { kind, n: reader.whole(`${path}.n`, form.n, 1, 1_000) };
    case "each_purchase": {
      const from = reader.whole(`${path}.from`, form.from, 1, 1_000);
      const to = reader.wholeOrNull(`${path}.to`, form.to, 1, 1_000);
      if (to !== null && to < from) reader.say(`${path}.to`, "The last is before the first.");
      return { kind, from, to };
    }
    case "milestone":
      return {
        kind,
        count: reader.whole(`${path}.count`, form.count, 1, 1_000),
        repeats: form.repeats,
      };
    default:
      return { kind };
  }
}

function readGroup({ group, parts }: GroupForm, path: string, reader: Reader): Condition {
  const read = parts.map((part, index) => readNode(part, `${path}.${group}.${index}`, reader));
  if (group === "any" && read.length === 0)
    reader.say(path, "Add a condition, of which one has to hold.");
  return group === "all" ? { all: read } : group === "any" ? { any: read } : { none: read };
}

function readNode(node: NodeForm, path: string, reader: Reader): Condition {
  if (isGroup(node)) return readGroup(node, path, reader);
  const leaf = readLeaf(node, path, reader);
  reader.check(conditionKind(leaf.kind).schema, leaf, path);
  return leaf;
}

/** Conditions that name one of several: under which field, and what each is called. */
const LISTS: { [kind in LeafForm["kind"]]?: { field: string; item: string } } = {
  product: { field: "skus", item: "article" },
  category: { field: "categories", item: "category" },
  currency: { field: "currencies", item: "currency" },
  country: { field: "countries", item: "country" },
  channel: { field: "channels", item: "channel" },
  segment: { field: "segments", item: "segment" },
  trait: { field: "is", item: "value" },
  tier: { field: "tiers", item: "tier" },
};

function readLeaf(form: LeafForm, path: string, reader: Reader): Leaf {
  const { kind, items, of } = form;
  const listed = LISTS[kind];
  if (listed && items.length === 0)
    reader.say(`${path}.${listed.field}`, `Name at least one ${listed.item}.`);
  const range = () => {
    const atLeast = reader.wholeOrNull(`${path}.atLeast`, form.atLeast, 0, 3_660);
    const atMost = reader.wholeOrNull(`${path}.atMost`, form.atMost, 0, 3_660);
    return { ...(atLeast !== null && { atLeast }), ...(atMost !== null && { atMost }) };
  };
  switch (kind) {
    case "order_total":
      return { kind, atLeast: form.amount.trim() };
    case "new_customer":
      return { kind };
    case "product":
      return { kind, skus: items };
    case "category":
      return { kind, categories: items };
    case "currency":
      return { kind, currencies: items };
    case "country":
      return { kind, of, countries: items };
    case "channel":
      return { kind, channels: items };
    case "segment":
      return { kind, of, segments: items };
    case "trait": {
      if (!form.trait.trim()) reader.say(`${path}.trait`, "Name the trait.");
      return { kind, of, trait: form.trait.trim(), is: items };
    }
    case "tier":
      return { kind, of, tiers: items };
    case "days_since":
      return { kind, what: form.what, ...range() };
    case "count":
      return { kind, of: form.counted, ...range() };
    case "time": {
      if (form.days.length === 0) reader.say(`${path}.days`, "Choose a day.");
      return {
        kind,
        days: form.days,
        ...(form.from && { from: form.from }),
        ...(form.to && { to: form.to }),
      };
    }
  }
}

function readWorth(
  { benefit, calculator }: WorthForm,
  path: string,
  reader: Reader,
): { benefit: Benefit; calculator: Calculator } {
  const read = readBenefit(benefit, `${path}benefit`, reader);
  return {
    benefit: read,
    calculator: hasAmount(read)
      ? readCalculator(calculator, `${path}calculator`, reader)
      : { kind: "none" },
  };
}

function readBenefit(form: BenefitForm, path: string, reader: Reader): Benefit {
  const { kind } = form;
  const unitCost = form.unitCost.trim() || "0";
  const codes =
    form.codes === "pattern"
      ? { codes: { kind: "pattern" as const, pattern: form.pattern.trim().toUpperCase() } }
      : form.codes === "pool"
        ? { codes: { kind: "pool" as const, poolId: form.poolId } }
        : {};
  switch (kind) {
    case "percent_off":
      return {
        kind,
        percentBp: reader.percent(`${path}.percentBp`, form.percent),
        unitCost,
        ...codes,
      };
    case "amount_off":
      return { kind, ...codes };
    case "free_shipping":
      return { kind, unitCost, ...codes };
    case "gift":
      return { kind, title: form.title.trim(), unitCost };
    case "event_access":
      return { kind, title: form.title.trim(), at: form.at || null, unitCost };
    case "donation":
      return { kind, to: form.to.trim() };
    default:
      return { kind };
  }
}

function readCalculator(form: CalculatorForm, path: string, reader: Reader): Calculator {
  const { kind } = form;
  const lines =
    form.skus.length + form.categories.length === 0
      ? {}
      : {
          lines: {
            ...(form.skus.length > 0 && { skus: form.skus }),
            ...(form.categories.length > 0 && { categories: form.categories }),
          },
        };
  const atMost = form.atMost.trim() || null;
  switch (kind) {
    case "fixed":
      return { kind, amount: form.amount.trim() };
    case "share_of_order":
      return {
        kind,
        shareBp: reader.percent(`${path}.shareBp`, form.percent),
        ...lines,
        ...(form.atLeast.trim() && { atLeast: form.atLeast.trim() }),
        atMost,
      };
    case "per_unit":
      return { kind, amount: form.amount.trim(), per: form.per.trim(), ...lines, atMost };
    case "tiered_by_amount":
      return {
        kind,
        steps: form.steps.map(({ from, amount }) => ({ from: from.trim(), amount: amount.trim() })),
      };
    case "tiered_by_count":
      return {
        kind,
        of: form.counted,
        steps: form.steps.map(({ from, amount }, index) => ({
          from: reader.whole(`${path}.steps.${index}.from`, from, 1, 100_000),
          amount: amount.trim(),
        })),
      };
  }
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
