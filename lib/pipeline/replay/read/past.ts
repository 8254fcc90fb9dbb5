import type { OrderFact } from "@/lib/referrals/rules";
import type { ReferralState } from "@/lib/referrals/schema";
import type { PersonFact } from "@/lib/terms/facts/conditions";
import type { PointsCampaign } from "@/prisma/generated/client";

/**
 * What really happened, as far as a program's rules may look at it: read once, and run under any
 * terms.
 */
export type History = {
  programId: string;
  fromAt: Date;
  untilAt: Date;
  /** When the program's promises begin and end where the terms say nothing. */
  publishedAt: Date;
  endedAt: Date | null;
  timeZone: string;
  pointCostMilli: number;
  campaigns: readonly PointsCampaign[];
  /** By customer: what conditions ask of them, and how many times their tier counts points. */
  people: Map<string, PersonFact>;
  tiers: Map<string, { name: string; pointsMultiplierBp: number }>;
  advocates: Map<string, AdvocateRecord>;
  /**
   * By their customer id: friends who came in the range and, where somebody counts them, those who
   * came before.
   */
  friends: Map<string, FriendRecord>;
  orders: Map<string, OrderRecord>;
  /**
   * Rewards of before the range, as "<rule> <cause> <customer>": what was given is not given again.
   */
  given: Set<string>;
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
  isApproved: boolean;
  underReview: boolean;
  /**
   * Came before the range: their referral goes its own way in every run. Where it had come by then.
   */
  before: Standing | null;
};

/** Where a referral stands, and what confirmed it where it is confirmed. */
export type Standing = { state: ReferralState; confirmedBy: { eventId: string; at: Date } | null };

/** An order as it was bought. `line` numbers its lines as refunds name them. */
export type OrderRecord = {
  customerId: string;
  bought: OrderFact;
  lines: readonly { line: number; quantity: number }[];
  /** The how-manieth of the customer's purchases it is. */
  number: number;
};

export type RefundRecord = {
  orderId: string;
  minor: bigint;
  slices: readonly { line: number; quantity: number; minor: bigint }[];
};

/** Something that happened at one time. `key` orders what happened at the same. */
export type Moment = { at: Date; key: string } & (
  | {
      kind: "event";
      eventId: string;
      customerId: string;
      type: string;
      country: string | null;
      channel: string | null;
      /** A web page sent it: no doing of an advocate's that is rewarded. */
      isUnproven?: boolean;
      /** Whose link it was shared by, where it is a share. */
      advocateId: string | null;
      /** What the event brought: an order, the beginning of a referral, or both. */
      orderId: string | null;
      begins: boolean;
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
  /** A member, or a signal, rejected the referral: it holds whatever the terms. */
  | { kind: "reject"; friendId: string }
  /** What became of a friend who came before the range. */
  | ({ kind: "course"; friendId: string } & Standing)
  /**
   * A reward that no run decides, of a friend who came before the range, uses limits, or gives room
   * back.
   */
  | {
      kind: "use";
      ruleId: string;
      customerId: string;
      advocateId: string | null;
      earnedAt: Date;
      rewards: number;
      costMinor: bigint;
    }
);

/** By time, then by key: event ids sort in the order in which they were made. */
export function inTime(moments: Moment[]): Moment[] {
  return moments.sort(
    (one, other) =>
      one.at.getTime() - other.at.getTime() ||
      (one.key < other.key ? -1 : one.key > other.key ? 1 : 0),
  );
}

export function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
