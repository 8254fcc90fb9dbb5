import type { ConditionFacts } from "@/lib/terms/facts/conditions";
import type { Due } from "@/lib/terms/rules/due";
import { countsFor } from "@/lib/terms/rules/asked";

/**
 * The facts of a decision that may turn out different later: the event behind it and when that
 * happened, what is left of its order, whether the friend is a new customer, and which of several
 * it is. A decision is taken again only when these change. Who people are and what time it is now
 * are not among them: they count as they were.
 * @returns one text, to compare
 */
export function basisOf({ rule, cause, facts }: Pick<Due, "rule" | "cause" | "facts">): string {
  return JSON.stringify([
    cause.eventId,
    facts.at?.toISOString() ?? null,
    facts.orderMinor?.toString() ?? null,
    facts.lines?.map(({ sku, minor }) => [sku, minor.toString()]) ?? null,
    facts.isNewCustomer,
    ...countsOf(rule, facts),
  ]);
}

function countsOf(rule: Due["rule"], { counts }: ConditionFacts): (number | null)[] {
  return (["confirmed_referrals", "friend_purchases", "own_purchases"] as const)
    .filter((kind) => countsFor(rule, kind))
    .map((kind) => counts[kind]);
}
