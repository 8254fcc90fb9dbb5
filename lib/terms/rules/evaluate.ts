import type { Condition, Leaf } from "../schema";
import { category } from "../kinds/conditions/category";
import { channel } from "../kinds/conditions/channel";
import { count } from "../kinds/conditions/count";
import { country } from "../kinds/conditions/country";
import { currency } from "../kinds/conditions/currency";
import { daysSince } from "../kinds/conditions/days-since";
import type { ConditionFacts } from "../facts/conditions";
import { newCustomer } from "../kinds/conditions/new-customer";
import { orderTotal } from "../kinds/conditions/order-total";
import { product } from "../kinds/conditions/product";
import { segment } from "../kinds/conditions/segment";
import { tier } from "../kinds/conditions/tier";
import { time } from "../kinds/conditions/time";
import { trait } from "../kinds/conditions/trait";
import type { Verdict } from "../kinds/conditions/verdict";

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
