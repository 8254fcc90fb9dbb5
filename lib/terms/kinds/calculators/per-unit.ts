import { z } from "zod";
import { currencyAsset, parseMoney } from "@/lib/core/money";
import { decimalText } from "../../schema/amounts";
import { moneyWords } from "../../words/amounts";
import { boundedWords, type CalculatorKind, isZero, upTo } from "../calculator";
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
  minor({ amount, per, lines, atMost }, facts, asset) {
    const units = baseOf(lines, facts) / parseMoney(per, currencyAsset(facts.currency)).minor;
    return upTo(units * parseMoney(amount, asset).minor, atMost, asset);
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
