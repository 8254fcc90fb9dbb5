import { z } from "zod";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import type { Scope } from "@/lib/merchants/scope";
import { emptyForm, formInputSchema, programFormSchema } from "./program-form";
import { programNameSchema } from "../schema";
import { type Terms, termsSchema } from "@/lib/terms/schema";

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
