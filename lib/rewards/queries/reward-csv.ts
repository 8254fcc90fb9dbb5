import type { CsvColumns } from "@/lib/core/lists/csv-stream";
import { assetCode, decimal } from "@/lib/core/money";
import type { Scope } from "@/lib/merchants/scope";
import type { RewardRow } from "./rewards";

/** A reward as a line of CSV; its cost in the shop's currency. */
export const rewardColumns = ({ asset: shopAsset }: Scope): CsvColumns<RewardRow> => ({
  id: ({ id }) => id,
  program: ({ programName }) => programName,
  rule: ({ ruleId }) => ruleId,
  side: ({ side }) => side,
  source: ({ source }) => source,
  customer: ({ customerExternalId, customerId }) => customerExternalId ?? customerId,
  name: ({ customerName }) => customerName,
  email: ({ customerEmail }) => customerEmail,
  benefit: ({ terms }) => terms.benefit.kind,
  amount: ({ amountMinor, asset }) => amountOf(amountMinor, asset),
  reversed: ({ reversedMinor, asset }) => amountOf(reversedMinor, asset),
  asset: ({ asset }) => asset && assetCode(asset),
  cost: ({ costMinor }) => decimal({ minor: costMinor, asset: shopAsset }),
  state: ({ state }) => state,
  reason: ({ reason }) => reason,
  under_review: ({ underReview }) => underReview,
  coupon: ({ couponCode }) => couponCode,
  payout: ({ payoutNumber }) => payoutNumber,
  order: ({ orderId }) => orderId,
  referral: ({ referralId }) => referralId,
  granted: ({ grantedAt }) => grantedAt,
  held_until: ({ heldUntil }) => heldUntil,
  issued: ({ issuedAt }) => issuedAt,
  expires: ({ expiresAt }) => expiresAt,
});

function amountOf(minor: bigint | null, asset: RewardRow["asset"]): string | null {
  return minor === null || asset === null ? null : decimal({ minor, asset });
}
