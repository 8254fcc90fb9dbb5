import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/core/time";
import { follow, type TierRules } from "./follow-tier";
import { keepsPromise } from "./keep-promise";
import { progressOf } from "./progress";
import { stepsSince } from "./steps-since";
import { type TierFact, valueAt } from "./window";

const START = new Date("2026-01-10T12:00:00Z");
const day = (days: number) => addDays(START, days);
const friends = (...days: number[]): TierFact[] => days.map((at) => ({ at: day(at), amount: 1n }));

const TIERS = [
  { id: "silver", threshold: 2n },
  { id: "gold", threshold: 4n },
];
const rolling: TierRules = {
  metric: "referrals",
  window: "rolling",
  windowDays: 100,
  graceDays: 10,
  timeZone: "UTC",
  tiers: TIERS,
};
const yearly: TierRules = {
  ...rolling,
  window: "calendar_year",
  graceDays: 30,
  timeZone: "Europe/Tirane",
};

const said = (rules: TierRules, facts: TierFact[], now: number) => {
  const { customerTier, changes } = follow(rules, facts, day(now));
  return [
    customerTier?.tierId ?? null,
    ...changes.map(
      ({ at, toId, reason }) =>
        `${(at.getTime() - START.getTime()) / 86_400_000} ${toId} ${reason}`,
    ),
  ];
};

describe("a rolling window", () => {
  it("reaches a tier at the fact that fills it, and keeps it for one window", () => {
    expect(said(rolling, friends(0), 5)).toEqual([null]);
    expect(said(rolling, friends(0, 5), 5)).toEqual(["silver", "5 silver reached"]);
    expect(follow(rolling, friends(0, 5), day(50)).customerTier).toEqual({
      tierId: "silver",
      reachedAt: day(5),
      earnedAt: day(5),
      keepUntil: day(105),
      graceUntil: day(115),
    });
    expect(said(rolling, friends(0, 5, 6, 7), 7)).toEqual([
      "gold",
      "5 silver reached",
      "7 gold reached",
    ]);
  });

  it("renews at the end when the window carries it again", () => {
    expect(said(rolling, friends(0, 5, 80, 104), 110)).toEqual([
      "silver",
      "5 silver reached",
      "105 silver renewed",
    ]);
    expect(follow(rolling, friends(0, 5, 80, 104), day(110)).customerTier?.keepUntil).toEqual(
      day(205),
    );
  });

  it("waits for the grace period, in which it can be earned again", () => {
    expect(said(rolling, friends(0, 5, 90), 110)).toEqual(["silver", "5 silver reached"]);
    expect(said(rolling, friends(0, 5, 90, 112), 112)).toEqual([
      "silver",
      "5 silver reached",
      "112 silver renewed",
    ]);
    expect(said(rolling, friends(0, 5, 90), 115)).toEqual([
      null,
      "5 silver reached",
      "115 null lapsed",
    ]);
  });

  it("falls to the tier that is still earned, and no further", () => {
    const facts = friends(0, 1, 2, 3, 95, 100);
    expect(said(rolling, facts, 113)).toEqual([
      "silver",
      "1 silver reached",
      "3 gold reached",
      "113 silver lapsed",
    ]);
  });

  it("goes up during the grace period", () => {
    expect(said(rolling, friends(0, 5, 90, 107, 108, 109), 110)[0]).toBe("gold");
  });
});

describe("a calendar year", () => {
  it("keeps a tier to the end of the next year, by the merchant's clock", () => {
    const { customerTier } = follow(yearly, friends(0, 5), day(20));
    // Midnight in Tirana is 23:00 in UTC.
    expect(customerTier?.keepUntil).toEqual(new Date("2027-12-31T23:00:00Z"));
  });

  it("renews by the year that ended, not by the one that begins", () => {
    const again = [...friends(0, 5), ...friends(400, 410)];
    expect(follow(yearly, again, new Date("2028-03-01T00:00:00Z")).customerTier?.keepUntil).toEqual(
      new Date("2028-12-31T23:00:00Z"),
    );
    expect(
      follow(yearly, friends(0, 5), new Date("2028-01-20T00:00:00Z")).customerTier?.tierId,
    ).toBe("silver");
    expect(follow(yearly, friends(0, 5), new Date("2028-02-20T00:00:00Z")).customerTier).toBeNull();
  });

  it("lets the year before carry a lower tier when a higher one falls", () => {
    const facts = [...friends(0, 1, 2, 3), ...friends(400, 410)];
    const { customerTier, changes } = follow(yearly, facts, new Date("2028-03-01T00:00:00Z"));
    expect([customerTier?.tierId, changes.at(-1)?.reason]).toEqual(["silver", "lapsed"]);
    expect(customerTier?.keepUntil).toEqual(new Date("2028-12-31T23:00:00Z"));
  });
});

const anyRules = fc
  .record({
    window: fc.constantFrom("rolling" as const, "calendar_year" as const),
    windowDays: fc.integer({ min: 1, max: 400 }),
    graceDays: fc.integer({ min: 0, max: 60 }),
    thresholds: fc.uniqueArray(fc.bigInt(1n, 60n), { minLength: 1, maxLength: 4 }),
  })
  .map(({ window, windowDays, graceDays, thresholds }): TierRules => ({
    metric: "points",
    window,
    windowDays,
    graceDays,
    timeZone: "Europe/Tirane",
    tiers: thresholds
      .sort((a, b) => (a < b ? -1 : 1))
      .map((threshold, index) => ({ id: `t${index}`, threshold })),
  }));
const anyFacts = fc.array(
  fc.record({ at: fc.integer({ min: 0, max: 1_500 }).map(day), amount: fc.bigInt(1n, 30n) }),
  { maxLength: 40 },
);
const rankOf = (rules: TierRules) => (id: string | null | undefined) =>
  rules.tiers.findIndex((tier) => tier.id === id);

describe("for any rules and facts", () => {
  it("the order in which facts are known does not matter", () => {
    fc.assert(
      fc.property(
        anyRules,
        anyFacts,
        fc.integer({ min: 0, max: 2_000 }),
        fc.infiniteStream(fc.nat()),
        (rules, facts, now, random) => {
          const shuffled = facts
            .map((fact) => ({ fact, key: random.next().value! }))
            .sort((a, b) => a.key - b.key)
            .map(({ fact }) => fact);
          expect(follow(rules, shuffled, day(now))).toEqual(follow(rules, facts, day(now)));
        },
      ),
    );
  });

  it("later facts change nothing about the past, and reviews at any time end the same", () => {
    fc.assert(
      fc.property(
        anyRules,
        anyFacts,
        fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 8 }),
        (rules, facts, times) => {
          let last: { at: Date; toId: string | null } | null = null;
          const written: unknown[] = [];
          for (const time of [...times, 2_000].sort((a, b) => a - b)) {
            const result = follow(
              rules,
              facts.filter(({ at }) => at <= day(time)),
              day(time),
            );
            const steps = stepsSince(
              last,
              result,
              { why: "facts", value: 0n, now: day(time) },
              rankOf(rules),
            );
            written.push(...steps);
            last = steps.at(-1) ?? last;
          }
          expect(written).toEqual(follow(rules, facts, day(2_000)).changes);
        },
      ),
    );
  });

  it("no one falls except at the end of a grace period", () => {
    fc.assert(
      fc.property(anyRules, anyFacts, (rules, facts) => {
        const { changes } = follow(rules, facts, day(2_000));
        for (const { fromId, toId, reason } of changes) {
          const [from, to] = [rankOf(rules)(fromId), rankOf(rules)(toId)];
          expect(
            reason === "lapsed" ? to < from : reason === "renewed" ? to === from : to > from,
          ).toBe(true);
        }
      }),
    );
  });

  it("whoever has a tier had what it takes when they earned it, and the other way round", () => {
    fc.assert(
      fc.property(anyRules, anyFacts, fc.integer({ min: 0, max: 2_000 }), (rules, facts, time) => {
        const now = day(time);
        const counted = facts.filter(({ at }) => at <= now);
        const { customerTier } = follow(rules, facts, now);
        const rank = rankOf(rules)(customerTier?.tierId);
        if (customerTier)
          expect(
            valueAt(rules, counted, customerTier.earnedAt) >= rules.tiers[rank]!.threshold,
          ).toBe(true);
        for (const { at } of counted.filter(({ at }) => at.getTime() === now.getTime())) {
          const reached = rules.tiers.findLastIndex(
            ({ threshold }) => valueAt(rules, counted, at) >= threshold,
          );
          expect(rank).toBeGreaterThanOrEqual(reached);
        }
        if (customerTier) expect(now < customerTier.graceUntil).toBe(true);
      }),
    );
  });

  it("the progress says exactly what is missing", () => {
    fc.assert(
      fc.property(anyRules, anyFacts, fc.integer({ min: 0, max: 1_600 }), (rules, facts, time) => {
        const now = day(time);
        const { customerTier } = follow(rules, facts, now);
        const { next } = progressOf(rules, facts, customerTier, now);
        if (!next || next.remaining === 0n) return;
        const enough = follow(
          rules,
          [...facts, { at: now, amount: next.remaining }],
          now,
        ).customerTier;
        const tooFew = follow(
          rules,
          [...facts, { at: now, amount: next.remaining - 1n }],
          now,
        ).customerTier;
        expect(enough?.tierId).toBe(next.tierId);
        expect(rankOf(rules)(tooFew?.tierId)).toBeLessThan(rankOf(rules)(next.tierId));
      }),
    );
  });
});

describe("what was reversed", () => {
  it("is as if it had never been", () => {
    const before = follow(rolling, friends(0, 1, 2, 3), day(10));
    const after = follow(rolling, friends(0, 1, 2), day(10));
    expect([before.customerTier?.tierId, after.customerTier?.tierId]).toEqual(["gold", "silver"]);
    const last = before.changes.at(-1)!;
    expect(
      stepsSince(last, after, { why: "facts", value: 3n, now: day(10) }, rankOf(rolling)),
    ).toEqual([{ at: day(10), fromId: "gold", toId: "silver", reason: "taken_back", value: 3n }]);
  });

  it("takes nothing when the rest carries the tier", () => {
    const before = follow(rolling, friends(0, 1, 2, 3, 4), day(10));
    const after = follow(rolling, friends(0, 1, 2, 4), day(10));
    expect(after.customerTier?.tierId).toBe("gold");
    expect(
      stepsSince(
        before.changes.at(-1)!,
        after,
        { why: "facts", value: 4n, now: day(10) },
        rankOf(rolling),
      ),
    ).toEqual([]);
  });
});

describe("an edit of the rules", () => {
  const stored = {
    ...follow(rolling, friends(0, 5), day(10)).customerTier!,
    earnedUnder: {
      metric: "referrals" as const,
      window: "rolling" as const,
      windowDays: 100,
      threshold: 2n,
    },
  };

  it("takes no tier away before the time that was promised with it", () => {
    expect(keepsPromise(stored, friends(0, 5), "UTC", day(60))).toBe(true);
    expect(keepsPromise(stored, friends(0, 5), "UTC", day(115))).toBe(false);
  });

  it("but a reversal does", () => {
    expect(keepsPromise(stored, friends(0), "UTC", day(60))).toBe(false);
  });
});
