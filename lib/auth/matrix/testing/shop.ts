import type { Role } from "@/lib/merchants/rules/roles";
import type { Scope } from "@/lib/merchants/scope";

/** For tests only: a shop with one of everything that a request could name. */
export type Shop = {
  scope: Scope;
  sandbox: Scope;
  slug: string;
  sandboxSlug: string;
  /** A member of each role. */
  members: Record<Role, string>;
  keys: { secret: string; publishable: string; revoked: string; test: string };
  keyId: string;
  inviteId: string;
  program: { id: string; slug: string };
  /** Never published, so that test mode has no twin of it. */
  draft: { id: string; slug: string };
  /** A type of event that counts from web pages; test mode knows none. */
  allowedType: string;
  customer: { id: string; externalId: string; code: string };
  friendId: string;
  /** What may not be the friend's: staff are to say. */
  claimedKey: { customerId: string; kind: string; value: string };
  referralId: string;
  reviewedReferralId: string;
  rewardId: string;
  orderId: string;
  waitingEventId: string;
  /** A question about a reward, and what a buyer said about who told them. */
  questionId: string;
  buyerId: string;
  nominationId: string;
  /** What points buy, and what the customer bought; test mode knows neither. */
  itemId: string;
  redemptionId: string;
  campaignId: string;
  /** A tier and a badge; test mode knows neither, either. */
  tierId: string;
  badgeId: string;
  /** Coupon codes, and cash that is being paid out. */
  poolId: string;
  payoutId: string;
  /** A changed program, waiting to be run over the past. */
  replayId: string;
};
