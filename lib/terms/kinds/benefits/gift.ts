import { z } from "zod";
import { decimalText } from "../../schema/amounts";
import { titleSchema, unitCostField, type WholeBenefit } from "../benefit";

const schema = z.strictObject({
  kind: z.literal("gift"),
  title: titleSchema("Say what the gift is."),
  unitCost: decimalText,
});

/** A thing or an experience, delivered by staff. */
export const gift = {
  schema,
  form: {
    label: "A gift or an experience",
    hint: "You deliver it; it is in your list until then.",
    fields: [
      {
        name: "title",
        label: "What it is",
        hint: "In your customers’ words.",
        control: "text",
        maxLength: 120,
      },
      unitCostField,
    ],
  },
  delivery: "staff",
  hasAmount: false,
  publicFields: ["title"],
  hasOwnWords: true,
  unitCost: ({ unitCost }) => unitCost,
  wholeWords: ({ title }) => title,
} satisfies WholeBenefit<z.infer<typeof schema>>;
