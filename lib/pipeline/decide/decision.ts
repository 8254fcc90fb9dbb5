import type { Attribution } from "@/lib/attribution/rules";
import type { UpsertNote } from "@/lib/customers/rules/upsert";
import type { Openness } from "@/lib/programs/rules";
import type { ReferralState } from "@/lib/referrals/schema";
import type { Revision } from "@/lib/rewards/commands/revise/revise-reward";
import type { Verdict } from "@/lib/terms/kinds/condition";

/** Everything that the pipeline can decide. */
type DecisionCode =
  // Whose event it is.
  | `customer_${UpsertNote | "email_left_out"}`
  | "nobody_known"
  | `event_${"unproven" | "allowed" | "over_limit"}`
  // What became of an order.
  | `order_${"recorded" | "known" | "revised" | "of_another_customer"}`
  | `refund_${"recorded" | "beyond_order" | "worth_unknown"}`
  | `coupon_${"used" | "returned" | "expired" | "not_usable"}`
  // Whether a referral begins.
  | "referral_started"
  | "referral_proven"
  | "already_referred"
  | "code_unknown"
  | "outside_program"
  | `program_${Extract<Openness, { open: false }>["reason"]}`
  | Extract<Attribution, { evidence: null }>["reason"]
  // Where a referral or a reward goes.
  | `referral_${ReferralState | "to_review"}`
  | `reward_${"granted" | "refused" | "reversed" | Revision}`
  // What staff made of an event that could not be processed.
  | "discarded"
  | "corrected";

/**
 * One decision of the pipeline, as stored with the event's outcome and shown on its page: what was
 * decided, in plain words, and about what.
 */
export type Decision = {
  code: DecisionCode;
  message: string;
  orderId?: string;
  /** An order's total before and after it was stated anew. */
  fromTotal?: string;
  toTotal?: string;
  programId?: string;
  referralId?: string;
  /** A referral that another person's event threw a new light on. */
  otherReferralId?: string;
  rewardId?: string;
  ruleId?: string;
  /** Another event that counts instead. */
  correctedAs?: string;
  /** What tied a friend to an advocate. */
  by?: string;
  /** A referral's reason, as its step says it. */
  reason?: string;
  /** Every condition and limit that was asked about a reward. */
  reasons?: readonly Verdict[];
};
