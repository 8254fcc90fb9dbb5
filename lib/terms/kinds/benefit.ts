import { z } from "zod";
import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import type { Field, FormOfKind } from "../form/fields";

/**
 * How a reward comes to its owner: as a code for the till, in a balance, in a payout, or by the
 * hands of staff. What is in a balance lies in the account one spends from; the rest is owed apart.
 */
export type Delivery = "coupon" | "balance" | "payout" | "staff";

/** An amount in words and the language that they are in. */
type BenefitContext = { t: Translate; locale: Locale };

type Common<Data extends { kind: string }> = {
  schema: z.ZodType<Data> & z.ZodObject<{ kind: z.ZodLiteral<Data["kind"]> }>;
  form: FormOfKind;
  delivery: Delivery;
  /** Fields that everybody may know of; costs and codes are the shop's business. */
  publicFields: readonly string[];
  /** Its words are the shop's own and stand as written, also in the middle of a sentence. */
  hasOwnWords?: true;
};

/** An amount of money or points; needs a calculator. */
export type AmountBenefit<Data extends { kind: string }> = Common<Data> & {
  hasAmount: true;
  /** Counted in points, not in the program's currency. */
  inPoints?: true;
  /** "$10 store credit". @param amount in words */
  words(benefit: Data, amount: string, by: BenefitContext): string;
  /** "10% of the order as store credit"; of the lines in words, where only those count. */
  shareWords(benefit: Data, percent: string, lines: string | null, by: BenefitContext): string;
};

/** What is not an amount. */
export type WholeBenefit<Data extends { kind: string }> = Common<Data> & {
  hasAmount: false;
  /** What one costs the shop, as an amount of the program's currency. */
  unitCost(benefit: Data): string;
  /** "15% off". */
  wholeWords(benefit: Data, by: BenefitContext): string;
};

/** Everything about a kind of what is given. */
export type BenefitKind<Data extends { kind: string }> = AmountBenefit<Data> | WholeBenefit<Data>;

export const unitCostField: Field = {
  name: "unitCost",
  label: "Estimated cost per unit",
  hint: "Counts against limits and budget, and in what the program earns you.",
  control: "money",
  blank: "0",
};

/** A text of the shop's own. @param missing what to write */
export function titleSchema(missing: string) {
  return z.string().trim().min(1, missing).max(120);
}
