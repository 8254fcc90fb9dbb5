import type { BoughtLine, RefundFact } from "@/lib/terms/facts/order-left";
import type { OrderFact } from "@/lib/terms/facts/referrals";
import type { ReferralState } from "@/lib/referrals/schema";
import type { PersonFact } from "@/lib/terms/facts/conditions";
import type { PointsCampaign } from "@/prisma/generated/client";

/** What really happened, as far as a program's rules ask for it: read once, run under any terms. */
export type Past = {
  programId: string;
  fromAt: Date;
  untilAt: Date;
  /** When the program begins and ends where the terms do not say. */
  publishedAt: Date;
  endedAt: Date | null;
  timeZone: string;
  pointCostMilli: number;
  campaigns: readonly PointsCampaign[];
  /** By customer: what conditions ask of them, and how their tier multiplies points. */
  people: Map<string, PersonFact>;
  tiers: Map<string, { name: string; pointsMultiplierBp: number }>;
  advocates: Map<string, AdvocateRecord>;
  /**
   * By their customer id: friends who came in the range and, where something counts them, those who
   * came before.
   */
  friends: Map<string, FriendRecord>;
  orders: Map<string, OrderRecord>;
  /** Rewards from before the range, as "<rule> <cause> <customer>": no run grants them again. */
  granted: Set<string>;
  /** In the order in which it happened. */
  moments: Moment[];
};

export type AdvocateRecord = {
  advocateId: string;
  customerId: string;
  joinedAt: Date;
  arm: string | null;
  experiment: string | null;
};

export type FriendRecord = {
  referralId: string;
  friendId: string;
  advocateId: string;
  code: string;
  attributedBy: string;
  channel: string | null;
  clickedAt: Date | null;
  joinedAt: Date;
  joinEventId: string;
  firstOrderAt: Date | null;
  provenAt: Date | null;
  heldBack: boolean;
  isApproved: boolean;
  underReview: boolean;
  /** For friends from before the range, whose referral goes the same way in every run. */
  before: ReferralOutcome | null;
};

/** The state of a referral, and what qualified it if it is qualified. */
export type ReferralOutcome = {
  state: ReferralState;
  qualifiedBy: { eventId: string; at: Date } | null;
};

/** An order as it was bought. Its lines as refunds see them; none where nothing asks for them. */
export type OrderRecord = {
  customerId: string;
  bought: OrderFact;
  lines: readonly BoughtLine[];
  /** Which of the customer's purchases it is, counted from 1. */
  number: number;
};

type RefundRecord = { orderId: string; fact: RefundFact };

/** Something that happened at one time; `key` puts what happened at the same time in order. */
export type Moment = { at: Date; key: string } & (
  | {
      kind: "event";
      eventId: string;
      customerId: string;
      type: string;
      country: string | null;
      channel: string | null;
      /** False where nobody said it whose word earns an advocate anything for their own actions. */
      earns?: boolean;
      /** False where it does not count as a goal. */
      counts?: boolean;
      /** Whose link was shared, for a share. */
      advocateId: string | null;
      /** What the event brought: an order, the start of a referral, or both. */
      orderId: string | null;
      startsReferral: boolean;
    }
  | { kind: "refund"; refund: RefundRecord }
  | {
      kind: "visit";
      eventId: string;
      advocateId: string;
      visitorId: string;
      channel: string | null;
    }
  | { kind: "join"; advocateId: string }
  /** A member, or a signal, rejected the referral: so it is under any terms. */
  | { kind: "reject"; friendId: string }
  /** What became of the referral of a friend from before the range. */
  | ({ kind: "outcome"; friendId: string } & ReferralOutcome)
  /** A reward that no run decides has used limits, or has freed them again. */
  | {
      kind: "limit_use";
      ruleId: string;
      customerId: string;
      advocateId: string | null;
      earnedAt: Date;
      rewards: number;
      costMinor: bigint;
    }
);

/** Sorts by time, then by key: event ids sort in the order in which they were made. */
export function inTime(moments: Moment[]): Moment[] {
  return moments.sort(
    (one, other) =>
      one.at.getTime() - other.at.getTime() ||
      (one.key < other.key ? -1 : one.key > other.key ? 1 : 0),
  );
}
