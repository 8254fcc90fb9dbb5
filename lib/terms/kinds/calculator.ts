import type { z } from "zod";
import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import { type Asset, type Money, parseMoney } from "@/lib/core/money";
import type { ConditionFacts } from "../facts/conditions";
import type { WorthStep } from "../facts/worked";
import type { FormOfKind } from "../form/fields";
import type { Asks } from "./condition";

/** What the worth of a reward is worked out from. */
export type WorthFacts = Pick<ConditionFacts, "currency" | "orderMinor" | "lines" | "counts">;

/** What words about an amount look at. */
export type CalculatorContext = {
  t: Translate;
  locale: Locale;
  currency: string;
  /** The benefit is counted in points. */
  inPoints: boolean;
  /** An amount as the terms hold it, as this benefit: "$10 store credit". */
  worth: (amount: string) => string;
  /** The same without the benefit: "$10". */
  amount: (amount: string) => string;
  /** A share as this benefit: "10% of the order as store credit". */
  share: (basisPoints: number, lines: string | null) => string;
};

/** Everything about a way to say how much of a benefit there is. */
export type CalculatorKind<Data extends { kind: string }> = {
  schema: z.ZodType<Data> & z.ZodObject<{ kind: z.ZodLiteral<Data["kind"]> }>;
  form: FormOfKind;
  /** It takes an order: its total or its lines. */
  needsOrder: boolean;
  asks?(calculator: Data): Asks;
  /**
   * How much, in what the benefit is counted in, step by step: the result of the last step is the
   * amount, and none is nothing. All fractions round down: a program never pays more than it
   * promised.
   */
  work(calculator: Data, facts: WorthFacts, asset: Asset): WorthStep[];
  words(calculator: Data, by: CalculatorContext): string;
  /** The amounts that it may come to, where it has several: a headline tells the largest. */
  amounts?(calculator: Data): readonly string[];
};

/** The step, and one more where it comes to less or more than the terms allow. */
export function bounded(
  step: WorthStep,
  { atLeast, atMost }: { atLeast?: string | undefined; atMost: string | null },
): WorthStep[] {
  const { asset } = step.result;
  const steps = [step];
  const least = atLeast === undefined ? null : parseMoney(atLeast, asset);
  if (least && least.minor > step.result.minor) steps.push({ step: "at_least", result: least });
  const most = atMost === null ? null : parseMoney(atMost, asset);
  if (most && most.minor < steps.at(-1)!.result.minor)
    steps.push({ step: "at_most", result: most });
  return steps;
}

/** The larger of two amounts. */
export function larger(one: Money, other: Money): Money {
  return other.minor > one.minor ? other : one;
}

/** "…, at least $5, up to $20". */
export function boundedWords(
  benefit: string,
  { atLeast, atMost }: { atLeast?: string | undefined; atMost: string | null },
  { t, amount }: CalculatorContext,
): string {
  const least =
    atLeast === undefined || isZero(atLeast)
      ? benefit
      : t("benefit.atLeast", { benefit, amount: amount(atLeast) });
  return atMost === null ? least : t("benefit.upTo", { benefit: least, amount: amount(atMost) });
}

/** "$5, then $10 from the 5th friend on". */
export function stepsWords(steps: readonly string[], { t }: CalculatorContext): string {
  return steps.reduce((first, second) => t("benefit.then", { first, second }));
}

/** Whether an amount as terms hold it is nothing. */
export function isZero(amount: string): boolean {
  return /^0+(\.0+)?$/.test(amount);
}
