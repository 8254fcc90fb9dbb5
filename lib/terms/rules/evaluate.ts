import type { ConditionFacts } from "../facts/conditions";
import type { Verdict } from "../kinds/condition";
import { conditionKind } from "../kinds/conditions";
import type { Condition } from "../schema";

/**
 * Whether a tree of conditions is met, and the reason of every condition in it. What is not known
 * does not match.
 */
export function evaluate(
  condition: Condition,
  facts: ConditionFacts,
): { holds: boolean; reasons: Verdict[] } {
  if ("all" in condition) return combine(condition.all, facts, (results) => results.every(Boolean));
  if ("any" in condition) return combine(condition.any, facts, (results) => results.some(Boolean));
  if ("none" in condition)
    return combine(condition.none, facts, (results) => !results.some(Boolean));
  const verdict = conditionKind(condition.kind).judge(condition, facts);
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
