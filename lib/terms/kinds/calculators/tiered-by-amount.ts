import { z } from "zod";
import { currencyAsset, parseMoney } from "@/lib/core/money";
import { readDecimal } from "@/lib/core/values/decimal";
import { decimalText } from "../../schema/amounts";
import { moneyWords } from "../../words/amounts";
import { type CalculatorKind, isZero, stepsWords } from "../calculator";

const schema = z.strictObject({
  kind: z.literal("tiered_by_amount"),
  steps: z
    .array(z.strictObject({ from: decimalText, amount: decimalText }))
    .min(1)
    .max(20)
    .refine(
      (steps) =>
        steps.every(({ from }, index) => index === 0 || isLess(steps[index - 1]!.from, from)),
      "Each step begins above the one before.",
    ),
});

/** The amount of the last step reached by the order's total; below the first there is none. */
export const tieredByAmount = {
  schema,
  form: {
    label: "In steps, by the order’s total",
    fields: [
      {
        name: "steps",
        label: "Steps",
        control: "steps",
        from: "money",
        fromLabel: "From an order of",
      },
    ],
  },
  needsOrder: true,
  work({ steps }, { currency, orderMinor }, asset) {
    if (!orderMinor) return [];
    const base = { minor: orderMinor, asset: currencyAsset(currency) };
    const reached = steps.findLast(({ from }) => parseMoney(from, base.asset).minor <= orderMinor);
    if (!reached) return [];
    const from = parseMoney(reached.from, base.asset);
    return [{ step: "by_amount", base, from, result: parseMoney(reached.amount, asset) }];
  },
  words({ steps }, by) {
    const { t, locale, currency, worth } = by;
    return stepsWords(
      steps.map(({ from, amount }) =>
        isZero(from)
          ? worth(amount)
          : t("benefit.fromAmount", {
              benefit: worth(amount),
              amount: moneyWords(t, from, currency, locale),
            }),
      ),
      by,
    );
  },
  amounts: ({ steps }) => steps.map(({ amount }) => amount),
} satisfies CalculatorKind<z.infer<typeof schema>>;

/** Of two amounts as terms hold them, in a currency that is not known yet. */
function isLess(one: string, other: string): boolean {
  return (readDecimal(one, 4) ?? 0n) < (readDecimal(other, 4) ?? 0n);
}
