import { z } from "zod";
import type { AmountBenefit } from "../benefit";

const schema = z.strictObject({ kind: z.literal("credit") });

/** Store credit, kept as a balance. */
export const credit = {
  schema,
  form: {
    label: "Store credit",
    hint: "Kept as a balance that your shop reads and spends.",
    fields: [],
  },
  delivery: "balance",
  hasAmount: true,
  publicFields: [],
  words: (_, amount, { t }) => t("benefit.credit", { amount }),
  shareWords: (_, percent, lines, { t }) =>
    lines === null
      ? t("benefit.shareCredit", { percent })
      : t("benefit.linesCredit", { percent, lines }),
} satisfies AmountBenefit<z.infer<typeof schema>>;
