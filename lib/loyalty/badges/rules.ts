import { DAY_MS, dateInZone, startOfDateInZone } from "@/lib/core/time";
import type { BadgeRule } from "./schema";

/** A qualified friend. */
export type FriendFact = { referralId: string; friendId: string; channel: string | null; at: Date };

/** Everything that badges look at, of one customer. What was reversed is not among it. */
export type BadgeFacts = {
  friends: readonly FriendFact[];
  /** Qualified friends of qualified friends, from when both were. */
  secondLevel: readonly (FriendFact & { throughReferralId: string })[];
  points: readonly { rewardId: string; at: Date; amount: bigint }[];
  purchases: readonly { orderId: string; at: Date }[];
  /** When they first joined a program. */
  joinedAt: Date | null;
};

/** The fact that completed a badge. */
export type BadgeCause = {
  referralId?: string;
  rewardId?: string;
  orderId?: string;
  joinedAt?: string;
};
export type Earned = { at: Date; cause: BadgeCause };

/**
 * When and by which fact a badge was earned; null when the facts on record do not earn it (yet, or
 * any more).
 */
export function earnedBy(
  rule: BadgeRule,
  facts: BadgeFacts,
  timeZone: string,
  now: Date,
): Earned | null {
  switch (rule.kind) {
    case "friends":
      return nth(people(facts.friends), rule.count);
    case "second_level":
      return nth(people(facts.secondLevel), rule.count);
    case "first_of_channel":
      return nth(people(facts.friends.filter(({ channel }) => channel === rule.channel)), 1);
    case "friends_within":
      return within(people(facts.friends), rule, timeZone);
    case "purchases":
      return nthPurchase(facts.purchases, rule.count);
    case "points_earned":
      return pointsReached(facts.points, BigInt(rule.points));
    case "anniversary":
      return anniversary(facts.joinedAt, rule.years, timeZone, now);
  }
}

/**
 * How far a customer is with a badge. Null where there is nothing to count.
 */
export function badgeProgress(
  rule: BadgeRule,
  facts: BadgeFacts,
  timeZone: string,
  now: Date,
): { done: number; of: number } | null {
  switch (rule.kind) {
    case "friends":
      return { done: Math.min(people(facts.friends).length, rule.count), of: rule.count };
    case "second_level":
      return { done: Math.min(people(facts.secondLevel).length, rule.count), of: rule.count };
    case "friends_within":
      return {
        done: Math.min(recent(people(facts.friends), rule, timeZone, now), rule.count),
        of: rule.count,
      };
    case "purchases":
      return { done: Math.min(facts.purchases.length, rule.count), of: rule.count };
    case "points_earned": {
      const sum = facts.points.reduce((total, { amount }) => total + amount, 0n);
      return { done: Math.min(Number(sum), rule.points), of: rule.points };
    }
    case "first_of_channel":
    case "anniversary":
      return null;
  }
}

/** Each friend once, when they first qualified, in the order of time. */
function people<T extends FriendFact>(friends: readonly T[]): T[] {
  const seen = new Set<string>();
  return inTime(friends, ({ referralId }) => referralId).filter(({ friendId }) => {
    const isNew = !seen.has(friendId);
    seen.add(friendId);
    return isNew;
  });
}

function inTime<T extends { at: Date }>(items: readonly T[], id: (item: T) => string): T[] {
  return [...items].sort((a, b) => a.at.getTime() - b.at.getTime() || (id(a) < id(b) ? -1 : 1));
}

function nth(friends: readonly FriendFact[], count: number): Earned | null {
  const friend = friends[count - 1];
  return friend ? { at: friend.at, cause: { referralId: friend.referralId } } : null;
}

function nthPurchase(purchases: BadgeFacts["purchases"], count: number): Earned | null {
  const order = inTime(purchases, ({ orderId }) => orderId)[count - 1];
  return order ? { at: order.at, cause: { orderId: order.orderId } } : null;
}

type Within = Extract<BadgeRule, { kind: "friends_within" }>;

function within(friends: readonly FriendFact[], rule: Within, timeZone: string): Earned | null {
  const last = friends.find((friend, index) => {
    const first = friends[index - rule.count + 1];
    return first !== undefined && areClose(first.at, friend.at, rule, timeZone);
  });
  return last ? { at: last.at, cause: { referralId: last.referralId } } : null;
}

/** How many lie in the period that runs now. */
function recent(friends: readonly FriendFact[], rule: Within, timeZone: string, now: Date): number {
  return friends.filter(({ at }) => at <= now && areClose(at, now, rule, timeZone)).length;
}

function areClose(first: Date, last: Date, rule: Within, timeZone: string): boolean {
  if (rule.period === "month")
    return dateInZone(first, timeZone).slice(0, 7) === dateInZone(last, timeZone).slice(0, 7);
  return last.getTime() - first.getTime() < (rule.days ?? 0) * DAY_MS;
}

function pointsReached(points: BadgeFacts["points"], wanted: bigint): Earned | null {
  let sum = 0n;
  for (const { rewardId, at, amount } of inTime(points, ({ rewardId }) => rewardId)) {
    sum += amount;
    if (sum >= wanted) return { at, cause: { rewardId } };
  }
  return null;
}

function anniversary(
  joinedAt: Date | null,
  years: number,
  timeZone: string,
  now: Date,
): Earned | null {
  if (!joinedAt) return null;
  const at = startOfDateInZone(yearsLater(dateInZone(joinedAt, timeZone), years), timeZone);
  return at <= now ? { at, cause: { joinedAt: joinedAt.toISOString() } } : null;
}

/**
 * The same day so many years later (earlier below 0); what began on 29 February has its day on 1
 * March in other years.
 */
export function yearsLater(date: string, years: number): string {
  const [year = 0, month = 1, day = 1] = date.split("-").map(Number);
  return new Date(Date.UTC(year + years, month - 1, day)).toISOString().slice(0, 10);
}
