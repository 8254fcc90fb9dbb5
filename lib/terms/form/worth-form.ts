import { z } from "zod";
import { BENEFITS, hasAmount } from "../kinds/benefits";
import type { WorthTerms } from "../schema";
import { emptyKindForm, kindFormSchema, readKind, showKind } from "./kind-form";
import type { Reader } from "./reader";
import { AMOUNT_CALCULATORS, type WorthForm } from "./shape";

/**
 * What a rule, an item or a prize grants, as its form says it.
 * @param path "" or ends in a dot: problems are said at `<path>benefit` and `<path>calculator`
 */
export function readWorth(
  { benefit, calculator }: WorthForm,
  path: string,
  to: Reader,
): WorthTerms {
  const read = readKind(benefit, BENEFITS, `${path}benefit`, to);
  return {
    benefit: read,
    calculator: hasAmount(read)
      ? readKind(calculator, AMOUNT_CALCULATORS, `${path}calculator`, to)
      : { kind: "none" },
  };
}

/** The same as it stands in its form. */
export function toWorthForm({ benefit, calculator }: WorthTerms): WorthForm {
  return {
    benefit: showKind(benefit, BENEFITS),
    calculator:
      calculator.kind === "none"
        ? emptyKindForm("fixed", AMOUNT_CALCULATORS)
        : showKind(calculator, AMOUNT_CALCULATORS),
  };
}

/** A benefit and a fixed amount of it, as parts of a form that is sent field by field. */
export const fixedWorthShape = {
  benefit: kindFormSchema(BENEFITS),
  calculator: z.object({ amount: z.string().trim().max(300).default("") }).default({ amount: "" }),
};
const fixedWorthSchema = z.object(fixedWorthShape);
export type FixedWorthForm = z.infer<typeof fixedWorthSchema>;

/** What such a form says; problems are said at `<path>benefit` and `<path>calculator`. */
export function readFixedWorth(
  { benefit, calculator }: FixedWorthForm,
  path: string,
  to: Reader,
): WorthTerms {
  return readWorth({ benefit, calculator: { kind: "fixed", ...calculator } }, path, to);
}

/** A benefit and its fixed amount as they stand in such a form. */
export function toFixedWorthForm({ benefit, calculator }: WorthTerms): FixedWorthForm {
  return {
    benefit: showKind(benefit, BENEFITS),
    calculator: { amount: calculator.kind === "fixed" ? calculator.amount : "" },
  };
}
