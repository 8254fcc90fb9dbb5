import {
  type Asset,
  costOfPoints,
  currencyAsset,
  type Money,
  parseMoney,
  POINTS,
  shareOf,
} from "@/lib/core/money";
import type { WorthStep } from "../facts/worked";
import { benefitKind, isInPoints } from "../kinds/benefits";
import type { WorthFacts } from "../kinds/calculator";
import { calculatorKind } from "../kinds/calculators";
import type { Benefit, Rule, WorthTerms } from "../schema";

/**
 * What a rule gives when its conditions are met: the amount (null for what is not an amount) and
 * what it costs, in minor units of the program's currency.
 */
export type Worth = {
  amount: Money | null;
  costMinor: bigint;
  /** How the amount was worked out. */
  steps: WorthStep[];
};

/** What makes points count more: somebody's tier, a campaign. */
export type Factor = { name: string; multiplierBp: number };

/**
 * What points are worth to the merchant, and how many more of them there are for this person now.
 */
export type PointPrice = {
  /** What a point costs, in thousandths of a minor unit. */
  pointCostMilli: number;
  /** 10,000, the default, is once, 20,000 twice. Only points are multiplied. */
  multiplierBp?: number | undefined;
  /** What that is made of, where it is known. */
  factors?: readonly Factor[] | undefined;
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
    return { amount: null, costMinor: cost.minor, steps: [] };
  }
  const asset = benefitAsset(benefit, facts.currency);
  const once = calculatorKind(calculator.kind).work(calculator, facts, asset);
  const steps = kind.inPoints ? multiplied(once, price) : once;
  const amount = steps.at(-1)?.result ?? { minor: 0n, asset };
  return { amount, costMinor: costOf(amount, price.pointCostMilli), steps };
}

/** The steps to so many points, and one more where they count more or less than once. */
function multiplied(
  once: WorthStep[],
  { multiplierBp = 10_000, factors }: PointPrice,
): WorthStep[] {
  const before = once.at(-1)?.result;
  if (!before || multiplierBp === 10_000) return once;
  const result = { minor: shareOf(before.minor, multiplierBp, "down"), asset: before.asset };
  return [
    ...once,
    {
      step: "multiplied",
      before,
      factors: factors ? [...factors] : [{ name: null, multiplierBp }],
      multiplierBp,
      result,
    },
  ];
}

/**
 * What an amount costs the merchant in minor units of its currency; points at their unit cost,
 * rounded up.
 */
export function costOf(amount: Money, pointCostMilli: number): bigint {
  return amount.asset === POINTS ? costOfPoints(amount.minor, pointCostMilli) : amount.minor;
}
