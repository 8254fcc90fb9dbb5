import { z } from "zod";
import { parseMoney } from "@/lib/core/money";
import { COUNT_KINDS } from "../../facts/conditions";
import { decimalText } from "../../schema/amounts";
import { type CalculatorKind, stepsWords } from "../calculator";
import { countedField } from "../counts";

const schema = z.strictObject({
  kind: z.literal("tiered_by_count"),
  of: z.enum(COUNT_KINDS),
  steps: z
    .array(z.strictObject({ from: z.int().min(1).max(100_000), amount: decimalText }))
    .min(1)
    .max(20)
    .refine(
      (steps) => steps.every(({ from }, index) => index === 0 || steps[index - 1]!.from < from),
      "Each step begins above the one before.",
    ),
});

/** The amount of the last step reached by a count; below the first there is none. */
export const tieredByCount = {
  schema,
  form: {
    label: "In steps, by how often so far",
    fields: [
      countedField("Counted by"),
      { name: "steps", label: "Steps", control: "steps", from: "whole", fromLabel: "From number" },
    ],
  },
  needsOrder: false,
  asks: ({ of }) => ({ counts: [of] }),
  work({ of, steps }, { counts }, asset) {
    const count = counts[of] ?? 0;
    const reached = steps.findLast(({ from }) => from <= count);
    if (!reached) return [];
    const { from, amount } = reached;
    return [{ step: "by_count", of, count, from, result: parseMoney(amount, asset) }];
  },
  words({ of, steps }, by) {
    const { t, worth } = by;
    const key = of === "confirmed_referrals" ? "benefit.fromFriends" : "benefit.fromPurchases";
    return stepsWords(
      steps.map(({ from, amount }) =>
        from === 1 ? worth(amount) : t(key, { benefit: worth(amount), n: from }),
      ),
      by,
    );
  },
  amounts: ({ steps }) => steps.map(({ amount }) => amount),
} satisfies CalculatorKind<z.infer<typeof schema>>;
