import { z } from "zod";
import { currencyAsset, parseMoney } from "@/lib/core/money";
import { decimalText } from "../../schema/amounts";
import { moneyWords } from "../../words/amounts";
import { boundedWords, type CalculatorKind, isZero, bounded } from "../calculator";
import { baseOf, linesSchema, linesWords } from "../order-lines";

const schema = z.strictObject({
  kind: z.literal("per_unit"),
  amount: decimalText,
  per: decimalText.refine((text) => !isZero(text), "Must be more than 0."),
  lines: linesSchema.optional(),
  atMost: decimalText.nullable(),
});

/** So much for each full `per` of the order, or of its matching lines: 1 point per 1.00. */
export const perUnit = {
  schema,
  form: {
    label: "Per amount spent",
    fields: [
      { name: "amount", label: "Amount", control: "worth" },
      { name: "per", label: "For each", control: "money", initial: "1" },
      { name: "atMost", label: "Maximum", control: "worth", blank: null },
      { name: "lines", label: "Only these products", control: "lines" },
    ],
  },
  needsOrder: true,
  asks: ({ lines }) => ({ lines: lines !== undefined }),
  work(calculator, facts, asset) {
    const { lines } = calculator;
    const base = { minor: baseOf(lines, facts), asset: currencyAsset(facts.currency) };
    if (base.minor === 0n) return [];
    const per = parseMoney(calculator.per, base.asset);
    const amount = parseMoney(calculator.amount, asset);
    const result = { minor: (base.minor / per.minor) * amount.minor, asset };
    const isLines = lines !== undefined;
    return bounded({ step: "per_unit", base, lines: isLines, per, amount, result }, calculator);
  },
  words(calculator, by) {
    const { t, locale, currency, worth } = by;
    const benefit = worth(calculator.amount);
    const amount = moneyWords(t, calculator.per, currency, locale);
    const words = calculator.lines
      ? t("benefit.perUnitLines", { benefit, amount, lines: linesWords(calculator.lines, locale) })
      : t("benefit.perUnit", { benefit, amount });
    return boundedWords(words, calculator, by);
  },
} satisfies CalculatorKind<z.infer<typeof schema>>;
