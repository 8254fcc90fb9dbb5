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
  /** When we learned of it; by default when it happened. */
  recordedAt?: Date | undefined;
  remainingMinor: bigint;
  totalMinor: bigint;
  currency: string;
  lines: readonly OrderLineFact[] | null;
  country: string | null;
  channel: string | null;
};

/** Any other event of the friend. */
export type GoalFact = {
  type: string;
  eventId: string;
  occurredAt: Date;
  /** When we learned of it; by default when it happened. */
  recordedAt?: Date | undefined;
  country: string | null;
};

/** What a friend did since they were referred. */
export type FriendFacts = {
  joinEventId: string;
  /**
   * The click or the joining, whichever was first: what comes before is not the advocate's merit.
   */
  startedAt: Date;
  joinedAt: Date;
  /** When we learned of the joining; by default when it happened. */
  joinRecordedAt?: Date | undefined;
  expiresAt: Date;
  orders: readonly OrderFact[];
  goals: readonly GoalFact[];
  /** They had an order that stands before that. */
  hasEarlierOrder: boolean;
};

/**
 * What a reward is for: the event, its order where it had one, when it happened and, where it is
 * known, in which country.
 */
export type Cause = {
  eventId: string;
  order: OrderFact | null;
  at: Date;
  /** When we learned of it; by default when it happened. */
  recordedAt?: Date | undefined;
  country: string | null;
};

/** Whether an order counts for anything: it cost something, and not all of it was returned. */
export function stands({ totalMinor, remainingMinor }: OrderFact): boolean {
  return totalMinor > 0n && remainingMinor > 0n;
}

/** The facts as they would be if nothing had ever been refunded. */
export function beforeRefunds(facts: FriendFacts): FriendFacts {
  return { ...facts, orders: facts.orders.map(orderAsBought) };
}

function orderAsBought(order: OrderFact): OrderFact {
  const lines = order.lines?.map((line) => ({
    ...line,
    remainingMinor: line.totalMinor,
    cameBack: false,
  }));
  return { ...order, remainingMinor: order.totalMinor, lines: lines ?? null };
}

/**
 * The friend's purchases within the referral's window that stand, in the order in which they were
 * made.
 */
export function purchasesOf(facts: FriendFacts): Cause[] {
  return ordersInWindow(facts).map((order) => ({
    eventId: order.eventId,
    order,
    at: order.occurredAt,
    recordedAt: order.recordedAt,
    country: order.country,
  }));
}

/** The friend's events of a type within the referral's window, in the order in which they were. */
export function goalsOf(type: string, facts: FriendFacts): Cause[] {
  // An event that is being processed right now may be on record already.
  const goals = new Map(
    facts.goals
      .filter((goal) => goal.type === type && isInWindow(facts, goal.occurredAt))
      .map((goal) => [goal.eventId, goal]),
  );
  return inOrder([...goals.values()]).map(({ eventId, occurredAt, recordedAt, country }) => ({
    eventId,
    order: null,
    at: occurredAt,
    recordedAt,
    country,
  }));
}

/**
 * How many purchases that stand the friend had made within the window when a cause came about, this
 * one included.
 */
export function purchaseNumber(facts: FriendFacts, cause: Pick<Cause, "order" | "at">): number {
  const orders = ordersInWindow(facts);
  const index = orders.findIndex(({ orderId }) => orderId === cause.order?.orderId);
  return index === -1
    ? orders.filter(({ occurredAt }) => occurredAt <= cause.at).length
    : index + 1;
}

function ordersInWindow(facts: FriendFacts): OrderFact[] {
  return inOrder(
    facts.orders.filter((order) => stands(order) && isInWindow(facts, order.occurredAt)),
  );
}

function isInWindow({ startedAt, expiresAt }: FriendFacts, at: Date): boolean {
  return at >= startedAt && at <= expiresAt;
}

/**
 * By the sender's time; of two at the same instant the lower event id first, so that the choice is
 * stable.
 */
function inOrder<T extends { occurredAt: Date; eventId: string }>(items: readonly T[]): T[] {
  return items.toSorted(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.eventId < b.eventId ? -1 : 1),
  );
}
