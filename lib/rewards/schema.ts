import { z } from "zod";
import { benefitSchema, calculatorSchema, expirySchema } from "@/lib/terms/schema";

/**
 * held → available → issued → used; or voided (before release), expired, reversed (after it).
 */
export const REWARD_STATES = [
  "held",
  "available",
  "issued",
  "used",
  "voided",
  "expired",
  "reversed",
] as const;
export type RewardState = (typeof REWARD_STATES)[number];

/** What granted a reward: a rule of its program, or the product or staff without one. */
export type RewardSource = "rule" | "catalogue" | "season" | "goodwill";

/** What a grant copies from its rule: an edit of the program changes no grant. */
export const frozenTermsSchema = z.object({
  currency: z.string(),
  benefit: benefitSchema,
  calculator: calculatorSchema,
  holdDays: z.int(),
  conditions: z.unknown(),
  qualificationConditions: z.unknown(),
  pointCostMilli: z.int(),
  expiry: expirySchema.optional(),
  /** By how much its points were multiplied, in basis points; once by default. */
  multiplierBp: z.int().optional(),
  /** What that is made of: a tier, a campaign. Not known of older grants. */
  factors: z.array(z.object({ name: z.string(), multiplierBp: z.int() })).optional(),
  /** The smaller benefit that the rule gives when a limit leaves no room. */
  fallback: z.literal(true).optional(),
  /** The kind of trigger behind it. */
  on: z.string().optional(),
  /** Given without a rule of the program: counted against no cap and no budget. */
  given: z.literal(true).optional(),
});
export type FrozenTerms = z.infer<typeof frozenTermsSchema>;

/**
 * Reasons that the product gives on a reward and its steps; a member's own words stand as written.
 */
const REWARD_REASONS = {
  granted: "Earned under the program's rule",
  given_outright: "A gift from the shop",
  on_hold: "On hold until the return window ends",
  under_review: "The shop is reviewing this referral",
  hold_over: "The hold ended",
  released_early: "The shop ended the hold early",
  no_hold: "This reward has no hold",
  coupon_issued: "The coupon code is ready",
  credited: "Added to the balance",
  waiting_for_code: "Waiting for a coupon code",
  to_be_given: "Waiting for the shop to deliver it",
  given: "Delivered by the shop",
  handing_over_undone: "Marked as delivered by mistake",
  payable: "To be paid with the next payout",
  in_payout: "Part of a payout that is being prepared",
  paid: "Paid out",
  coupon_used: "The coupon was used",
  used_before_expiry: "The coupon was used before it expired",
  coupon_returned: "The order it was used on came back, so the coupon can be used again",
  coupon_order_returned: "The order it was used on came back; the coupon stays used",
  expired: "It was not used in time",
  expired_unissued: "It was not delivered in time",
  nothing_left: "All of it was spent before it expired",
  refunded: "The order behind it was refunded",
  partly_refunded: "Part of the order behind it was refunded",
  kept_back: "Withheld for an earlier reversal",
  recovered: "What it had been spent on came back",
  repayment_returned: "What it repaid came back",
  referral_rejected: "The referral was rejected",
  smaller_benefit: "A limit was reached, so the reward is smaller",
  count_fell: "A qualified friend it was based on no longer counts",
  count_rose: "The qualified friends it is based on count again",
  reinstated: "The rejection was undone",
  superseded: "The purchase behind it no longer counts for it",
  revised: "The order behind it was changed",
  restored: "It counts again",
  redeemed: "Redeemed with points",
  redemption_cancelled: "The redemption was cancelled",
  voided: "Voided by the shop",
} as const;
export type RewardReason = keyof typeof REWARD_REASONS;

/**
 * Why a reward, or a part of it, was voided or reversed: what its owner is told, whatever the words
 * of the step.
 */
export const REVERSAL_REASONS = [
  "refunded",
  "cancelled_by_customer",
  "cancelled_by_shop",
  "voided_by_staff",
  "referral_rejected",
  "too_few_friends",
  "superseded",
] as const;
export type ReversalReason = (typeof REVERSAL_REASONS)[number];

/** The reason on the step, where no member wrote one. */
export const REVERSAL_STEP_REASONS = {
  refunded: "refunded",
  cancelled_by_customer: "redemption_cancelled",
  cancelled_by_shop: "redemption_cancelled",
  voided_by_staff: "voided",
  referral_rejected: "referral_rejected",
  too_few_friends: "count_fell",
  superseded: "superseded",
} as const satisfies Record<ReversalReason, RewardReason>;

/** Why a reward was voided or reversed; older ones are told by the reason of their step. */
export function reversalReasonOf(reward: {
  reason: string;
  reversalReason: ReversalReason | null;
}): ReversalReason {
  if (reward.reversalReason !== null) return reward.reversalReason;
  if (reward.reason === "partly_refunded") return "refunded";
  return (
    REVERSAL_REASONS.find((known) => REVERSAL_STEP_REASONS[known] === reward.reason) ??
    "voided_by_staff"
  );
}

/** Whether a stored reason is one of the product's own; else a member wrote it. */
export function isProductReason(reason: string): reason is RewardReason {
  return Object.hasOwn(REWARD_REASONS, reason);
}

/** The words for a stored reason, for staff. */
export function rewardReasonWords(reason: string): string {
  return isProductReason(reason) ? REWARD_REASONS[reason] : reason;
}

/** A decision over a reward, with the reason for it. */
export const rewardReasonSchema = z.object({
  rewardId: z.string().min(1).max(40),
  reason: z.string("Enter a reason.").trim().min(3, "Enter a reason.").max(300),
});

const rewardId = z.string().min(1).max(40);
const note = z.string().trim().max(300).optional();
/** `note` is shown to the owner: a tracking number, a seat. */
export const deliverSchema = z.object({ rewardId, note });
export const deliverManySchema = z.object({
  rewardIds: z.array(rewardId).min(1, "Choose at least one.").max(200),
  note,
});
export const undoDeliverySchema = z.object({
  rewardId,
  reason: z.string("Enter a reason.").trim().min(3, "Enter a reason.").max(300),
});
export const undoDeliveriesSchema = z.object({
  rewardIds: z.array(rewardId).min(1, "Choose at least one.").max(200),
});
export const noteSchema = z.object({ rewardId, note: z.string().trim().max(300).optional() });
