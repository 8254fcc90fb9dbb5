import { z } from "zod";
import type { AmountBenefit } from "../benefit";

const schema = z.strictObject({ kind: z.literal("points") });

/** Points, in lots with an expiry. */
export const points = {
  schema,
  form: { label: "Points", hint: "Added to their points.", fields: [] },
  delivery: "balance",
  hasAmount: true,
  inPoints: true,
  publicFields: [],
  words: (_, amount) => amount,
  shareWords: (_, percent, lines, { t }) =>
    lines === null
      ? t("benefit.sharePoints", { percent })
      : t("benefit.linesPoints", { percent, lines }),
} satisfies AmountBenefit<z.infer<typeof schema>>;
