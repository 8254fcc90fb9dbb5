import { z } from "zod";
import { goalsOf } from "../../facts/referrals";
import { type FriendTrigger, nthField, nthSchema, ordinal } from "../trigger";

const schema = z.strictObject({ kind: z.literal("renewal"), n: nthSchema });

/** The type of the events that tell of a renewed subscription. */
const RENEWAL = "renewal";

/** The nth time that the friend's subscription was renewed. */
export const renewal = {
  schema,
  form: {
    label: "The friend’s nth renewal",
    hint: "Of a subscription: your shop sends events of type renewal.",
    fields: [nthField("n", "Which renewal")],
  },
  of: "friend",
  hasOrder: false,
  qualifies: true,
  reason: "Renewed the subscription",
  eventTypes: () => [RENEWAL],
  causes: (_, facts) => goalsOf(RENEWAL, facts),
  take: ({ n }) => [n - 1, n],
  staffWords: ({ n }) => `The friend’s ${ordinal(n)} renewal`,
  customerWords: ({ n }, { t, reader }) => t(`when.renewal.${reader}`, { n }),
} satisfies FriendTrigger<z.infer<typeof schema>>;
