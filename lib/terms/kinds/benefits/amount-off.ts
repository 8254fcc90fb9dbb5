import { z } from "zod";
import type { AmountBenefit } from "../benefit";
import { codesField, codesSchema } from "../coupon-codes";

const schema = z.strictObject({ kind: z.literal("amount_off"), codes: codesSchema.optional() });

/** An amount off an order, by a code of their own. */
export const amountOff = {
  schema,
  form: {
    label: "An amount off",
    hint: "As a coupon code of their own, for one order.",
    fields: [codesField],
  },
  delivery: "coupon",
  hasAmount: true,
  publicFields: [],
  words: (_, amount, { t }) => t("benefit.amountOff", { amount }),
  shareWords: (_, percent, lines, { t }) =>
    lines === null
      ? t("benefit.shareAmountOff", { percent })
      : t("benefit.linesAmountOff", { percent, lines }),
} satisfies AmountBenefit<z.infer<typeof schema>>;
