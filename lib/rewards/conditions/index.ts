import type { Condition, Leaf } from "@/lib/programs/schema";
import { category } from "./category";
import { channel } from "./channel";
import { count } from "./count";
import { country } from "./country";
import { currency } from "./currency";
import { daysSince } from "./days-since";
import type { ConditionFacts } from "./facts";
import { newCustomer } from "./new-customer";
import { orderTotal } from "./order-total";
import { product } from "./product";
import { segment } from "./segment";
import { tier } from "./tier";
import { time } from "./time";
import { trait } from "./trait";
import type { Verdict } from "./verdict";

export * from "./facts";
export type { Verdict } from "./verdict";

/**
 * Whether a tree of conditions holds, and the reason of every leaf. What is not known does not
 * hold.
 */
export function evaluate(
  condition: Condition,
  facts: ConditionFacts,
): { holds: boolean; reasons: Verdict[] } {
  if ("all" in condition) return combine(condition.all, facts, (results) => results.every(Boolean));
  if ("any" in condition) return combine(condition.any, facts, (results) => results.some(Boolean));
  if ("none" in condition)
    return combine(condition.none, facts, (results) => !results.some(Boolean));
  const verdict = judge(condition, facts);
  return { holds: verdict.holds, reasons: [verdict] };
}

function combine(
  parts: Condition[],
  facts: ConditionFacts,
  holds: (results: boolean[]) => boolean,
) {
  const answers = parts.map((part) => evaluate(part, facts));
  return {
    holds: holds(answers.map((answer) => answer.holds)),
    reasons: answers.flatMap((answer) => answer.reasons),
  };
}

function judge(leaf: Leaf, facts: ConditionFacts): Verdict {
  switch (leaf.kind) {
    case "order_total":
      return orderTotal(leaf, facts);
    case "new_customer":
      return newCustomer(facts);
    case "product":
      return product(leaf, facts);
    case "category":
      return category(leaf, facts);
    case "currency":
      return currency(leaf, facts);
    case "country":
      return country(leaf, facts);
    case "channel":
      return channel(leaf, facts);
    case "trait":
      return trait(leaf, facts);
    case "segment":
      return segment(leaf, facts);
    case "days_since":
      return daysSince(leaf, facts);
    case "tier":
      return tier(leaf, facts);
    case "time":
      return time(leaf, facts);
    case "count":
      return count(leaf, facts);
  }
}
