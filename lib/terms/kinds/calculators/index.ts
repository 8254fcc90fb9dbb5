import type { z } from "zod";
import type { CalculatorKind as KindOfCalculator } from "../calculator";
import { fixed } from "./fixed";
import { none } from "./none";
import { perUnit } from "./per-unit";
import { shareOfOrder } from "./share-of-order";
import { tieredByAmount } from "./tiered-by-amount";
import { tieredByCount } from "./tiered-by-count";

/** Every way to say how much, in the order in which the editor offers them. */
export const CALCULATORS = {
  none,
  fixed,
  share_of_order: shareOfOrder,
  per_unit: perUnit,
  tiered_by_amount: tieredByAmount,
  tiered_by_count: tieredByCount,
} satisfies { [Kind in string]: KindOfCalculator<{ kind: Kind }> };

export type CalculatorKind = keyof typeof CALCULATORS;
/** How much of a benefit. `none` is for benefits that are not an amount. */
export type Calculator = z.infer<(typeof CALCULATORS)[CalculatorKind]["schema"]>;
/** What can be chosen for a benefit that is an amount. */
export type AmountCalculatorKind = Exclude<CalculatorKind, "none">;

/** What is known of the kind of a calculator. */
export function calculatorKind(kind: CalculatorKind): KindOfCalculator<Calculator> {
  return CALCULATORS[kind];
}
