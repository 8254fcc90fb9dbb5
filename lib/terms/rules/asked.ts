import type { Condition, Leaf, Terms } from "../schema";
import type { CountKind } from "../facts/conditions";
import { SEGMENT_TRAITS } from "../kinds/conditions/segment";

/**
 * What the conditions and calculators of terms look at beside an order's total: nothing else needs
 * to be read or kept.
 */
export type Asked = {
  /** Lines of orders. */
  lines: boolean;
  /** Where it happened or through which channel: stands in the event. */
  event: boolean;
  /** Traits by name, of anybody. */
  traits: ReadonlySet<string>;
  /** Tiers of anybody. */
  tiers: boolean;
  counts: ReadonlySet<CountKind>;
};

const known = new WeakMap<Terms, Asked>();

export function askedBy(terms: Terms): Asked {
  const found = known.get(terms);
  if (found) return found;
  const traits = new Set<string>();
  const counts = new Set<CountKind>();
  const asked = { lines: false, event: false, traits, tiers: false, counts };
  const conditions = [
    terms.qualification.conditions,
    ...terms.rules.map((rule) => rule.conditions),
    ...(terms.experiment?.arms.flatMap(({ segment }) => (segment ? [segment] : [])) ?? []),
  ];
  for (const leaf of conditions.flatMap(leavesOf)) {
    if (leaf.kind === "product" || leaf.kind === "category") asked.lines = true;
    if (leaf.kind === "country" || leaf.kind === "channel") asked.event = true;
    if (leaf.kind === "country") traits.add("country");
    if (leaf.kind === "trait") traits.add(leaf.trait);
    if (leaf.kind === "segment") SEGMENT_TRAITS.forEach((name) => traits.add(name));
    if (leaf.kind === "tier") asked.tiers = true;
    if (leaf.kind === "count") counts.add(leaf.of);
  }
  for (const { calculator } of terms.rules.flatMap((rule) => [
    rule,
    ...(rule.fallback ? [rule.fallback] : []),
  ])) {
    if ("lines" in calculator && calculator.lines) asked.lines = true;
    if (calculator.kind === "tiered_by_count") counts.add(calculator.of);
  }
  known.set(terms, asked);
  return asked;
}

/** Every question in a tree of conditions. */
export function leavesOf(condition: Condition): Leaf[] {
  if ("all" in condition) return condition.all.flatMap(leavesOf);
  if ("any" in condition) return condition.any.flatMap(leavesOf);
  if ("none" in condition) return condition.none.flatMap(leavesOf);
  return [condition];
}
