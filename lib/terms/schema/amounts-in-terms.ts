import { type Asset, currencyAsset, isCurrency, parseMoney, POINTS } from "@/lib/core/money";
import type { Field } from "../form/fields";
import { benefitKind, isInPoints } from "../kinds/benefits";
import { calculatorKind } from "../kinds/calculators";
import { conditionKind } from "../kinds/conditions";
import type { Condition } from "./conditions";
import type { Rule } from "./rules";
import type { WorthTerms } from "./worth";

type Path = (string | number)[];
type Amount = { path: Path; text: string; asset: Asset };
type Capped = { cost?: string | undefined }[] | undefined;
type AmountsOf = {
  currency: string;
  rules: Rule[];
  caps?: Capped;
  budget: { cost: string | null };
};

/**
 * Where an amount has more decimal places than its currency (points have none), or is too large;
 * null when all fit.
 */
export function firstAmountTooFine(terms: AmountsOf): Path | null {
  if (!isCurrency(terms.currency)) return null;
  const misfit = amountsOf(terms, currencyAsset(terms.currency)).find(({ text, asset }) => {
    try {
      parseMoney(text, asset);
      return false;
    } catch {
      return true;
    }
  });
  return misfit?.path ?? null;
}

function amountsOf({ budget, caps, rules }: AmountsOf, currency: Asset): Amount[] {
  const amounts = [
    ...(budget.cost === null
      ? []
      : [{ path: ["budget", "cost"], text: budget.cost, asset: currency }]),
    ...costsOf(caps, ["caps"], currency),
  ];
  for (const [index, rule] of rules.entries()) {
    const path = ["rules", index];
    amounts.push(...amountsOfWorth(rule, currency, path));
    amounts.push(...amountsOfCondition(rule.conditions, currency, [...path, "conditions"]));
    amounts.push(...costsOf(rule.caps, [...path, "caps"], currency));
    if (rule.fallback)
      amounts.push(...amountsOfWorth(rule.fallback, currency, [...path, "fallback"]));
  }
  return amounts;
}

function costsOf(caps: Capped, path: Path, asset: Asset): Amount[] {
  return (caps ?? []).flatMap(({ cost }, index) =>
    cost === undefined ? [] : [{ path: [...path, index, "cost"], text: cost, asset }],
  );
}

function amountsOfWorth({ benefit, calculator }: WorthTerms, currency: Asset, path: Path) {
  const assets = { currency, worth: isInPoints(benefit) ? POINTS : currency };
  return [
    ...amountsOfFields(benefitKind(benefit.kind).form.fields, benefit, assets, [
      ...path,
      "benefit",
    ]),
    ...amountsOfFields(calculatorKind(calculator.kind).form.fields, calculator, assets, [
      ...path,
      "calculator",
    ]),
  ];
}

function amountsOfCondition(condition: Condition, currency: Asset, path: Path): Amount[] {
  for (const branch of ["all", "any", "none"] as const) {
    const parts = (condition as Partial<Record<typeof branch, Condition[]>>)[branch];
    if (parts)
      return parts.flatMap((part, index) =>
        amountsOfCondition(part, currency, [...path, branch, index]),
      );
  }
  if (!("kind" in condition)) return [];
  const { fields } = conditionKind(condition.kind).form;
  return amountsOfFields(fields, condition, { currency, worth: currency }, path);
}

/** The amounts of a kind: those that its form has a field for. */
function amountsOfFields(
  fields: readonly Field[],
  data: object,
  assets: { currency: Asset; worth: Asset },
  path: Path,
): Amount[] {
  const values = data as Readonly<Record<string, unknown>>;
  return fields.flatMap((field): Amount[] => {
    const value = values[field.name];
    const at = [...path, field.name];
    if (field.control === "steps") return amountsOfSteps(value as StepTerms[], field, assets, at);
    if (typeof value !== "string") return [];
    if (field.control === "money") return [{ path: at, text: value, asset: assets.currency }];
    return field.control === "worth" ? [{ path: at, text: value, asset: assets.worth }] : [];
  });
}

type StepTerms = { from: number | string; amount: string };

function amountsOfSteps(
  steps: readonly StepTerms[],
  field: { from: "whole" | "money" },
  assets: { currency: Asset; worth: Asset },
  path: Path,
): Amount[] {
  return steps.flatMap(({ from, amount }, index) => [
    { path: [...path, index, "amount"], text: amount, asset: assets.worth },
    ...(field.from === "money"
      ? [{ path: [...path, index, "from"], text: String(from), asset: assets.currency }]
      : []),
  ]);
}
