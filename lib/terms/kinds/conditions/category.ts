import { z } from "zod";
import { listWords, oneOf } from "../../words/lists";
import { type ConditionKind, fewWords, namesSchema, sameText } from "../condition";

const schema = z.strictObject({
  kind: z.literal("category"),
  categories: namesSchema("category"),
});

/** The order, less what came back whole, has an article of one of the categories. */
export const category = {
  schema,
  form: {
    label: "Categories",
    fields: [
      {
        name: "categories",
        label: "Something from one of these categories is in the order",
        control: "chips",
        item: "category",
        placeholder: "Tea, Enter",
      },
    ],
  },
  isAboutOrder: true,
  asks: () => ({ lines: true }),
  judge({ categories }, { lines }) {
    const found = lines?.find(
      (line) => line.category !== null && categories.some((name) => sameText(name, line.category!)),
    );
    return found
      ? {
          holds: true,
          code: "category_bought",
          message: `The order has something of ${found.category}.`,
        }
      : {
          holds: false,
          code: "category_missing",
          message: `It takes an order with something of ${fewWords(categories)}.`,
        };
  },
  staffWords: ({ categories }) => `with something from ${oneOf(categories)}`,
  customerWords: ({ categories }, { t, locale }) => [
    t("when.if.category", { list: listWords(categories, locale) }),
  ],
} satisfies ConditionKind<z.infer<typeof schema>>;
