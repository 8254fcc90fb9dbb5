import type { ConditionFacts } from "../../facts/conditions";
import { type LeafOf, listWords, type Verdict } from "./verdict";

/** The order was paid in one of the currencies. */
export function currency(
  { currencies }: LeafOf<"currency">,
  { orderCurrency }: ConditionFacts,
): Verdict {
  const holds = orderCurrency !== null && currencies.includes(orderCurrency);
  if (holds)
    return { holds, code: "currency_right", message: `The order was in ${orderCurrency}.` };
  const found = orderCurrency ? `this one was in ${orderCurrency}` : "there is none";
  return {
    holds,
    code: "currency_other",
    message: `It takes an order in ${listWords(currencies)}; ${found}.`,
  };
}
