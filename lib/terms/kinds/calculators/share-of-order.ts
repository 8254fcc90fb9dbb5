import { z } from "zod";
import { currencyAsset, divide, parseMoney, POINTS } from "@/lib/core/money";
import { basisPoints, decimalText } from "../../schema/amounts";
import { moneyWords } from "../../words/amounts";
import { boundedWords, type CalculatorKind, isZero, upTo } from "../calculator";
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
  minor({ shareBp, pointsPer, lines, atLeast, atMost }, facts, asset) {
    const base = baseOf(lines, facts);
    if (base === 0n) return 0n;
    const inPoints = asset === POINTS;
    const unit = inPoints ? parseMoney(pointsPer ?? "1", currencyAsset(facts.currency)).minor : 1n;
    const share = divide(base * BigInt(shareBp), 10_000n * unit, "down");
    const floor = atLeast === undefined ? 0n : parseMoney(atLeast, asset).minor;
    return upTo(share > floor ? share : floor, atMost, asset);
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
