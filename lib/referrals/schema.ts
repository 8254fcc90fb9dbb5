import { z } from "zod";
import { qualifiedReasonWords } from "@/lib/terms/rules/applying";
import type { Trigger } from "@/lib/terms/schema";

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
  joined_earlier: "Had joined earlier than was known",
  rewards_issued: "All rewards are released",
  existing_customer: "Was already a customer",
  self_referral: "Advocate and friend are the same person",
  duplicate_friend: "The same person was referred before with another email",
  mutual_referral: "The friend had invited the advocate before",
  invited_before: "Another advocate had invited them before",
  gave_way: "They accepted another advocate’s invitation",
  window_passed: "It didn’t qualify in time",
  refunded: "The order was refunded",
  nothing_qualifies: "What had qualified it no longer counts",
  approved: "Approved by the shop",
} as const;
/** Rejected for what facts say, not for good: facts that come later may say otherwise. */
export function mayReopen(reason: string): boolean {
  return reason === "existing_customer" || reason === "invited_before" || reason === "gave_way";
}

/** What proves that a friend accepted an invitation, and the words for it. */
const PROOFS = {
  server: "Your shop reported them",
  staff: "Your team vouched for them",
  email: "They answered our email",
  page: "They said so on their own page",
  coupon: "They used their coupon",
  before: "It began before this was asked",
} as const;
export type ProvenBy = keyof typeof PROOFS;

/** The words for a stored proof. */
export function proofWords(by: string): string {
  const words: Readonly<Record<string, string>> = PROOFS;
  return words[by] ?? by;
}

/** What qualified a referral is its reason, by the kind of trigger. */
export type ReferralReason = keyof typeof REFERRAL_REASONS | Trigger["kind"];

/** The words for a stored reason: a known one's, else as written by a member. */
export function reasonWords(reason: string): string {
  const words: Readonly<Record<string, string>> = REFERRAL_REASONS;
  return words[reason] ?? qualifiedReasonWords(reason) ?? reason;
}

export const rejectSchema = z.object({
  referralId: z.string().min(1).max(40),
  reason: z.string("Enter a reason.").trim().min(3, "Enter a reason.").max(300),
});
export const decideSchema = z.object({ referralId: z.string().min(1).max(40) });

const referralIds = z.array(z.string().min(1).max(40)).min(1, "Choose at least one.").max(100);
export const rejectManySchema = rejectSchema.omit({ referralId: true }).extend({ referralIds });
export const decideManySchema = z.object({ referralIds });

/** What a signal rests on: something that two records share, or another fact. */
export type EvidenceRow = SharedRow | FactRow;
type SharedRow = {
  kind: "email" | "phone" | "browser";
  said: string;
  otherSaid: string;
  proven: boolean;
  customerId: string;
};
type FactRow = {
  kind: "network" | "pace" | "domain" | "unanswered" | "bounced" | "coupon" | "goal";
  said: string | null;
  customerId: string | null;
  /** How many there were, where it counts something. */
  count: number | null;
  orderId: string | null;
};

/** Whether evidence is something that two records share. */
export function isShared(evidence: EvidenceRow): evidence is SharedRow {
  return evidence.kind === "email" || evidence.kind === "phone" || evidence.kind === "browser";
}
