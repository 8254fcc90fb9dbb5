import type { Verdict } from "@/lib/terms/kinds/condition";

/**
 * One decision of the pipeline, as stored with the event's outcome and shown on its page: what was
 * decided, in plain words, and about what.
 */
export type Decision = {
  code: string;
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
