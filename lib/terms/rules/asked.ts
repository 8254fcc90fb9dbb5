import type { CountKind } from "../facts/conditions";
import { calculatorKind } from "../kinds/calculators";
import type { Asks } from "../kinds/condition";
import { conditionKind } from "../kinds/conditions";
import { type Calculator, type Condition, leavesOf, type Rule, type Terms } from "../schema";

/**
 * What the conditions and calculators of terms look at beside an order's total: nothing else needs
 * to be read or kept. See `Asks`.
 */
export type Asked = {
  lines: boolean;
  event: boolean;
  traits: ReadonlySet<string>;
  tiers: boolean;
  counts: ReadonlySet<CountKind>;
};

const known = new WeakMap<Terms, Asked>();

export function askedBy(terms: Terms): Asked {
  const found = known.get(terms);
  if (found) return found;
  const conditions = [
    terms.qualification.conditions,
    ...(terms.experiment?.arms.flatMap(({ segment }) => (segment ? [segment] : [])) ?? []),
  ];
  const asked = together([
    ...conditions.flatMap(askedByCondition),
    ...terms.rules.flatMap(askedByRule),
  ]);
  known.set(terms, asked);
  return asked;
}

/** What several terms look at, together. */
export function askedByAll(all: readonly Terms[]): Asked {
  if (all.length === 1) return askedBy(all[0]!);
  const asked = all.map(askedBy);
  return {
    lines: asked.some(({ lines }) => lines),
    event: asked.some(({ event }) => event),
    tiers: asked.some(({ tiers }) => tiers),
    traits: new Set(asked.flatMap(({ traits }) => [...traits])),
    counts: new Set(asked.flatMap(({ counts }) => [...counts])),
  };
}

/** Whether terms look at who people are. */
export function asksForPeople({ traits, tiers }: Pick<Asked, "traits" | "tiers">): boolean {
  return traits.size > 0 || tiers;
}

/** Whether a rule's decision depends on a count. */
export function countsFor(rule: Rule, count: CountKind): boolean {
  return askedByRule(rule).some(({ counts }) => counts?.includes(count));
}

function askedByRule({ conditions, calculator, fallback }: Rule): Asks[] {
  return [
    ...askedByCondition(conditions),
    ...askedByCalculator(calculator),
    ...(fallback ? askedByCalculator(fallback.calculator) : []),
  ];
}

function askedByCondition(condition: Condition): Asks[] {
  return leavesOf(condition).flatMap((leaf) => conditionKind(leaf.kind).asks?.(leaf) ?? []);
}

function askedByCalculator(calculator: Calculator): Asks[] {
  return [calculatorKind(calculator.kind).asks?.(calculator) ?? {}];
}

function together(asks: readonly Asks[]): Asked {
  return {
    lines: asks.some(({ lines }) => lines),
    event: asks.some(({ event }) => event),
    tiers: asks.some(({ tiers }) => tiers),
    traits: new Set(asks.flatMap(({ traits }) => traits ?? [])),
    counts: new Set(asks.flatMap(({ counts }) => counts ?? [])),
  };
}
