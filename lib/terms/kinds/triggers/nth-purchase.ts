import { z } from "zod";
import { purchasesOf } from "../../facts/referrals";
import { type FriendTrigger, nthField, nthSchema, ordinal } from "../trigger";

const schema = z.strictObject({ kind: z.literal("nth_purchase"), n: nthSchema });

/** The nth of the friend's purchases that meet the conditions, within the window. */
export const nthPurchase = {
  schema,
  form: {
    label: "The friend’s nth purchase",
    hint: "Of those that meet the conditions, within the window.",
    fields: [nthField("n", "Which purchase")],
  },
  of: "friend",
  hasOrder: true,
  qualifies: true,
  reason: "Made the purchase this program requires",
  causes: (_, facts) => purchasesOf(facts),
  take: ({ n }) => [n - 1, n],
  staffWords: ({ n }) => `The friend’s ${ordinal(n)} purchase`,
  customerWords: ({ n }, { t, reader }) => t(`when.nthPurchase.${reader}`, { n }),
} satisfies FriendTrigger<z.infer<typeof schema>>;
