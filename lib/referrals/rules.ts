import { addDays } from "@/lib/core/time";
import type { Terms, Trigger } from "@/lib/programs/schema";
import type { ReferralReason, ReferralState } from "./schema";

/** An order of the friend, as it was bought and as far as it has not been refunded. */
export type OrderFact = { orderId: string; eventId: string; occurredAt: Date; remainingMinor: bigint; totalMinor: bigint };
/** Any other event of the friend. */
export type GoalFact = { type: string; eventId: string; occurredAt: Date };

export type ReferralFacts = {
  state: ReferralState;
  joinEventId: string;
  /** The click or the joining, whichever was first: what comes before is not the advocate's doing. */
  startedAt: Date;
  joinedAt: Date;
  expiresAt: Date;
  orders: readonly OrderFact[];
  goals: readonly GoalFact[];
  hasEarlierOrder: boolean;
  /** A member approved it: conditions on who the friend is are settled. */
  isApproved: boolean;
};

/** What made a referral count: the event, its order where it had one, and when it happened. */
export type Cause = { eventId: string; order: OrderFact | null; at: Date };

export type Step =
  | { to: "qualified"; reason: ReferralReason; cause: Cause }
  | { to: "rejected" | "expired"; reason: ReferralReason; at: Date };

/**
 * The next step of a referral that has joined, from facts alone: the same facts give the same step in whatever order
 * they arrived. One that ran out goes on when a fact from within its window comes in late, and one that is confirmed but
 * not yet rewarded turns back when it comes out that the friend was a customer before.
 * @param meets whether an order meets the program's conditions for confirming (lib/rewards evaluates them)
 * @param now the merchant's time
 */
export function nextStep(
  facts: ReferralFacts, terms: Pick<Terms, "qualification" | "newCustomersOnly">, now: Date,
  meets: (order: OrderFact | null) => boolean,
): Step | null {
  const isOpen = facts.state === "joined" || facts.state === "expired";
  if (!isOpen && facts.state !== "qualified") return null;
  if (terms.newCustomersOnly && facts.hasEarlierOrder && !facts.isApproved) return { to: "rejected", reason: "existing_customer", at: now };
  if (!isOpen) return null;
  const cause = causeOf(terms.qualification.trigger, facts, meets);
  if (cause) return { to: "qualified", reason: terms.qualification.trigger.kind, cause };
  return facts.state === "joined" && now > facts.expiresAt ? { to: "expired", reason: "window_passed", at: facts.expiresAt } : null;
}

/**
 * The first fact within the referral's window that a trigger waits for, or null while there is none. An order counts as it
 * was bought, so that it is the same one whether a refund is known already or comes later; what the refund takes back is
 * decided after that.
 */
export function causeOf(trigger: Trigger, facts: ReferralFacts, meets: (order: OrderFact | null) => boolean): Cause | null {
  const inWindow = (at: Date) => at >= facts.startedAt && at <= facts.expiresAt;
  if (trigger.kind === "join") {
    return meets(null) ? { eventId: facts.joinEventId, order: null, at: facts.joinedAt } : null;
  }
  if (trigger.kind === "goal") {
    const goal = earliest(facts.goals.filter((goal) => goal.type === trigger.type && inWindow(goal.occurredAt)));
    return goal && meets(null) ? { eventId: goal.eventId, order: null, at: goal.occurredAt } : null;
  }
  const order = earliest(
    facts.orders.filter((order) => inWindow(order.occurredAt) && order.totalMinor > 0n && meets(order)),
  );
  return order ? { eventId: order.eventId, order, at: order.occurredAt } : null;
}

/** The earliest by the sender's time; of two at the same instant the lower event id, so that the choice is stable. */
function earliest<T extends { occurredAt: Date; eventId: string }>(items: readonly T[]): T | undefined {
  return [...items].sort(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.eventId < b.eventId ? -1 : 1),
  )[0];
}

/** When a referral that starts now runs out. @param windowDays from the start to the conversion */
export function expiryOf(startedAt: Date, windowDays: number): Date {
  return addDays(startedAt, windowDays);
}

/** The states from which a member may reject, and into which an undo of that leads back. */
export function mayReject(state: ReferralState): boolean {
  return state === "joined" || state === "qualified" || state === "rewarded";
}
