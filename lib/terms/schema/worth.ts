import { z } from "zod";
import { type Benefit, BENEFITS, hasAmount } from "../kinds/benefits";
import { type Calculator, CALCULATORS } from "../kinds/calculators";
import { unionOf } from "../kinds/union";

export const benefitSchema = unionOf(BENEFITS);
export const calculatorSchema = unionOf(CALCULATORS);

/** What is given, and how much of it. */
export const worthShape = { benefit: benefitSchema, calculator: calculatorSchema };
export type WorthTerms = { benefit: Benefit; calculator: Calculator };

/**
 * What is given instead when a cap or the budget leaves no room for the benefit itself. It has to
 * fit the budget too.
 */
export const fallbackSchema = z.strictObject(worthShape).superRefine(checkWorth);
export type Fallback = z.infer<typeof fallbackSchema>;

/** An amount needs a calculator, and nothing else has one. */
export function checkWorth({ benefit, calculator }: WorthTerms, context: z.RefinementCtx): void {
  if (hasAmount(benefit) !== (calculator.kind === "none")) return;
  context.addIssue({
    code: "custom",
    path: ["calculator"],
    message: hasAmount(benefit) ? "Say how much." : "This benefit is not an amount.",
  });
}
