import { z } from "zod";
import {
  ALWAYS,
  type BenefitKind,
  type Rule,
  type Side,
  type Terms,
  termsSchema,
  type Trigger,
} from "@/lib/terms/schema";
import { type FixedWorthForm, readFixedWorth, Reader } from "@/lib/terms/form";
import {
  daysField,
  detailsFieldOf,
  detailsShape,
  type FieldProblem,
  nameProblems,
  readDetails,
  readUnfinished,
} from "./details-form";

/**
 * The one-page form that makes a program: flat fields as a person fills them in, turned into terms.
 * Amounts are decimal text in the merchant's currency, percentages text such as "12.5". A program
 * that is there is edited rule by rule, not with this form.
 */

/** What the form offers; the rules' editor has all kinds of benefits. */
export const SIMPLE_BENEFITS = [
  "credit",
  "amount_off",
  "percent_off",
  "free_shipping",
  "cash",
  "points",
  "gift",
] as const satisfies BenefitKind[];
const BENEFIT_CHOICES = [...SIMPLE_BENEFITS, "none"] as const;
const TRIGGER_CHOICES = ["join", "first_purchase", "first_purchase_over", "goal"] as const;

const text = z.string().trim().max(10_000).default("");

export const formShape = detailsShape.extend({
  advocateBenefit: z.enum(BENEFIT_CHOICES),
  advocateAmount: text,
  advocateGift: text,
  advocateUnitCost: text,
  friendBenefit: z.enum(BENEFIT_CHOICES),
  friendAmount: text,
  friendGift: text,
  friendUnitCost: text,
  /** When the friend's own reward is due: on joining, or once the referral qualifies. */
  friendOn: z.enum(["join", "qualified"]),
  trigger: z.enum(TRIGGER_CHOICES),
  triggerAmount: text,
  goalType: text,
  holdDays: daysField(0, 365),
  advocateCap: text,
  budgetCost: text,
  budgetRewards: text,
});
export type ProgramForm = z.infer<typeof formShape>;
export type ProgramField = keyof ProgramForm;
type Problem = FieldProblem<ProgramField>;

/** A filled-in form turned into a name and terms; issues carry the form's field names. */
export function programFormSchema(currency: string, timeZone: string) {
  return formShape.transform((form, context) => {
    const problems: Problem[] = nameProblems(form.name);
    const terms = readTerms(form, currency, timeZone, problems);
    const checked = termsSchema.safeParse(terms);
    for (const { path, message } of checked.error?.issues ?? [])
      problems.push({ field: fieldOf(path.map(String), terms.rules), message });
    if (checked.success && problems.length === 0) return { name: form.name, terms: checked.data };
    // All at once, so that nobody mends a form in rounds; of several messages for a field the first
    // is the plainest.
    for (const { field, message } of problems)
      context.addIssue({ code: "custom", path: [field], message });
    return z.NEVER;
  });
}

/**
 * A form that is still being filled in, as far as it can be read: for a preview.
 * @param raw texts by field; a checkbox that is not ticked is absent
 * @returns `unclear` names the fields that cannot be read yet; the terms have a default for them
 */
export function previewForm(
  raw: Readonly<Record<string, unknown>>,
  currency: string,
  timeZone: string,
): { terms: Terms; unclear: ReadonlySet<ProgramField> } {
  const empty = { ...emptyForm(0), newCustomersOnly: false };
  const { form, unread } = readUnfinished(formShape, raw, empty);
  const unclear = unread as Set<ProgramField>;
  const problems: Problem[] = nameProblems(form.name);
  const terms = readTerms(form, currency, timeZone, problems);
  for (const { field } of problems) unclear.add(field);
  for (const { path } of termsSchema.safeParse(terms).error?.issues ?? [])
    unclear.add(fieldOf(path.map(String), terms.rules));
  return { terms, unclear };
}

function readTerms(
  form: ProgramForm,
  currency: string,
  timeZone: string,
  problems: Problem[],
): Terms {
  const rules = [
    ...ruleOf("advocate", form, { kind: "qualified" }, problems),
    ...ruleOf("friend", form, { kind: form.friendOn }, problems),
  ];
  if (rules.length === 0)
    problems.push({ field: "advocateBenefit", message: "Choose a reward for at least one side." });
  return {
    currency,
    rules,
    qualification: readQualification(form, problems),
    advocateCap: wholeOrNull("advocateCap", form, problems),
    budget: {
      cost: form.budgetCost || null,
      rewards: wholeOrNull("budgetRewards", form, problems),
    },
    ...readDetails(form, timeZone, (field, message) => void problems.push({ field, message })),
  };
}

function readQualification(form: ProgramForm, problems: Problem[]): Terms["qualification"] {
  const trigger: Trigger =
    form.trigger === "join"
      ? { kind: "join" }
      : form.trigger === "goal"
        ? { kind: "goal", type: form.goalType }
        : { kind: "first_purchase" };
  const over = form.trigger === "first_purchase_over";
  if (over && !form.triggerAmount)
    problems.push({ field: "triggerAmount", message: "Enter a minimum amount." });
  if (form.trigger === "goal" && !form.goalType)
    problems.push({ field: "goalType", message: "Enter the event type." });
  return {
    trigger,
    conditions: over ? { all: [{ kind: "order_total", atLeast: form.triggerAmount }] } : ALWAYS,
  };
}

function ruleOf(side: Side, form: ProgramForm, on: Rule["on"], problems: Problem[]): Rule[] {
  const kind = form[`${side}Benefit`];
  if (kind === "none") return [];
  const to = new Reader();
  const worth = readFixedWorth(sideWorth(side, form), "", to);
  for (const { path, message } of to.problems)
    problems.push({ field: worthField(side, path), message });
  // A friend's reward on joining has nothing that could be returned yet, so it is not held.
  const holdDays = on.kind === "join" ? 0 : form.holdDays;
  return [{ id: side, side, on, conditions: ALWAYS, ...worth, holdDays }];
}

/** What one side gets, as the fields of a benefit. */
export function sideWorth(
  side: Side,
  form: Readonly<Record<ProgramField, unknown>>,
): FixedWorthForm {
  const amount = String(form[`${side}Amount`] ?? "");
  return {
    benefit: {
      kind: form[`${side}Benefit`] as FixedWorthForm["benefit"]["kind"],
      percentBp: amount,
      title: String(form[`${side}Gift`] ?? ""),
      unitCost: String(form[`${side}UnitCost`] ?? ""),
    },
    calculator: { amount },
  };
}

/** The form's field for a place in a side's worth: "benefit.title", "calculator.amount". */
export function worthField(side: Side, place: string): ProgramField {
  if (place.endsWith(".title")) return `${side}Gift`;
  if (place.endsWith(".unitCost")) return `${side}UnitCost`;
  return place.startsWith("calculator") || place.endsWith(".percentBp")
    ? `${side}Amount`
    : `${side}Benefit`;
}

function wholeOrNull(
  field: "advocateCap" | "budgetRewards",
  form: ProgramForm,
  problems: Problem[],
): number | null {
  if (!form[field]) return null;
  if (/^\d{1,8}$/.test(form[field])) return Number(form[field]);
  problems.push({ field, message: "Enter a whole number, or leave it empty for no limit." });
  return null;
}

/** The form field that a problem in the terms belongs to. */
function fieldOf(path: string[], rules: readonly Rule[]): ProgramField {
  if (path[0] === "rules") {
    return worthField(rules[Number(path[1])]?.side ?? "advocate", path.slice(2).join("."));
  }
  if (path[0] === "qualification") return path.includes("type") ? "goalType" : "triggerAmount";
  if (path[0] === "budget") return path[1] === "cost" ? "budgetCost" : "budgetRewards";
  return detailsFieldOf(path) ?? (path[0] === "advocateCap" ? "advocateCap" : "name");
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
