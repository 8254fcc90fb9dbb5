import { z } from "zod";
import { addDays, dateInZone, isTimeZone, startOfDateInZone } from "@/lib/core/time";
import { keepUnshown } from "./form-merge";
import { ALWAYS, changesBetween, mainRule } from "./rules";
import {
  type Benefit,
  type Calculator,
  type Condition,
  programNameSchema,
  type Rule,
  type Terms,
  termsSchema,
  type Trigger,
} from "./schema";

/**
 * The one-page program form: flat fields as a person fills them in, and the way from them to terms
 * and back. Amounts are decimal text in the merchant's currency, percentages whole or half per
 * cents as text.
 */

export const BENEFIT_CHOICES = [
  "percent_off",
  "amount_off",
  "free_shipping",
  "credit",
  "cash",
  "points",
  "gift",
  "none",
] as const;
export const TRIGGER_CHOICES = ["join", "first_purchase", "first_purchase_over", "goal"] as const;
/** In place of a choice: what the rules say beyond the form's fields, as it is. */
export const KEPT = "kept";

const text = z.string().trim().max(10_000).default("");
const choice = z.enum([...BENEFIT_CHOICES, KEPT]);
const wholeDays = (least: number, most: number) => {
  const words = `Write a number of days from ${least} to ${most}.`;
  return z.coerce.number(words).int(words).min(least, words).max(most, words);
};

const formShape = z.object({
  name: text,
  advocateBenefit: choice,
  advocateAmount: text,
  advocateGift: text,
  advocateUnitCost: text,
  friendBenefit: choice,
  friendAmount: text,
  friendGift: text,
  friendUnitCost: text,
  /** When the friend's own reward is due: on joining, or once the referral is confirmed. */
  friendOn: z.enum(["join", "qualified"]),
  trigger: z.enum([...TRIGGER_CHOICES, KEPT]),
  triggerAmount: text,
  goalType: text,
  newCustomersOnly: z.coerce.boolean(),
  holdDays: wholeDays(0, 365),
  windowDays: wholeDays(1, 730),
  advocateCap: text,
  budgetCost: text,
  budgetRewards: text,
  /** Calendar dates in the merchant's zone; the end date is the last day. */
  startsOn: text,
  endsOn: text,
  destination: z.enum(["invite", "shop"]),
  destinationUrl: text,
  termsEn: text,
  termsSq: text,
  termsZh: text,
});
export type ProgramForm = z.infer<typeof formShape>;

const FIELD_WORDS: Partial<Record<keyof typeof formShape.shape, string>> = {
  advocateBenefit: "What the one who shares gets; none unless told.",
  advocateAmount: '"10" of money or points, "15" for per cents.',
  advocateGift: "The gift in words.",
  advocateUnitCost: "What one gift or coupon costs you.",
  friendBenefit: "What the friend gets; none unless told.",
  friendOn: "When the friend gets it: on joining, or once the referral is confirmed.",
  trigger: "What confirms a referral.",
  triggerAmount: "For first_purchase_over: from which amount on.",
  goalType: "For goal: the type of event.",
  newCustomersOnly: "Friends who ordered before do not count; true unless told.",
  holdDays: "How long rewards wait for a return; your shop's return window unless told.",
  windowDays: "How long a friend has to qualify; 90 unless told.",
  advocateCap: "Rewards that one advocate can earn.",
  budgetCost: "What all rewards may cost together.",
  budgetRewards: "How many rewards there may be.",
  startsOn: "A date of your time zone, as 2026-11-21.",
  endsOn: "The last day.",
  destination: "Where a link leads: our invitation, or your shop.",
};

/**
 * The form as the API takes it: every field may be left out, and stands then as in an empty form.
 */
export const formInputSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(formShape.shape).map(([field, schema]) => {
      const description = FIELD_WORDS[field as FormField];
      const given = (
        schema instanceof z.ZodDefault
          ? schema.unwrap()
          : schema instanceof z.ZodEnum
            ? withoutKept(schema)
            : schema
      ).optional();
      return [field, description ? given.meta({ description }) : given];
    }),
  ),
);

/** Only an edited program has something to keep. */
function withoutKept(schema: z.ZodEnum): z.ZodType {
  return schema.options.includes(KEPT) ? schema.exclude([KEPT]) : schema;
}

/**
 * A filled-in form turned into a name and terms; issues carry the form's own field names.
 * @param before the terms being edited: what the form has no fields for stays as it is in them
 */
export function programFormSchema(currency: string, timeZone: string, before: Terms | null = null) {
  return formShape.transform((form, context) => {
    const problems: Problem[] = [];
    const name = programNameSchema.safeParse(form.name);
    if (!name.success) problems.push({ field: "name", message: name.error.issues[0]!.message });
    const terms = toTerms(form, currency, timeZone, problems, before);
    const checked = termsSchema.safeParse(terms);
    for (const issue of checked.error?.issues ?? []) {
      problems.push({
        field: fieldOf(issue.path.map(String), terms.rules),
        message: issue.message,
      });
    }
    if (checked.success && name.success && problems.length === 0)
      return { name: name.data, terms: checked.data };
    // All at once, so that nobody mends a form in rounds; of several messages for a field the first
    // is the plainest.
    for (const { field, message } of problems)
      context.addIssue({ code: "custom", path: [field], message });
    return z.NEVER;
  });
}

type Problem = { field: keyof ProgramForm; message: string };
export type FormField = keyof ProgramForm;

/**
 * A form that is still being filled in, as far as it can be understood: for a preview. A field that
 * cannot be read yet stands at its default in the terms and is named in `unclear`.
 * @param raw texts by field; a checkbox that is not ticked is absent
 */
export function previewForm(
  raw: Readonly<Record<string, unknown>>,
  currency: string,
  timeZone: string,
  before: Terms | null = null,
): { name: string; terms: Terms; unclear: ReadonlySet<FormField> } {
  const unclear = new Set<FormField>();
  const form: Record<string, unknown> = { ...emptyForm(0), newCustomersOnly: false };
  for (const [field, schema] of Object.entries(formShape.shape)) {
    const parsed = schema.safeParse(raw[field]);
    if (parsed.success) form[field] = parsed.data;
    else unclear.add(field as FormField);
  }
  if (!programNameSchema.safeParse(form.name).success) unclear.add("name");
  const problems: Problem[] = [];
  const terms = toTerms(form as ProgramForm, currency, timeZone, problems, before);
  for (const { field } of problems) unclear.add(field);
  for (const issue of termsSchema.safeParse(terms).error?.issues ?? [])
    unclear.add(fieldOf(issue.path.map(String), terms.rules));
  return { name: String(form.name), terms, unclear };
}

/**
 * True when the form shows all of the terms: what came by the API may say more than it has fields
 * for.
 */
export function formCovers(name: string, terms: Terms, timeZone: string): boolean {
  const form = toForm(name, terms, timeZone);
  const read = programFormSchema(terms.currency, timeZone).safeParse({
    ...form,
    newCustomersOnly: form.newCustomersOnly || "",
  });
  return read.success && changesBetween(terms, read.data.terms).length === 0;
}

function toTerms(
  form: ProgramForm,
  currency: string,
  timeZone: string,
  problems: Problem[],
  before: Terms | null,
): Terms {
  if (!before) {
    for (const field of ["advocateBenefit", "friendBenefit", "trigger"] as const) {
      if (form[field] === KEPT)
        problems.push({ field, message: "There is nothing yet that could stay." });
    }
  }
  const read = readForm(form, currency, timeZone, problems);
  const terms = before
    ? keepUnshown(before, toForm(form.name, before, timeZone), form, read)
    : read;
  if (terms.rules.length === 0)
    problems.push({ field: "advocateBenefit", message: "At least one side gets something." });
  return terms;
}

/** The terms of which the form's fields speak, and nothing else. */
function readForm(
  form: ProgramForm,
  currency: string,
  timeZone: string,
  problems: Problem[],
): Terms {
  const trigger: Trigger =
    form.trigger === "join"
      ? { kind: "join" }
      : form.trigger === "goal"
        ? { kind: "goal", type: form.goalType }
        : { kind: "first_purchase" };
  if (form.trigger === "first_purchase_over" && !form.triggerAmount) {
    problems.push({ field: "triggerAmount", message: "From which amount on?" });
  }
  if (form.trigger === "goal" && !form.goalType)
    problems.push({ field: "goalType", message: "Name the goal." });
  const rules = [
    ...ruleOf("advocate", form, { kind: "qualified" }, problems),
    ...ruleOf("friend", form, { kind: form.friendOn }, problems),
  ];
  return {
    currency,
    rules,
    qualification: {
      trigger,
      conditions:
        form.trigger === "first_purchase_over"
          ? { all: [{ kind: "order_total", atLeast: form.triggerAmount }] }
          : ALWAYS,
    },
    newCustomersOnly: form.newCustomersOnly,
    windowDays: form.windowDays,
    advocateCap: wholeOrNull("advocateCap", form, problems),
    budget: {
      cost: form.budgetCost || null,
      rewards: wholeOrNull("budgetRewards", form, problems),
    },
    startsAt: dateField("startsOn", form, timeZone, 0, problems),
    endsAt: dateField("endsOn", form, timeZone, 1, problems),
    destination:
      form.destination === "shop" ? { kind: "shop", url: form.destinationUrl } : { kind: "invite" },
    termsText: { en: form.termsEn, sq: form.termsSq, zh: form.termsZh },
  };
}

function ruleOf(
  side: "advocate" | "friend",
  form: ProgramForm,
  on: Rule["on"],
  problems: Problem[],
): Rule[] {
  const kind = form[`${side}Benefit`];
  if (kind === "none" || kind === KEPT) return [];
  const amount = form[`${side}Amount`];
  const unitCost = form[`${side}UnitCost`] || "0";
  if (kind !== "gift" && kind !== "free_shipping" && !amount)
    problems.push({ field: `${side}Amount`, message: "Say how much." });
  let benefit: Benefit;
  let calculator: Calculator = { kind: "none" };
  if (kind === "percent_off") {
    benefit = { kind, percentBp: percentToBp(amount, `${side}Amount`, problems), unitCost };
  } else if (kind === "free_shipping") {
    benefit = { kind, unitCost };
  } else if (kind === "gift") {
    benefit = { kind, title: form[`${side}Gift`], unitCost };
  } else {
    benefit = { kind };
    calculator = { kind: "fixed", amount };
  }
  // A friend's reward on joining has nothing that could be returned yet, so it is not held.
  const holdDays = on.kind === "join" ? 0 : form.holdDays;
  return [{ id: side, side, on, conditions: ALWAYS, benefit, calculator, holdDays }];
}

function percentToBp(value: string, field: keyof ProgramForm, problems: Problem[]): number {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(value);
  if (!match && value) problems.push({ field, message: "Write a percentage like 10 or 12.5." });
  return match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : 1;
}

function wholeOrNull(
  field: "advocateCap" | "budgetRewards",
  form: ProgramForm,
  problems: Problem[],
): number | null {
  if (!form[field]) return null;
  if (/^\d{1,8}$/.test(form[field])) return Number(form[field]);
  problems.push({ field, message: "Write a whole number, or leave it empty for no limit." });
  return null;
}

function dateField(
  field: "startsOn" | "endsOn",
  form: ProgramForm,
  timeZone: string,
  plusDays: number,
  problems: Problem[],
): string | null {
  const value = form[field];
  if (!value) return null;
  if (!z.iso.date().safeParse(value).success || !isTimeZone(timeZone)) {
    problems.push({ field, message: "Write a date like 2026-05-31." });
    return null;
  }
  // The last day counts whole: a program that ends on the 31st ends when the 1st begins.
  const day =
    plusDays === 0
      ? value
      : addDays(new Date(`${value}T00:00:00Z`), plusDays)
          .toISOString()
          .slice(0, 10);
  return startOfDateInZone(day, timeZone).toISOString();
}

/** The form field that a problem in the terms belongs to. */
function fieldOf(path: string[], rules: Rule[]): keyof ProgramForm {
  if (path[0] === "rules") {
    const side = rules[Number(path[1])]?.side ?? "advocate";
    if (path.includes("title")) return `${side}Gift`;
    if (path.includes("unitCost")) return `${side}UnitCost`;
    return path.includes("calculator") || path.includes("percentBp")
      ? `${side}Amount`
      : `${side}Benefit`;
  }
  if (path[0] === "qualification") return path.includes("type") ? "goalType" : "triggerAmount";
  if (path[0] === "budget") return path[1] === "cost" ? "budgetCost" : "budgetRewards";
  if (path[0] === "startsAt") return "startsOn";
  if (path[0] === "endsAt") return "endsOn";
  if (path[0] === "destination") return "destinationUrl";
  if (path[0] === "termsText")
    return path[1] === "sq" ? "termsSq" : path[1] === "zh" ? "termsZh" : "termsEn";
  return path[0] === "windowDays"
    ? "windowDays"
    : path[0] === "advocateCap"
      ? "advocateCap"
      : "name";
}

/** The form as it stands for given terms, for editing. */
export function toForm(name: string, terms: Terms, timeZone: string): ProgramForm {
  const friend = mainRule(terms, "friend");
  const advocate = mainRule(terms, "advocate");
  return {
    name,
    advocateBenefit: benefitChoice(advocate, ["qualified"]),
    ...sideFields("advocate", advocate),
    friendBenefit: benefitChoice(friend, ["join", "qualified"]),
    ...sideFields("friend", friend),
    friendOn: friend?.on.kind === "qualified" ? "qualified" : "join",
    ...triggerFields(terms.qualification),
    newCustomersOnly: terms.newCustomersOnly,
    holdDays: (advocate ?? friend)?.holdDays ?? 0,
    windowDays: terms.windowDays,
    advocateCap: terms.advocateCap?.toString() ?? "",
    budgetCost: terms.budget.cost ?? "",
    budgetRewards: terms.budget.rewards?.toString() ?? "",
    startsOn: terms.startsAt ? dateInZone(new Date(terms.startsAt), timeZone) : "",
    endsOn: terms.endsAt ? dateInZone(addDays(new Date(terms.endsAt), -0.5), timeZone) : "",
    destination: terms.destination.kind,
    destinationUrl: terms.destination.kind === "shop" ? terms.destination.url : "",
    termsEn: terms.termsText.en,
    termsSq: terms.termsText.sq,
    termsZh: terms.termsText.zh,
  };
}

/** The form's word for what a main rule gives; kept when it has fields for a part of it only. */
function benefitChoice(
  rule: Rule | undefined,
  triggers: readonly Rule["on"]["kind"][],
): ProgramForm["advocateBenefit"] {
  if (!rule) return "none";
  const choice = BENEFIT_CHOICES.find((kind) => kind === rule.benefit.kind);
  const plain = rule.calculator.kind === "none" || rule.calculator.kind === "fixed";
  return choice && plain && triggers.includes(rule.on.kind) ? choice : KEPT;
}

function triggerFields({
  trigger,
  conditions,
}: Terms["qualification"]): Pick<ProgramForm, "trigger" | "triggerAmount" | "goalType"> {
  const none = { triggerAmount: "", goalType: "" };
  const leaves: Condition[] | null = "all" in conditions ? conditions.all : null;
  if (leaves?.length === 0) {
    if (trigger.kind === "goal") return { ...none, trigger: "goal", goalType: trigger.type };
    if (trigger.kind === "join" || trigger.kind === "first_purchase")
      return { ...none, trigger: trigger.kind };
  }
  const [leaf] = leaves ?? [];
  if (
    trigger.kind === "first_purchase" &&
    leaves?.length === 1 &&
    leaf &&
    "kind" in leaf &&
    leaf.kind === "order_total"
  ) {
    return { ...none, trigger: "first_purchase_over", triggerAmount: leaf.atLeast };
  }
  return { ...none, trigger: KEPT };
}

function sideFields<S extends "advocate" | "friend">(side: S, rule: Rule | undefined) {
  const { benefit, calculator } = rule ?? {};
  const amount =
    benefit?.kind === "percent_off"
      ? String(benefit.percentBp / 100)
      : calculator?.kind === "fixed"
        ? calculator.amount
        : "";
  return {
    [`${side}Amount`]: amount,
    [`${side}Gift`]: benefit?.kind === "gift" ? benefit.title : "",
    [`${side}UnitCost`]:
      benefit && "unitCost" in benefit && benefit.unitCost !== "0" ? benefit.unitCost : "",
  } as Record<`${S}${"Amount" | "Gift" | "UnitCost"}`, string>;
}

/** A fresh form: double-sided, ten off for the friend, ten in credit for the advocate. */
export function emptyForm(returnWindowDays: number): ProgramForm {
  return {
    name: "",
    advocateBenefit: "credit",
    advocateAmount: "10",
    advocateGift: "",
    advocateUnitCost: "",
    friendBenefit: "amount_off",
    friendAmount: "10",
    friendGift: "",
    friendUnitCost: "",
    friendOn: "join",
    trigger: "first_purchase",
    triggerAmount: "",
    goalType: "",
    newCustomersOnly: true,
    holdDays: returnWindowDays,
    windowDays: 90,
    advocateCap: "",
    budgetCost: "",
    budgetRewards: "",
    startsOn: "",
    endsOn: "",
    destination: "invite",
    destinationUrl: "",
    termsEn: "",
    termsSq: "",
    termsZh: "",
  };
}
