import type { CsvColumns } from "@/lib/core/lists/csv-stream";
import type { RedemptionRow } from "./redemptions";

/** A redemption as a line of CSV. */
export const redemptionColumns = (): CsvColumns<RedemptionRow> => ({
  id: ({ id }) => id,
  item: ({ itemName }) => itemName.en,
  points: ({ points }) => String(points),
  state: ({ state }) => state,
  at: ({ at }) => at,
  cancelled: ({ cancelledAt }) => cancelledAt,
  reason: ({ reason }) => reason,
  reward: ({ rewardId }) => rewardId,
  program: ({ programSlug }) => programSlug,
  coupon: ({ couponCode }) => couponCode,
  customer: ({ customerExternalId, customerId }) => customerExternalId ?? customerId,
  name: ({ customerName }) => customerName,
  email: ({ customerEmail }) => customerEmail,
});
