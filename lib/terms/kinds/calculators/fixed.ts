import { z } from "zod";
import { parseMoney } from "@/lib/core/money";
import { decimalText } from "../../schema/amounts";
import type { CalculatorKind } from "../calculator";

const schema = z.strictObject({ kind: z.literal("fixed"), amount: decimalText });

/** Always the same. */
export const fixed = {
  schema,
  form: {
    label: "Always the same",
    fields: [{ name: "amount", label: "Amount", control: "worth" }],
  },
  needsOrder: false,
  work: ({ amount }, _, asset) => [{ step: "fixed", result: parseMoney(amount, asset) }],
  words: ({ amount }, { worth }) => worth(amount),
} satisfies CalculatorKind<z.infer<typeof schema>>;
