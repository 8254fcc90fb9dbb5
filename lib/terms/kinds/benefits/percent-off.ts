import { z } from "zod";
import { basisPoints, decimalText } from "../../schema/amounts";
import { percentWords } from "../../words/amounts";
import { unitCostField, type WholeBenefit } from "../benefit";
import { codesField, codesSchema } from "../coupon-codes";

const schema = z.strictObject({
  kind: z.literal("percent_off"),
  percentBp: basisPoints,
  unitCost: decimalText,
  codes: codesSchema.optional(),
});

/** A percentage off an order, by a code of their own. */
export const percentOff = {
  schema,
  form: {
    label: "A percentage off",
    hint: "As a coupon code of their own, for one order.",
    fields: [
      { name: "percentBp", label: "Percentage", control: "percent" },
      unitCostField,
      codesField,
    ],
  },
  delivery: "coupon",
  hasAmount: false,
  publicFields: ["percentBp"],
  unitCost: ({ unitCost }) => unitCost,
  wholeWords: ({ percentBp }, { t, locale }) =>
    t("benefit.percentOff", { percent: percentWords(percentBp, locale) }),
} satisfies WholeBenefit<z.infer<typeof schema>>;
