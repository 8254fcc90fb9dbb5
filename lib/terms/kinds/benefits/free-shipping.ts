import { z } from "zod";
import { decimalText } from "../../schema/amounts";
import { unitCostField, type WholeBenefit } from "../benefit";
import { codesField, codesSchema } from "../coupon-codes";

const schema = z.strictObject({
  kind: z.literal("free_shipping"),
  unitCost: decimalText,
  codes: codesSchema.optional(),
});

/** Free shipping of an order, by a code of their own. */
export const freeShipping = {
  schema,
  form: {
    label: "Free shipping",
    hint: "As a coupon code of their own, for one order.",
    fields: [unitCostField, codesField],
  },
  delivery: "coupon",
  hasAmount: false,
  publicFields: [],
  unitCost: ({ unitCost }) => unitCost,
  wholeWords: (_, { t }) => t("benefit.freeShipping"),
} satisfies WholeBenefit<z.infer<typeof schema>>;
