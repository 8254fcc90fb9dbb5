import { z } from "zod";
import { listWords, oneOf } from "../../words/lists";
import { type ConditionKind, fewWords, namesSchema, sameText } from "../condition";

const schema = z.strictObject({ kind: z.literal("product"), skus: namesSchema("article") });

/** The order, less what came back whole, has one of the articles. */
export const product = {
  schema,
  form: {
    label: "Articles",
    fields: [
      {
        name: "skus",
        label: "One of these articles is in the order",
        control: "chips",
        item: "article",
        placeholder: "TEA-100, Enter",
      },
    ],
  },
  isAboutOrder: true,
  asks: () => ({ lines: true }),
  judge({ skus }, { lines }) {
    const found = lines?.find((line) => skus.some((sku) => sameText(sku, line.sku)));
    return found
      ? { holds: true, code: "product_bought", message: `The order has ${found.sku}.` }
      : {
          holds: false,
          code: "product_missing",
          message: `It takes an order with ${fewWords(skus)}.`,
        };
  },
  staffWords: ({ skus }) => `with ${oneOf(skus)}`,
  customerWords: ({ skus }, { t, locale }) => [
    t("when.if.product", { list: listWords(skus, locale) }),
  ],
} satisfies ConditionKind<z.infer<typeof schema>>;
