import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { badgeProgress, type BadgeFacts, earnedBy, yearsLater } from "./rules";
import type { BadgeRule } from "./schema";

const NOTHING: BadgeFacts = {
  friends: [],
  secondLevel: [],
  points: [],
  purchases: [],
  joinedAt: null,
};
const NOW = new Date("2026-12-01T00:00:00Z");
const friend = (id: string, at: string, channel: string | null = null) => ({
  referralId: `ref_${id}`,
  friendId: id,
  channel,
  at: new Date(at),
});
const earned = (rule: BadgeRule, facts: Partial<BadgeFacts>, now = NOW) =>
  earnedBy(rule, { ...NOTHING, ...facts }, "Europe/Tirane", now);

const THREE = [
  friend("a", "2026-03-30T10:00:00Z", "whatsapp"),
  friend("b", "2026-04-02T10:00:00Z"),
  friend("c", "2026-04-28T10:00:00Z", "email"),
];

describe("badges over friends", () => {
  it("are earned at the friend who fills them", () => {
    expect(earned({ kind: "friends", count: 3 }, { friends: THREE })).toEqual({
      at: new Date("2026-04-28T10:00:00Z"),
      cause: { referralId: "ref_c" },
    });
    expect(earned({ kind: "friends", count: 4 }, { friends: THREE })).toBeNull();
  });

  it("count a friend of two programs once", () => {
    const twice = [...THREE, friend("a", "2026-05-01T00:00:00Z")];
    expect(earned({ kind: "friends", count: 4 }, { friends: twice })).toBeNull();
  });

  it("know months of the merchant's zone, and so many days", () => {
    const month = { kind: "friends_within", count: 2, period: "month" } as const;
    expect(earned(month, { friends: THREE })?.cause).toEqual({ referralId: "ref_c" });
    // 22:30 on 31 March in UTC is April in Tirana.
    const late = [friend("a", "2026-03-31T22:30:00Z"), friend("b", "2026-04-02T10:00:00Z")];
    expect(earned(month, { friends: late })?.cause).toEqual({ referralId: "ref_b" });
    expect(
      earned({ kind: "friends_within", count: 3, period: "days", days: 30 }, { friends: THREE }),
    ).not.toBeNull();
    expect(
      earned({ kind: "friends_within", count: 3, period: "days", days: 29 }, { friends: THREE }),
    ).toBeNull();
  });

  it("know the channel of the first who came by it", () => {
    expect(
      earned({ kind: "first_of_channel", channel: "email" }, { friends: THREE })?.cause,
    ).toEqual({ referralId: "ref_c" });
    expect(earned({ kind: "first_of_channel", channel: "qr" }, { friends: THREE })).toBeNull();
  });
});

describe("other badges", () => {
  it("come at the points, the purchase, the day", () => {
    const points = [
      { rewardId: "r2", at: new Date("2026-02-01"), amount: 60n },
      { rewardId: "r1", at: new Date("2026-01-01"), amount: 50n },
    ];
    expect(earned({ kind: "points_earned", points: 100 }, { points })?.cause).toEqual({
      rewardId: "r2",
    });
    expect(earned({ kind: "points_earned", points: 111 }, { points })).toBeNull();
    const purchases = [{ orderId: "o1", at: new Date("2026-01-01") }];
    expect([
      earned({ kind: "purchases", count: 1 }, { purchases })?.cause,
      earned({ kind: "purchases", count: 2 }, { purchases }),
    ]).toEqual([{ orderId: "o1" }, null]);
    const joinedAt = new Date("2024-02-28T23:30:00Z");
    const rule = { kind: "anniversary", years: 2 } as const;
    // In Tirana they joined on 29 February: the day comes round on 1 March.
    expect(earned(rule, { joinedAt }, new Date("2026-02-28T22:59:00Z"))).toBeNull();
    expect(earned(rule, { joinedAt }, new Date("2026-02-28T23:00:00Z"))?.at).toEqual(
      new Date("2026-02-28T23:00:00Z"),
    );
  });

  it("say how far it is", () => {
    expect(
      badgeProgress({ kind: "friends", count: 5 }, { ...NOTHING, friends: THREE }, "UTC", NOW),
    ).toEqual({ done: 3, of: 5 });
    expect(
      badgeProgress(
        { kind: "friends_within", count: 3, period: "month" },
        { ...NOTHING, friends: THREE },
        "UTC",
        new Date("2026-04-29"),
      ),
    ).toEqual({ done: 2, of: 3 });
    expect(badgeProgress({ kind: "anniversary", years: 1 }, NOTHING, "UTC", NOW)).toBeNull();
  });

  it("count years over leap days", () => {
    expect([
      yearsLater("2024-02-29", 1),
      yearsLater("2025-03-01", -1),
      yearsLater("2024-02-29", 4),
    ]).toEqual(["2025-03-01", "2024-03-01", "2028-02-29"]);
  });
});

const anyFriends = fc.array(
  fc.record({
    referralId: fc.uuid(),
    friendId: fc.constantFrom("a", "b", "c", "d", "e"),
    channel: fc.constantFrom(null, "email", "qr"),
    at: fc.date({ min: new Date("2025-01-01"), max: NOW, noInvalidDate: true }),
  }),
  { maxLength: 12 },
);
const anyRule = fc.oneof(
  fc.record({ kind: fc.constant("friends" as const), count: fc.integer({ min: 1, max: 6 }) }),
  fc.record({
    kind: fc.constant("friends_within" as const),
    count: fc.integer({ min: 1, max: 4 }),
    period: fc.constant("month" as const),
  }),
  fc.record({
    kind: fc.constant("friends_within" as const),
    count: fc.integer({ min: 1, max: 4 }),
    period: fc.constant("days" as const),
    days: fc.integer({ min: 1, max: 90 }),
  }),
  fc.record({ kind: fc.constant("first_of_channel" as const), channel: fc.constant("email") }),
);

describe("for any friends", () => {
  it("the order of facts does not matter, and more facts never lose a badge", () => {
    fc.assert(
      fc.property(anyRule, anyFriends, anyFriends, (rule, friends, more) => {
        const first = earned(rule, { friends });
        expect(earned(rule, { friends: [...friends].reverse() })).toEqual(first);
        const firstOfEach = new Set(friends.map(({ friendId }) => friendId));
        const others = more.filter(({ friendId }) => !firstOfEach.has(friendId));
        if (first) expect(earned(rule, { friends: [...friends, ...others] })).not.toBeNull();
      }),
    );
  });
});
