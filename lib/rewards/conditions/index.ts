import type { Condition } from "@/lib/programs/schema";
import { newCustomer } from "./new-customer";
import { orderTotal } from "./order-total";

/** What conditions may look at. Amounts in minor units of the program's currency. */
export type ConditionFacts = {
  currency: string;
  /** What is left of the order after refunds; null where no order is involved. */
  orderMinor: bigint | null;
  isNewCustomer: boolean;
};

/** A leaf's answer, with its reason in plain words whichever way it went. */
export type Verdict = { holds: boolean; code: string; message: string };

/** Whether a tree of conditions holds, and the reason of every leaf that was asked. */
export function evaluate(condition: Condition, facts: ConditionFacts): { holds: boolean; reasons: Verdict[] } {
  if ("all" in condition) return combine(condition.all, facts, (results) => results.every(Boolean));
  if ("any" in condition) return combine(condition.any, facts, (results) => results.some(Boolean));
  if ("none" in condition) return combine(condition.none, facts, (results) => !results.some(Boolean));
  const verdict = condition.kind === "order_total" ? orderTotal(condition, facts) : newCustomer(facts);
  return { holds: verdict.holds, reasons: [verdict] };
}

function combine(parts: Condition[], facts: ConditionFacts, holds: (results: boolean[]) => boolean) {
  const answers = parts.map((part) => evaluate(part, facts));
  return { holds: holds(answers.map((answer) => answer.holds)), reasons: answers.flatMap((answer) => answer.reasons) };
}
