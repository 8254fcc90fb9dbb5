import { z } from "zod";

/**
 * The life of a referral. Clicks that nobody stood behind yet are events; a referral begins with a
 * known friend.
 */
export const REFERRAL_STATES = [
  "clicked",
  "joined",
  "qualified",
  "rewarded",
  "rejected",
  "expired",
  "reversed",
] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];

/** Reasons that the product itself gives; a rejection by hand carries the member's own words. */
const REFERRAL_REASONS = {
  claimed: "Accepted the invitation",
  by_click: "Came through the link",
  by_code: "Used the code",
  by_discount_code: "Used the code at checkout",
  by_visitor: "Came back after a click",
  by_hand: "Added by the shop",
  first_purchase: "Made the first qualifying purchase",
  nth_purchase: "Made the purchase this program requires",
  renewal: "Renewed the subscription",
  goal: "Reached the goal",
  join: "Joined, as this program requires",
  rewards_issued: "All rewards are released",
  existing_customer: "Was already a customer",
  self_referral: "Advocate and friend are the same person",
  duplicate_friend: "The same person was referred before with another email",
  mutual_referral: "The friend had invited the advocate before",
  window_passed: "It didn’t qualify in time",
  refunded: "The order was refunded",
  approved: "Approved by the shop",
} as const;
export type ReferralReason = keyof typeof REFERRAL_REASONS;

/** The words for a stored reason: a known one's, else as written by a member. */
export function reasonWords(reason: string): string {
  return reason in REFERRAL_REASONS ? REFERRAL_REASONS[reason as ReferralReason] : reason;
}

export const rejectSchema = z.object({
  referralId: z.string().min(1).max(40),
  reason: z.string("Enter a reason.").trim().min(3, "Enter a reason.").max(300),
});
export const decideSchema = z.object({ referralId: z.string().min(1).max(40) });
