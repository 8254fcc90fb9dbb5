import type { CsvColumns } from "@/lib/core/lists/csv-stream";
import type { ReferralRow } from "./referrals";

/** A referral as a line of CSV; people under the shop's own id where it gave one. */
export const referralColumns = (): CsvColumns<ReferralRow> => ({
  id: ({ id }) => id,
  program: ({ programName }) => programName,
  version: ({ programVersion }) => programVersion,
  state: ({ state }) => state,
  reason: ({ reason }) => reason,
  under_review: ({ underReview }) => underReview,
  advocate: ({ advocateExternalId, advocateCustomerId }) =>
    advocateExternalId ?? advocateCustomerId,
  advocate_name: ({ advocateName }) => advocateName,
  advocate_email: ({ advocateEmail }) => advocateEmail,
  code: ({ code }) => code,
  friend: ({ friendExternalId, friendId }) => friendExternalId ?? friendId,
  friend_name: ({ friendName }) => friendName,
  friend_email: ({ friendEmail }) => friendEmail,
  attributed_by: ({ attributedBy }) => attributedBy,
  channel: ({ channel }) => channel,
  clicked: ({ clickedAt }) => clickedAt,
  joined: ({ joinedAt }) => joinedAt,
  qualified: ({ qualifiedAt }) => qualifiedAt,
  rewarded: ({ rewardedAt }) => rewardedAt,
  created: ({ createdAt }) => createdAt,
  expires: ({ expiresAt }) => expiresAt,
});
