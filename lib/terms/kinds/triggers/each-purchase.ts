import { z } from "zod";
import { purchasesOf } from "../../facts/referrals";
import { type FriendTrigger, nthField, nthSchema, ordinal } from "../trigger";

const schema = z
  .strictObject({ kind: z.literal("each_purchase"), from: nthSchema, to: nthSchema.nullable() })
  .refine(({ from, to }) => to === null || to >= from, {
    error: "The last is before the first.",
    path: ["to"],
  });

/**
 * Each of the friend's purchases in the window, from one to another by number; `to` null for all
 * that follow.
 */
export const eachPurchase = {
  schema,
  form: {
    label: "Each purchase of the friend",
    hint: "Within the window, from one to another by number.",
    fields: [
      nthField("from", "From the purchase", "1"),
      {
        name: "to",
        label: "To the purchase",
        hint: "Empty for all that follow.",
        control: "whole",
        least: 1,
        most: 1_000,
        blank: null,
      },
    ],
  },
  of: "friend",
  hasOrder: true,
  qualifies: false,
  isPerOrder: true,
  causes: (_, facts) => purchasesOf(facts),
  take: ({ from, to }) => [from - 1, to ?? undefined],
  staffWords({ from, to }) {
    if (from === to) return `The friend’s ${ordinal(from)} purchase`;
    if (to === null)
      return from === 1
        ? "Each purchase of the friend"
        : `Each purchase of the friend from the ${ordinal(from)} on`;
    return from === 1
      ? `Each of the friend’s first ${to} purchases`
      : `The friend’s purchases from the ${ordinal(from)} to the ${ordinal(to)}`;
  },
  customerWords({ from, to }, { t, reader }) {
    if (from === to) return t(`when.nthPurchase.${reader}`, { n: from });
    if (to === null)
      return from === 1
        ? t(`when.eachPurchase.${reader}`)
        : t(`when.eachPurchaseFrom.${reader}`, { from });
    return from === 1
      ? t(`when.eachPurchaseUpTo.${reader}`, { to })
      : t(`when.eachPurchaseBetween.${reader}`, { from, to });
  },
} satisfies FriendTrigger<z.infer<typeof schema>>;
