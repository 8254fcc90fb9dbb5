import { z } from "zod";
import { type AmountBenefit, titleSchema } from "../benefit";

const schema = z.strictObject({ kind: z.literal("donation"), to: titleSchema("To whom?") });

/** Money that the merchant gives to somebody else in the customer's name. */
export const donation = {
  schema,
  form: {
    label: "A donation",
    hint: "You give to somebody else in their name.",
    fields: [
      {
        name: "to",
        label: "To whom",
        hint: "In your customers’ words, like “the reading fund”.",
        control: "text",
        maxLength: 120,
      },
    ],
  },
  delivery: "staff",
  hasAmount: true,
  publicFields: ["to"],
  words: ({ to }, amount, { t }) => t("benefit.donation", { amount, to }),
  shareWords: ({ to }, percent, lines, { t }) =>
    lines === null
      ? t("benefit.shareDonation", { percent, to })
      : t("benefit.linesDonation", { percent, lines, to }),
} satisfies AmountBenefit<z.infer<typeof schema>>;
