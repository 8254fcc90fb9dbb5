import { z } from "zod";
import { benefitSchema, calculatorSchema, expirySchema } from "@/lib/programs/schema";

/** held → available → issued → used; or voided (before release), expired, reversed (after release). */
export const REWARD_STATES = ["held", "available", "issued", "used", "voided", "expired", "reversed"] as const;
export type RewardState = (typeof REWARD_STATES)[number];

/** What a grant copies from its rule: an edit of the program changes no grant. */
export const frozenTermsSchema = z.object({
  currency: z.string(), benefit: benefitSchema, calculator: calculatorSchema, holdDays: z.int(),
  conditions: z.unknown(), qualificationConditions: z.unknown(), pointCostMilli: z.int(),
  expiry: expirySchema.optional(),
  /** Given without a rule of the program: counted against no cap and no budget. */
  given: z.literal(true).optional(),
});
export type FrozenTerms = z.infer<typeof frozenTermsSchema>;

/** Reasons that the product gives on a reward and its steps; a member's own words stand as written. */
export const REWARD_REASONS = {
  granted: "Earned under the program's rule",
  given_outright: "Given by the shop",
  on_hold: "On hold until the return window is over",
  under_review: "The shop is looking at this referral",
  hold_over: "The hold is over",
  no_hold: "This reward has no hold",
  coupon_issued: "The coupon code is ready",
  credited: "Added to the balance",
  waiting_for_code: "Waiting for a coupon code",
  to_be_given: "Waiting for the shop to hand it over",
  given: "Handed over by the shop",
  handing_over_undone: "Marked as handed over by mistake",
  payable: "To be paid with the next pay-out",
  in_payout: "Part of a pay-out that is being prepared",
  paid: "Paid out",
  coupon_used: "The coupon was used",
  used_before_expiry: "The coupon was used before it expired",
  expired: "It was not used in time",
  expired_unissued: "It was not handed over in time",
  nothing_left: "All of it was spent before it expired",
  refunded: "The order behind it was refunded",
  partly_refunded: "Part of the order behind it was refunded",
  referral_rejected: "The referral was rejected",
  reinstated: "The rejection was undone",
  redemption_cancelled: "Given back, for its points",
} as const;
export type RewardReason = keyof typeof REWARD_REASONS;

/** The words for a stored reason. */
export function rewardReasonWords(reason: string): string {
  return reason in REWARD_REASONS ? REWARD_REASONS[reason as RewardReason] : reason;
}

export const voidSchema = z.object({
  rewardId: z.string().min(1).max(40), reason: z.string("Say why, in a few words.").trim().min(3, "Say why, in a few words.").max(300),
});
export const fulfilSchema = z.object({ rewardId: z.string().min(1).max(40) });
