import { addDays } from "@/lib/core/time";
import type { Terms, Trigger } from "@/lib/terms/schema";
import type { ReferralReason, ReferralState } from "./schema";

/** A line of an order, as it was bought and as far as it has not been refunded. */
export type OrderLineFact = {
  sku: string;
  category: string | null;
  totalMinor: bigint;
  remainingMinor: bigint;
  /** All of it was sent back: its pieces, or what they were worth. */
  cameBack: boolean;
};
/**
 * An order, as it was bought and as far as it has not been refunded. Lines, country and channel are
 * null where they are not known, and where the terms never ask for them.
 */
export type OrderFact = {
  orderId: string;
  eventId: string;
  occurredAt: Date;
  remainingMinor: bigint;
  totalMinor: bigint;
  currency: string;
  lines: readonly OrderLineFact[] | null;
  country: string | null;
  channel: string | null;
};
/** Any other event of the friend. */
export type GoalFact = { type: string; eventId: string; occurredAt: Date; country: string | null };

export type ReferralFacts = {
  state: ReferralState;
  joinEventId: string;
  /**
   * The click or the joining, whichever was first: what comes before is not the advocate's doing.
   */
  startedAt: Date;
  joinedAt: Date;
  expiresAt: Date;
  orders: readonly OrderFact[];
  goals: readonly GoalFact[];
  hasEarlierOrder: boolean;
  /** A member approved it: conditions on who the friend is are settled. */
  isApproved: boolean;
};

/**
 * What made a referral count: the event, its order where it had one, when it happened and, where it
 * is known, where.
 */
export type Cause = { eventId: string; order: OrderFact | null; at: Date; country: string | null };

export type Step =
  | { to: "qualified"; reason: ReferralReason; cause: Cause }
  | { to: "rejected" | "expired"; reason: ReferralReason; at: Date };

/**
 * The next step of a referral that has joined, from facts alone: the same facts give the same step
 * in whatever order they arrived. One that ran out goes on when a fact from within its window comes
 * in late, and one that is confirmed but not yet rewarded turns back when it comes out that the
 * friend was a customer before.
 * @param meets whether a cause meets the program's conditions for confirming, as it was bought
 * (lib/rewards evaluates them)
 * @param now the merchant's time
 */
export function nextStep(
  facts: ReferralFacts,
  terms: Pick<Terms, "qualification" | "newCustomersOnly">,
  now: Date,
  meets: (cause: Cause) => boolean,
): Step | null {
  const isOpen = facts.state === "joined" || facts.state === "expired";
  if (!isOpen && facts.state !== "qualified") return null;
  if (terms.newCustomersOnly && facts.hasEarlierOrder && !facts.isApproved)
    return { to: "rejected", reason: "existing_customer", at: now };
  if (!isOpen) return null;
  const cause = causeOf(terms.qualification.trigger, facts, meets);
  if (cause) return { to: "qualified", reason: terms.qualification.trigger.kind, cause };
  return facts.state === "joined" && now > facts.expiresAt
    ? { to: "expired", reason: "window_passed", at: facts.expiresAt }
    : null;
}

/**
 * The fact within the referral's window that a trigger waits for, or null while there is none. An
 * order counts as it was bought, so that it is the same one whether a refund is known already or
 * comes later; what the refund takes back is decided after that.
 */
export function causeOf(
  trigger: Trigger,
  facts: ReferralFacts,
  meets: (cause: Cause) => boolean,
): Cause | null {
  switch (trigger.kind) {
    case "join": {
      const cause: Cause = {
        eventId: facts.joinEventId,
        order: null,
        at: facts.joinedAt,
        country: null,
      };
      return meets(cause) ? cause : null;
    }
    case "goal":
      return goalsOf(trigger.type, facts, meets)[0] ?? null;
    case "renewal":
      return goalsOf(RENEWAL, facts, meets)[trigger.n - 1] ?? null;
    case "first_purchase":
      return purchasesOf(facts, meets)[0] ?? null;
    case "nth_purchase":
      return purchasesOf(facts, meets)[trigger.n - 1] ?? null;
  }
}

/** The type of the events that tell of a renewed subscription. */
export const RENEWAL = "renewal";

/**
 * The friend's purchases within the window that meet the conditions, in the order in which they
 * were made.
 */
export function purchasesOf(facts: ReferralFacts, meets: (cause: Cause) => boolean): Cause[] {
  return windowOrders(facts)
    .map((order): Cause => ({
      eventId: order.eventId,
      order,
      at: order.occurredAt,
      country: order.country,
    }))
    .filter(meets);
}

/**
 * How many purchases the friend had made within the window when a cause came about, this one
 * included.
 */
export function purchaseNumber(facts: ReferralFacts, cause: Pick<Cause, "order" | "at">): number {
  const orders = windowOrders(facts);
  const index = orders.findIndex(({ orderId }) => orderId === cause.order?.orderId);
  return index === -1
    ? orders.filter(({ occurredAt }) => occurredAt <= cause.at).length
    : index + 1;
}

function windowOrders(facts: ReferralFacts): OrderFact[] {
  return inOrder(
    facts.orders.filter((order) => order.totalMinor > 0n && isInWindow(facts, order.occurredAt)),
  );
}

function goalsOf(type: string, facts: ReferralFacts, meets: (cause: Cause) => boolean): Cause[] {
  // An event that is worked off right now may be on record already.
  const goals = new Map(
    facts.goals
      .filter((goal) => goal.type === type && isInWindow(facts, goal.occurredAt))
      .map((goal) => [goal.eventId, goal]),
  );
  return inOrder([...goals.values()])
    .map((goal): Cause => ({
      eventId: goal.eventId,
      order: null,
      at: goal.occurredAt,
      country: goal.country,
    }))
    .filter(meets);
}

function isInWindow(facts: ReferralFacts, at: Date): boolean {
  return at >= facts.startedAt && at <= facts.expiresAt;
}

/**
 * By the sender's time; of two at the same instant the lower event id first, so that the choice is
 * stable.
 */
export function inOrder<T extends { occurredAt: Date; eventId: string }>(items: readonly T[]): T[] {
  return items.toSorted(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.eventId < b.eventId ? -1 : 1),
  );
}

/** When a referral that starts now runs out. @param windowDays from the start to the conversion */
export function expiryOf(startedAt: Date, windowDays: number): Date {
  return addDays(startedAt, windowDays);
}

/** The states from which a member may reject, and into which an undo of that leads back. */
export function mayReject(state: ReferralState): boolean {
  return state === "joined" || state === "qualified" || state === "rewarded";
}
