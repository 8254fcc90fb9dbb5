import { z } from "zod";
import { currencyAsset, decimal, parseMoney } from "@/lib/core/money";
import { decimalText } from "../../schema/amounts";
import { moneyText, moneyWords } from "../../words/amounts";
import type { ConditionKind } from "../condition";

const schema = z.strictObject({ kind: z.literal("order_total"), atLeast: decimalText });

/** The order, less what was refunded, is worth at least so much. */
export const orderTotal = {
  schema,
  form: {
    label: "Order total",
    fields: [
      { name: "atLeast", label: "At least", hint: "Refunds are subtracted.", control: "money" },
    ],
  },
  isAboutOrder: true,
  judge({ atLeast }, { currency, orderMinor }) {
    const asset = currencyAsset(currency);
    const floor = parseMoney(atLeast, asset);
    const wanted = `${decimal(floor)} ${currency}`;
    if (orderMinor === null)
      return {
        holds: false,
        code: "no_order",
        message: `No order yet; it takes one of ${wanted} or more.`,
      };
    const holds = orderMinor >= floor.minor;
    const left = `${decimal({ minor: orderMinor, asset })} ${currency}`;
    return {
      holds,
      code: holds ? "order_large_enough" : "order_too_small",
      message: `The order stands at ${left}; it takes ${wanted} or more.`,
    };
  },
  staffWords: ({ atLeast }, { currency }) => `an order of ${moneyText(atLeast, currency)} or more`,
  customerWords: ({ atLeast }, { t, currency, locale }) => [
    t("when.if.orderTotal", { amount: moneyWords(t, atLeast, currency, locale) }),
  ],
  leastOrder: ({ atLeast }) => atLeast,
} satisfies ConditionKind<z.infer<typeof schema>>;
