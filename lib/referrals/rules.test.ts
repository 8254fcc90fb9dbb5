import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/core/time";
import { ALWAYS } from "@/lib/terms/schema";
import type { OrderFact } from "@/lib/terms/facts/referrals";
import { courseOf, type NudgeFacts, nudgeOf, type ReferralFacts } from "./rules";

const start = new Date("2026-05-01T00:00:00Z");
const terms = {
  qualification: { trigger: { kind: "first_purchase" } as const, conditions: ALWAYS },
  newCustomersOnly: true,
  currency: "USD",
};
const context = {
  timeZone: "UTC",
  advocate: null,
  friend: null,
  channel: null,
  clickedAt: null,
  qualifiedReferrals: null,
};
const order = (day: number, remaining = 100n): OrderFact => ({
  orderId: `o${day}`,
  eventId: `e${day}`,
  occurredAt: addDays(start, day),
  remainingMinor: remaining,
  totalMinor: 100n,
  currency: "USD",
  lines: null,
  country: null,
  channel: null,
});
const facts = (change: Partial<ReferralFacts> = {}): ReferralFacts => ({
  state: "joined",
  reason: "by_code",
  qualifiedByEventId: null,
  qualifiedByAt: null,
  joinEventId: "join",
  startedAt: start,
  joinedAt: start,
  expiresAt: addDays(start, 30),
  orders: [],
  goals: [],
  hasEarlierOrder: false,
  isApproved: false,
  isProven: true,
  isHeldBack: false,
  hindrance: null,
  ...change,
});
const step = (change: Partial<ReferralFacts>, day = 10, conditions = ALWAYS) =>
  courseOf({
    facts: facts(change),
    terms: { ...terms, qualification: { ...terms.qualification, conditions } },
    context,
    now: addDays(start, day),
    at: addDays(start, day),
  }).step;

describe("courseOf", () => {
  it("qualifies by the first order that stands, in the window and meeting the conditions", () => {
    const orders = [
      { ...order(9), totalMinor: 200n, remainingMinor: 200n },
      order(3, 0n),
      order(5),
      order(40),
    ];
    expect(step({ orders })).toMatchObject({ to: "qualified", eventId: "e5" });
    expect(step({ orders }, 10, { kind: "order_total", atLeast: "2.00" })).toMatchObject({
      eventId: "e9",
    });
  });

  it("moves to another order when its own is returned or an earlier one comes", () => {
    const by = { qualifiedByEventId: "e5", qualifiedByAt: order(5).occurredAt };
    const qualified = { state: "rewarded", ...by } as const;
    expect(step({ ...qualified, orders: [order(5)] })).toBeNull();
    const older = { ...order(5), occurredAt: order(4).occurredAt };
    expect(step({ ...qualified, orders: [older] })).toMatchObject({ at: older.occurredAt });
    expect(step({ ...qualified, orders: [order(5), order(3)] })).toMatchObject({ eventId: "e3" });
    expect(step({ ...qualified, orders: [order(5, 0n), order(7)] })).toMatchObject({
      eventId: "e7",
    });
    expect(step({ ...qualified, orders: [order(5, 0n)] })).toMatchObject({ to: "reversed" });
    const reversed = { state: "reversed", ...by } as const;
    expect(step({ ...reversed, orders: [order(5, 0n)] })).toBeNull();
    expect(step({ ...reversed, orders: [order(5, 0n), order(7)] })).toMatchObject({
      to: "qualified",
      eventId: "e7",
    });
  });

  it.each([
    ["no order", { orders: [] }],
    ["an order before the start", { orders: [order(-1)] }],
    ["an order after the window", { orders: [order(31)] }],
    ["an order for nothing", { orders: [{ ...order(3), totalMinor: 0n }] }],
  ])("waits with %s", (_, change) => expect(step(change)).toBeNull());

  it("expires after its window, and goes on when a fact from within it comes late", () => {
    expect(step({}, 31)).toMatchObject({ to: "expired", at: addDays(start, 30) });
    expect(step({ state: "expired" }, 31)).toBeNull();
    expect(step({ state: "expired", orders: [order(3)] }, 31)).toMatchObject({ to: "qualified" });
  });

  it("rejects who was a customer before, unless a member approved", () => {
    expect(step({ hasEarlierOrder: true, orders: [order(3)] })).toMatchObject({
      to: "rejected",
      reason: "existing_customer",
    });
    expect(step({ hasEarlierOrder: true, isApproved: true, orders: [order(3)] })).toMatchObject({
      to: "qualified",
    });
  });

  it("leaves what a member or a sign of fraud rejected, and undoes its own rejection", () => {
    const orders = [order(3)];
    expect(step({ state: "rejected", reason: "self_referral", orders })).toBeNull();
    expect(step({ state: "rejected", reason: "Same household", orders })).toBeNull();
    const wasCustomer = { state: "rejected", reason: "existing_customer" } as const;
    expect(step({ ...wasCustomer, hasEarlierOrder: true, orders })).toBeNull();
    expect(step({ ...wasCustomer, orders })).toMatchObject({ to: "qualified" });
    expect(step(wasCustomer)).toMatchObject({ to: "joined" });
  });

  it("does not depend on the order in which facts arrived", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -5, max: 40 }), { maxLength: 8 }), (days) => {
        const orders = days.map((day) => order(day));
        expect(step({ orders })).toEqual(step({ orders: [...orders].reverse() }));
      }),
    );
  });
});

const now = new Date("2026-03-20T12:00:00Z");
const day = (text: string) => new Date(`2026-03-${text}T10:00:00Z`);
const waiting = {
  name: "Jon",
  state: "joined",
  underReview: false,
  joinedAt: day("14"),
  expiresAt: day("30"),
};
const quiet: NudgeFacts = { shared: true, friends: [], nextTier: null, now };

describe("an advocate is reminded", () => {
  it("of nothing that is done", () => {
    expect(nudgeOf(quiet)).toBeNull();
    expect(nudgeOf({ ...quiet, nextTier: { name: "Gold", friends: 2 } })).toBeNull();
    expect(nudgeOf({ ...quiet, shared: false, friends: [{ ...waiting, state: "rewarded" }] })).toBe(
      null,
    );
  });

  it("to share, as long as nobody came and nothing was sent", () => {
    expect(nudgeOf({ ...quiet, shared: false })).toEqual({ kind: "share" });
  });

  it("of a friend who accepted days ago and still may buy", () => {
    expect(nudgeOf({ ...quiet, friends: [waiting] })).toEqual({
      kind: "waiting",
      name: "Jon",
      days: 6,
    });
    for (const friend of [
      { ...waiting, joinedAt: day("18") },
      { ...waiting, underReview: true },
      { ...waiting, expiresAt: day("19") },
      { ...waiting, state: "rewarded" },
    ])
      expect(nudgeOf({ ...quiet, friends: [friend] })).toBeNull();
  });

  it("of one thing only, the nearest first", () => {
    const nextTier = { name: "Gold", friends: 1 };
    expect(nudgeOf({ shared: false, friends: [waiting], nextTier, now })).toEqual({
      kind: "tier",
      tier: "Gold",
    });
  });
});
