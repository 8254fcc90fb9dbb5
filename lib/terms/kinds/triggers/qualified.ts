import { z } from "zod";
import type { FriendTrigger } from "../trigger";

const schema = z.strictObject({ kind: z.literal("qualified") });

/** The referral qualifies, whatever qualifies it. */
export const qualified = {
  schema,
  form: {
    label: "The referral qualifies",
    hint: "Whatever qualifies it: set under “What qualifies a referral”.",
    fields: [],
  },
  of: "friend",
  hasOrder: true,
  qualifies: false,
  isQualification: true,
  restsOnQualification: true,
  causes: (_, __, qualifiedBy) => (qualifiedBy ? [qualifiedBy] : []),
  staffWords: () => "The referral qualifies",
  // Customers are told what qualifies it: see `triggerWords`.
  customerWords: (_, { t, reader }) => t(`when.firstPurchase.${reader}`),
} satisfies FriendTrigger<z.infer<typeof schema>>;
