import { z } from "zod";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import type { Scope } from "@/lib/merchants/scope";
import { emptyForm, formShape, type ProgramField, programFormSchema } from "./program-form";
import { programNameSchema } from "../schema";
import { type Terms, termsSchema } from "@/lib/terms/schema";

const DESCRIPTIONS: Partial<Record<ProgramField, string>> = {
  advocateBenefit: "What the advocate gets; `none` by default.",
  advocateAmount: '"10" for money or points, "15" for a percentage.',
  advocateGift: "The gift, in words.",
  advocateUnitCost: "What one gift or coupon costs you.",
  friendBenefit: "What the friend gets; `none` by default.",
  friendOn: "When the friend gets it: on joining, or once the referral qualifies.",
  trigger: "What qualifies a referral.",
  triggerAmount: "For `first_purchase_over`: the minimum amount.",
  goalType: "For `goal`: the type of event.",
  newCustomersOnly: "Friends who ordered before do not count; true by default.",
  holdDays: "How long rewards are held for a return; your shop's return window by default.",
  windowDays: "How long a friend has to qualify; 90 by default.",
  advocateCap: "How many rewards one advocate can earn.",
  budgetCost: "What all rewards may cost in total.",
  budgetRewards: "How many rewards can be granted in total.",
  startsOn: "A date in your time zone, such as 2026-11-21.",
  endsOn: "The last day.",
  destination: "Where links lead: the invite page, or your shop.",
};

/** The form as the API takes it: a field that is left out says what it says in an empty form. */
const formInputSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(formShape.shape).map(([field, schema]) => {
      const description = DESCRIPTIONS[field as ProgramField];
      const given = (schema instanceof z.ZodDefault ? schema.unwrap() : schema).optional();
      return [field, description ? given.meta({ description }) : given];
    }),
  ),
);

/**
 * A new program as the API takes it: whole terms under a name, or the dashboard's one-page form.
 */
export const programInputSchema = z
  .strictObject({
    name: programNameSchema.optional(),
    terms: termsSchema.optional(),
    form: formInputSchema.optional().meta({
      description:
        "Instead of `name` and `terms`: the form of the dashboard, with text for amounts " +
        '("10", "19.90") and percentages ("15").',
    }),
    publish: z.boolean().default(false).meta({ description: "Publishes it at once." }),
  })
  .superRefine((input, context) => {
    const missing = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (input.form) {
      if (input.terms) missing("terms", "Send terms or a form, not both.");
      return;
    }
    if (input.name === undefined) missing("name", "Give the program a name.");
    if (input.terms === undefined) missing("terms", "Send the terms, or a form.");
  });
export type ProgramInput = z.infer<typeof programInputSchema>;

/** The name and terms in it. @throws ZodError with the place in the input */
export async function readProgramInput(
  scope: Scope,
  { name, terms, form }: ProgramInput,
): Promise<{ name: string; terms: Terms }> {
  if (!form) return { name: programNameSchema.parse(name), terms: termsSchema.parse(terms) };
  const { returnWindowDays } = await merchantProfile(scope);
  // Nothing is promised that the sender did not say: both sides begin without a reward.
  const blank = {
    ...emptyForm(returnWindowDays),
    advocateBenefit: "none",
    advocateAmount: "",
    friendBenefit: "none",
    friendAmount: "",
  };
  const filled = programFormSchema(scope.currency, scope.timeZone).safeParse({
    ...blank,
    ...(name && { name }),
    ...form,
  });
  if (filled.success) return filled.data;
  throw new z.ZodError(
    filled.error.issues.map((issue) => ({ ...issue, path: ["form", ...issue.path] })),
  );
}
