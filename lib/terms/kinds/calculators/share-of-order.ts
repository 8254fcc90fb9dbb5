import { z } from "zod";
import { parseMoney, shareOf } from "@/lib/core/money";
import { basisPoints, decimalText } from "../../schema/amounts";
import { boundedWords, type CalculatorKind, upTo } from "../calculator";
import { baseOf, linesSchema, linesWords } from "../order-lines";

const schema = z.strictObject({
  kind: z.literal("share_of_order"),
  shareBp: basisPoints,
  lines: linesSchema.optional(),
  atLeast: decimalText.optional(),
  atMost: decimalText.nullable(),
});

/**
 * A share of the order, or of its matching lines; never less than `atLeast` nor more than `atMost`.
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
    ],
  },
  needsOrder: true,
  asks: ({ lines }) => ({ lines: lines !== undefined }),
  minor({ shareBp, lines, atLeast, atMost }, facts, asset) {
    const base = baseOf(lines, facts);
    if (base === 0n) return 0n;
    const share = shareOf(base, shareBp, "down");
    const floor = atLeast === undefined ? 0n : parseMoney(atLeast, asset).minor;
    return upTo(share > floor ? share : floor, atMost, asset);
  },
  words(calculator, by) {
    const lines = calculator.lines ? linesWords(calculator.lines, by.locale) : null;
    return boundedWords(by.share(calculator.shareBp, lines), calculator, by);
  },
} satisfies CalculatorKind<z.infer<typeof schema>>;
