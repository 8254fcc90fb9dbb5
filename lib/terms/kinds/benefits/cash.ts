import { z } from "zod";
import type { AmountBenefit } from "../benefit";

const schema = z.strictObject({ kind: z.literal("cash") });

/** Money that the merchant pays: payable, then part of a payout. */
export const cash = {
  schema,
  form: {
    label: "Cash",
    hint: "Becomes payable, and is part of your next payout.",
    fields: [],
  },
  delivery: "payout",
  hasAmount: true,
  publicFields: [],
  words: (_, amount, { t }) => t("benefit.cash", { amount }),
  shareWords: (_, percent, lines, { t }) =>
    lines === null
      ? t("benefit.shareCash", { percent })
      : t("benefit.linesCash", { percent, lines }),
} satisfies AmountBenefit<z.infer<typeof schema>>;
