import { z } from "zod";
import type { ConditionKind } from "../condition";

const schema = z.strictObject({ kind: z.literal("new_customer") });

/**
 * There was no order before: none of the friend's before being referred, none of the customer's
 * before their own.
 */
export const newCustomer = {
  schema,
  form: {
    label: "New customer",
    hint: "The friend had no order before being referred.",
    fields: [],
  },
  isAboutOrder: true,
  // For a customer's own purchase: whether it is their first.
  asks: () => ({ counts: ["own_purchases"] }),
  judge: (_, { isNewCustomer }) =>
    isNewCustomer
      ? { holds: true, code: "new_customer", message: "There was no order before." }
      : { holds: false, code: "existing_customer", message: "There had been an order before." },
  staffWords: () => "a new customer",
  customerWords: (_, { t }) => [t("when.if.newCustomer")],
} satisfies ConditionKind<z.infer<typeof schema>>;
