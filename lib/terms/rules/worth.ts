import {
  type Asset,
  costOfPoints,
  currencyAsset,
  type Money,
  parseMoney,
  POINTS,
  shareOf,
} from "@/lib/core/money";
import { benefitKind, isInPoints } from "../kinds/benefits";
import type { WorthFacts } from "../kinds/calculator";
import { calculatorKind } from "../kinds/calculators";
import type { Benefit, Rule, WorthTerms } from "../schema";

/**
 * What a rule gives when its conditions are met: the amount (null for what is not an amount) and
 * what it costs, in minor units of the program's currency.
 */
export type Worth = { amount: Money | null; costMinor: bigint };

/**
 * What points are worth to the merchant, and how many more of them there are for this person now.
 */
export type PointPrice = {
  /** What a point costs, in thousandths of a minor unit. */
  pointCostMilli: number;
  /** 10,000, the default, is once, 20,000 twice. Only points are multiplied. */
  multiplierBp?: number | undefined;
};

/** What an amount of this benefit is counted in. */
export function benefitAsset(benefit: Pick<Benefit, "kind">, currency: string): Asset {
  return isInPoints(benefit) ? POINTS : currencyAsset(currency);
}

/** Whether a rule gives points, at least where a limit leaves no room for its benefit. */
export function givesPoints({ benefit, fallback }: Pick<Rule, "benefit" | "fallback">): boolean {
  return isInPoints(benefit) || (fallback !== undefined && isInPoints(fallback.benefit));
}

/** The worth of a benefit. All fractions round down: a program never pays more than it promised. */
export function worthOf(
  { benefit, calculator }: WorthTerms,
  facts: WorthFacts,
  price: PointPrice,
): Worth {
  const kind = benefitKind(benefit.kind);
  if (!kind.hasAmount) {
    const cost = parseMoney(kind.unitCost(benefit), currencyAsset(facts.currency));
    return { amount: null, costMinor: cost.minor };
  }
  const asset = benefitAsset(benefit, facts.currency);
  const once = calculatorKind(calculator.kind).minor(calculator, facts, asset);
  const minor = kind.inPoints ? shareOf(once, price.multiplierBp ?? 10_000, "down") : once;
  return { amount: { minor, asset }, costMinor: costOf({ minor, asset }, price.pointCostMilli) };
}

/**
 * What an amount costs the merchant in minor units of its currency; points at their unit cost,
 * rounded up.
 */
export function costOf(amount: Money, pointCostMilli: number): bigint {
  return amount.asset === POINTS ? costOfPoints(amount.minor, pointCostMilli) : amount.minor;
}
