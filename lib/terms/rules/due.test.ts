import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/core/time";
import { ALWAYS, type Rule, type RuleTrigger, type Terms } from "@/lib/terms/schema";
import { beforeRefunds, type OrderFact } from "@/lib/terms/facts/referrals";
import type { ReferralFacts } from "@/lib/referrals/rules";
import { askedBy } from "@/lib/terms/rules/asked";
import { type ReferralContext, type AdvocateContext } from "@/lib/terms/facts/known";
import { type Action, type QualifiedReferral } from "@/lib/terms/facts/actions";
import { causeText } from "@/lib/terms/facts/causes";
import { dueOfAction, dueOfReferral, qualifyingCause } from "@/lib/terms/rules/due";

const start = new Date("2026-05-01T00:00:00Z");
const order = (day: number, change: Partial<OrderFact> = {}): OrderFact => ({
  orderId: `o${day}`,
  eventId: `e${day}`,
  occurredAt: addDays(start, day),
  totalMinor: 2_000n,
  remainingMinor: 2_000n,
  currency: "USD",
  lines: [
    { sku: "tea", category: null, totalMinor: 2_000n, remainingMinor: 2_000n, cameBack: false },
  ],
  country: "DE",
  channel: null,
  ...change,
});
const rule = (on: RuleTrigger, change: Partial<Rule> = {}): Rule => ({
  id: on.kind,
  side: "advocate",
  on,
  conditions: ALWAYS,
  benefit: { kind: "credit" },
  calculator: { kind: "fixed", amount: "1" },
  holdDays: 0,
  ...change,
});
const terms = (rules: Rule[], change: Partial<Terms> = {}): Terms => ({
  currency: "USD",
  rules,
  qualification: { trigger: { kind: "first_purchase" }, conditions: ALWAYS },
  newCustomersOnly: true,
  windowDays: 30,
  advocateCap: null,
  budget: { cost: null, rewards: null },
  startsAt: null,
  endsAt: null,
  destination: { kind: "invite" },
  termsText: { en: "", sq: "", zh: "" },
  ...change,
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
const context: ReferralContext = {
  timeZone: "UTC",
  advocate: null,
  friend: { traits: {}, country: "XK", tier: null },
  channel: "qr",
  clickedAt: null,
  qualifiedReferrals: null,
};
const due = (rules: Rule[], change: Partial<ReferralFacts>) =>
  dueOfReferral({
    terms: terms(rules),
    referralId: "ref_1",
    facts: facts(change),
    context,
    qualifiedBy: null,
  });
const keys = (found: ReturnType<typeof due>) =>
  found.map(({ rule, causeRef, cause }) => `${rule.id} ${causeText(causeRef)} ${cause.eventId}`);

describe("what a referral calls for", () => {
  const orders = [
    order(9),
    order(3),
    order(40),
    order(5, { totalMinor: 500n, remainingMinor: 500n }),
    order(-1),
  ];

  it("is the first, the nth, or each purchase of its window that meets the conditions", () => {
    const large = { conditions: { kind: "order_total", atLeast: "10" } as const };
    expect(
      keys(
        due(
          [
            rule({ kind: "first_purchase" }),
            rule({ kind: "nth_purchase", n: 2 }, large),
            rule({ kind: "nth_purchase", n: 3 }, { ...large, id: "third" }),
            rule({ kind: "each_purchase", from: 2, to: null }),
            rule({ kind: "qualified" }),
          ],
          { orders },
        ),
      ),
    ).toEqual([
      "first_purchase referral:ref_1 e3",
      "nth_purchase referral:ref_1 e9",
      "each_purchase order:o5 e5",
      "each_purchase order:o9 e9",
    ]);
  });

  it("is chosen and told as its refunds have left it", () => {
    const half = order(3, { remainingMinor: 900n });
    const over = { conditions: { kind: "order_total", atLeast: "20" } as const };
    const [one] = due([rule({ kind: "first_purchase" }, over)], { orders: [half, order(5)] });
    expect(one?.cause.order?.orderId).toBe("o5");
    const [any] = due([rule({ kind: "first_purchase" })], { orders: [half, order(5)] });
    expect([any?.cause.order?.orderId, any?.facts.orderMinor]).toEqual(["o3", 900n]);
    const back = order(3, { remainingMinor: 0n });
    const [next] = due([rule({ kind: "first_purchase" })], { orders: [back, order(5)] });
    expect(next?.cause.order?.orderId).toBe("o5");
    expect(due([rule({ kind: "nth_purchase", n: 2 })], { orders: [back, order(5)] })).toEqual([]);
  });

  it("counts renewals, and takes a goal's own country before the friend's", () => {
    const goals = [8, 2, 5].map((day) => ({
      type: "renewal",
      eventId: `r${day}`,
      occurredAt: addDays(start, day),
      country: day === 5 ? "AL" : null,
    }));
    const [second] = due([rule({ kind: "renewal", n: 2 })], { goals: [...goals, goals[1]!] });
    expect([second?.cause.eventId, second?.facts.friend?.country]).toEqual(["r5", "AL"]);
    const inKosovo: Partial<Rule> = {
      conditions: { kind: "country", of: "friend", countries: ["XK"] },
    };
    expect(keys(due([rule({ kind: "renewal", n: 2 }, inKosovo)], { goals }))).toEqual([
      "renewal referral:ref_1 r8",
    ]);
  });

  it("is the same in whatever order its facts arrived", () => {
    const triggers: RuleTrigger[] = [
      { kind: "first_purchase" },
      { kind: "nth_purchase", n: 2 },
      { kind: "each_purchase", from: 2, to: 3 },
      { kind: "renewal", n: 2 },
    ];
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -5, max: 40 }), { maxLength: 8 }), (days) => {
        const some = days.map((day) => order(day));
        const goals = days.map((day) => ({
          type: "renewal",
          eventId: `r${day}`,
          occurredAt: addDays(start, day),
          country: null,
        }));
        const rules = triggers.map((on) => rule(on));
        expect(due(rules, { orders: some, goals })).toEqual(
          due(rules, { orders: some.toReversed(), goals: goals.toReversed() }),
        );
      }),
    );
  });

  it("asks of the qualification what is left of an order", () => {
    const asking = terms([], {
      qualification: {
        trigger: { kind: "first_purchase" },
        conditions: { kind: "product", skus: ["tea"] },
      },
    });
    const back = order(3, {
      lines: [
        { sku: "tea", category: null, totalMinor: 2_000n, remainingMinor: 0n, cameBack: true },
      ],
      remainingMinor: 100n,
    });
    const found = facts({ orders: [back] });
    expect(qualifyingCause(asking, found, context)).toBeNull();
    expect(qualifyingCause(asking, beforeRefunds(found), context)?.eventId).toBe("e3");
  });
});

describe("what an advocate's doing calls for", () => {
  const own: AdvocateContext = {
    timeZone: "UTC",
    joinedAt: start,
    advocate: { traits: {}, country: "XK", tier: null },
    qualifiedReferrals: 7,
  };
  const friend: QualifiedReferral = {
    referralId: "ref_9",
    eventId: "e9",
    order: order(9),
    at: addDays(start, 9),
    friend: null,
    channel: "qr",
    clickedAt: null,
    joinedAt: addDays(start, 8),
    isNewCustomer: true,
    underReview: false,
  };
  const all = terms([
    rule({ kind: "own_join" }),
    rule({ kind: "own_purchase" }),
    rule({ kind: "own_event", type: "review" }),
    rule({ kind: "share_visit" }),
    rule({ kind: "milestone", count: 3, repeats: true }),
    rule({ kind: "milestone", count: 5, repeats: false }, { id: "five" }),
    rule({ kind: "second_level" }),
  ]);
  it.each<[Action, string[]]>([
    [{ kind: "join", at: start }, ["own_join join:"]],
    [{ kind: "purchase", order: order(2), number: 1 }, ["own_purchase order:o2"]],
    [{ kind: "purchase", order: order(-2), number: 1 }, []],
    [{ kind: "purchase", order: order(2, { remainingMinor: 0n }), number: 1 }, []],
    [
      { kind: "event", type: "review", eventId: "e1", at: start, country: null, channel: null },
      ["own_event event:e1"],
    ],
    [{ kind: "event", type: "other", eventId: "e1", at: start, country: null, channel: null }, []],
    [
      { kind: "visit", visitorId: "v1", eventId: "c1", at: start, channel: "qr" },
      ["share_visit visit:v1"],
    ],
    [{ kind: "qualified", number: 3, referral: friend }, ["milestone milestone:3"]],
    [{ kind: "qualified", number: 5, referral: friend }, ["five milestone:5"]],
    [{ kind: "qualified", number: 15, referral: friend }, ["milestone milestone:15"]],
    [{ kind: "second_level", referral: friend }, ["second_level second_level:ref_9"]],
  ])("%#", (doing, expected) =>
    expect(
      dueOfAction(all, doing, own).map(({ rule, causeRef }) => `${rule.id} ${causeText(causeRef)}`),
    ).toEqual(expected),
  );

  it("knows a milestone by its key, which rests on no order", () => {
    const [reached] = dueOfAction(all, { kind: "qualified", number: 3, referral: friend }, own);
    expect([
      reached?.causeRef,
      reached?.cause.order,
      reached?.facts.counts.confirmed_referrals,
      reached?.facts.orderMinor,
    ]).toEqual([{ kind: "milestone", ref: "3" }, null, 3, 2_000n]);
  });
});

it("asks for no more than the terms look at", () => {
  expect(
    askedBy(
      terms([
        rule(
          { kind: "qualified" },
          {
            conditions: { any: [{ kind: "order_total", atLeast: "1" }, { kind: "new_customer" }] },
          },
        ),
      ]),
    ),
  ).toEqual({
    lines: false,
    event: false,
    tiers: false,
    traits: new Set(),
    // For a customer's own purchase, whether it is their first.
    counts: new Set(["own_purchases"]),
  });
  const asked = askedBy(
    terms([
      rule(
        { kind: "qualified" },
        {
          conditions: {
            none: [
              { kind: "segment", of: "owner", segments: ["a"] },
              { kind: "country", of: "friend", countries: ["DE"] },
            ],
          },
        },
      ),
      rule(
        { kind: "own_purchase" },
        {
          fallback: {
            benefit: { kind: "credit" },
            calculator: {
              kind: "share_of_order",
              shareBp: 1,
              lines: { skus: ["a"] },
              atMost: null,
            },
          },
        },
      ),
      rule(
        { kind: "qualified" },
        {
          calculator: {
            kind: "tiered_by_count",
            of: "friend_purchases",
            steps: [{ from: 1, amount: "1" }],
          },
        },
      ),
    ]),
  );
  expect(asked).toEqual({
    lines: true,
    event: true,
    tiers: false,
    traits: new Set(["segments", "segment", "country"]),
    counts: new Set(["friend_purchases"]),
  });
});
