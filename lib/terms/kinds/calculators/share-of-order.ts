import { z } from "zod";
import { currencyAsset, divide, parseMoney, POINTS } from "@/lib/core/money";
import { basisPoints, decimalText } from "../../schema/amounts";
import { moneyWords } from "../../words/amounts";
import { boundedWords, type CalculatorKind, isZero, bounded } from "../calculator";
import { baseOf, linesSchema, linesWords } from "../order-lines";

const schema = z.strictObject({
  kind: z.literal("share_of_order"),
  shareBp: basisPoints,
  /** Of a share in points: what one point stands for; a whole unit of the currency by default. */
  pointsPer: decimalText.refine((text) => !isZero(text), "Must be more than 0.").optional(),
  lines: linesSchema.optional(),
  atLeast: decimalText.optional(),
  atMost: decimalText.nullable(),
});

/**
 * A share of the order, or of its matching lines; never less than `atLeast` nor more than `atMost`.
 * In points it is a point for each `pointsPer` of the share, so that the same price brings the same
 * points in every currency, however many decimals that has.
 */
export const shareOfOrder = {
  schema,
  form: {
    label: "A percentage of the order",
    fields: [
      { name: "shareBp", label: "Percentage", control: "percent" },
      { name: "atLeast", label: "Minimum", control: "worth", blank: "left out" },
      { name: "atMost", label: "Maximum", control: "worth", blank: null },
      { name: "lines", label: "Only these products", control: "lines" },
      {
        name: "pointsPer",
        label: "One point for each",
        hint: "Only for points; 1 by default.",
        control: "money",
        blank: "left out",
      },
    ],
  },
  needsOrder: true,
  asks: ({ lines }) => ({ lines: lines !== undefined }),
  work(calculator, facts, asset) {
    const { shareBp, pointsPer, lines } = calculator;
    const base = { minor: baseOf(lines, facts), asset: currencyAsset(facts.currency) };
    if (base.minor === 0n) return [];
    const per = asset === POINTS ? parseMoney(pointsPer ?? "1", base.asset) : undefined;
    const minor = divide(base.minor * BigInt(shareBp), 10_000n * (per?.minor ?? 1n), "down");
    const result = { minor, asset };
    const isLines = lines !== undefined;
    return bounded(
      { step: "share", base, lines: isLines, shareBp, ...(per && { per }), result },
      calculator,
    );
  },
  words(calculator, by) {
    const lines = calculator.lines ? linesWords(calculator.lines, by.locale) : null;
    const share = by.share(calculator.shareBp, lines);
    if (!by.inPoints || calculator.pointsPer === undefined)
      return boundedWords(share, calculator, by);
    const amount = moneyWords(by.t, calculator.pointsPer, by.currency, by.locale);
    return boundedWords(by.t("benefit.pointsPer", { benefit: share, amount }), calculator, by);
  },
} satisfies CalculatorKind<z.infer<typeof schema>>;
