import { z } from "zod";
import type { AdvocateTrigger } from "../trigger";

const schema = z.strictObject({ kind: z.literal("own_purchase") });

/** Each purchase of the advocate. */
export const ownPurchase = {
  schema,
  form: { label: "Each purchase of the advocate", fields: [] },
  of: "advocate",
  hasOrder: true,
  qualifies: false,
  isFrequent: true,
  watch: "own_purchase",
  causeRef: (_, action) =>
    action.kind === "purchase" ? { kind: "order", ref: action.order.orderId } : null,
  staffWords: () => "Each purchase of the advocate",
  customerWords: (_, { t }) => t("when.ownPurchase"),
} satisfies AdvocateTrigger<z.infer<typeof schema>>;
