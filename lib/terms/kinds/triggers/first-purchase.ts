import { z } from "zod";
import { purchasesOf } from "../../facts/referrals";
import type { FriendTrigger } from "../trigger";

const schema = z.strictObject({ kind: z.literal("first_purchase") });

/** The friend's first purchase that meets the conditions. */
export const firstPurchase = {
  schema,
  form: {
    label: "The friend’s first purchase",
    hint: "The first that meets the conditions.",
    fields: [],
  },
  of: "friend",
  hasOrder: true,
  qualifies: true,
  reason: "Made the first qualifying purchase",
  causes: (_, facts) => purchasesOf(facts),
  staffWords: () => "The friend’s first purchase",
  customerWords: (_, { t, reader }) => t(`when.firstPurchase.${reader}`),
  leastWords: {
    staff: (amount) => `The friend’s first purchase of ${amount} or more`,
    customer: (amount, { t, reader }) => t(`when.firstPurchaseOver.${reader}`, { amount }),
  },
} satisfies FriendTrigger<z.infer<typeof schema>>;
