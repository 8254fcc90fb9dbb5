import { z } from "zod";
import { listWords, oneOf } from "../../words/lists";
import { type ConditionKind, fewWords } from "../condition";

const schema = z.strictObject({
  kind: z.literal("currency"),
  currencies: z
    .array(z.string().regex(/^[A-Z]{3}$/, "Use codes like EUR."))
    .min(1, "Name at least one currency.")
    .max(50),
});

/** The order was paid in one of the currencies. */
export const currency = {
  schema,
  form: {
    label: "Currency",
    fields: [
      {
        name: "currencies",
        label: "The order is in",
        control: "chips",
        item: "currency",
        placeholder: "EUR, Enter",
        as: "upper case",
      },
    ],
  },
  isAboutOrder: true,
  judge({ currencies }, { orderCurrency }) {
    const holds = orderCurrency !== null && currencies.includes(orderCurrency);
    if (holds)
      return { holds, code: "currency_right", message: `The order was in ${orderCurrency}.` };
    const found = orderCurrency ? `this one was in ${orderCurrency}` : "there is none";
    return {
      holds,
      code: "currency_other",
      message: `It takes an order in ${fewWords(currencies)}; ${found}.`,
    };
  },
  staffWords: ({ currencies }) => `an order in ${oneOf(currencies)}`,
  customerWords: ({ currencies }, { t, locale }) => [
    t("when.if.currency", { list: listWords(currencies, locale) }),
  ],
} satisfies ConditionKind<z.infer<typeof schema>>;
