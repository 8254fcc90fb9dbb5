import type { Prisma } from "@/lib/core/db";
import type { Scope } from "@/lib/merchants/scope";

/**
 * For tests only: a small world straight in the tables, so that every figure can be worked out by
 * hand.
 */
export type World = {
  scope: Scope;
  customers(...names: string[]): Promise<void>;
  /** Amounts in minor units. */
  order(customer: string, id: string, at: string, minor: number): Promise<void>;
  refund(orderId: string, at: string, minor: number): Promise<void>;
  /** Joins the program. */
  join(customer: string, at: string): Promise<void>;
  share(customer: string, at: string, channel?: string): Promise<void>;
  /** A browser opens the customer's link. */
  click(advocate: string, visitor: string, at: string): Promise<void>;
  /** A browser, or a customer, opens the program's page. */
  view(who: { visitor?: string; customer?: string }, at: string): Promise<void>;
  link(visitor: string, customer: string): Promise<void>;
  refer(advocate: string, friend: string, steps: ReferralSteps): Promise<void>;
  /** A step of the reward that a friend's referral brought, with what it cost. */
  cost(friend: string, side: "advocate" | "friend", at: string, minor: number): Promise<void>;
  /** A reward without a referral, for an order: the customer's own, or a friend's. */
  ownReward(customer: string, orderId: string, at: string, minor: number): Promise<void>;
};

type ReferralSteps = {
  clickedAt?: string;
  joinedAt: string;
  qualifiedAt?: string;
  rewardedAt?: string;
  expiresAt?: string;
  state: "joined" | "qualified" | "rewarded" | "rejected" | "expired" | "reversed";
};

/** What the parts of a world write with. */
export type Ground = {
  scope: Scope;
  merchantId: string;
  programId: string;
  /** A new id with the prefix. */
  next: (prefix: string) => string;
  event: (data: EventData) => Promise<{ id: string }>;
};
export type EventData = Partial<Prisma.EventUncheckedCreateInput> & { type: string; at: string };
