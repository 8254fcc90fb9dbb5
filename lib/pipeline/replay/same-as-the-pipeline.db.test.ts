import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays, systemNow } from "@/lib/core/time";
import { joinProgram, upsertCustomer } from "@/lib/customers/commands";
import type { EventBody } from "@/lib/events/schema";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope } from "@/lib/merchants/scope";
import { ALWAYS, type Rule, type Terms } from "@/lib/terms/schema";
import { processAdvocates } from "@/lib/worker/jobs/advocates";
import { advocateCredit, friendCoupon, type Story, story, testTerms } from "@/lib/worker/testing";
import { processEvents } from "@/lib/worker/jobs/events";
import { pastUnder } from "./testing";

/** What happens, in the order in which it does: the pipeline works it off as it comes. */
type Fact = { day: number; body: EventBody & { id: string } } | { day: number; joins: number };

const long = addDays(systemNow(), -300);
const at = (day: number) => addDays(long, day);
const email = (person: number) => `person${person}@example.com`;
/**
 * Person 0 is the first advocate; 1 and 2 are their friends, 1 becomes an advocate too, 3 and 4 are
 * friends of theirs.
 */
const INVITER = [null, 0, 0, 1, 1];
const PEOPLE = INVITER.length;
const items = [
  { sku: "tea", quantity: 2, price: "6.35", category: "drinks" },
  { sku: "cup", quantity: 1, price: "20.00", category: "table" },
];

const purchases = fc.array(
  fc.record({
    person: fc.nat(PEOPLE - 1),
    day: fc.integer({ min: 2, max: 60 }),
    cents: fc.integer({ min: 500, max: 9_000 }),
    hasItems: fc.boolean(),
    back: fc.constantFrom(null, null, null, "tea", "amount", "whole"),
    backAfter: fc.integer({ min: 0, max: 20 }),
  }),
  { minLength: 3, maxLength: 9 },
);
const goals = fc.array(
  fc.record({ person: fc.nat(PEOPLE - 1), day: fc.integer({ min: 2, max: 60 }) }),
  { maxLength: 3 },
);

const history = fc.tuple(purchases, goals).map(([purchases, goals]): Fact[] => {
  const facts: Fact[] = [
    { day: 0, joins: 0 },
    { day: 1.5, joins: 1 },
  ];
  INVITER.forEach((inviter, person) => {
    if (inviter !== null)
      facts.push({
        day: 1 + person / 4,
        body: { id: `sign-up-${person}`, type: "sign_up", customer: { email: email(person) } },
      });
  });
  goals.forEach(({ person, day }, index) =>
    facts.push({
      day: day + 0.3 + index / 100,
      body: { id: `review-${index}`, type: "review", customer: { email: email(person) } },
    }),
  );
  purchases.forEach(({ person, day, cents, hasItems, back, backAfter }, index) => {
    const id = `order-${index}`;
    const when = day + index / 100;
    facts.push({
      day: when,
      body: {
        id,
        type: "purchase",
        customer: { email: email(person) },
        order: {
          id,
          total: hasItems ? "32.70" : (cents / 100).toFixed(2),
          currency: "USD",
          ...(hasItems && { items }),
        },
      },
    });
    if (back === null) return;
    const refund =
      back === "tea" && hasItems
        ? { items: [{ sku: "tea", quantity: 1 }] }
        : back === "amount"
          ? { amount: "3.33" }
          : {};
    facts.push({
      day: when + backAfter + 0.001,
      body: {
        id: `refund-${index}`,
        type: "refund",
        refund: { orderId: id, currency: "USD", ...refund },
      },
    });
  });
  return facts.toSorted((one, other) => one.day - other.day);
});

const rules: Rule[] = [
  advocateCredit({ calculator: { kind: "share_of_order", shareBp: 1_000, atMost: "4.00" } }),
  friendCoupon({
    on: { kind: "first_purchase" },
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "50" },
  }),
  advocateCredit({
    id: "every",
    on: { kind: "each_purchase", from: 2, to: null },
    calculator: { kind: "per_unit", amount: "0.50", per: "5.00", atMost: null },
  }),
  friendCoupon({
    id: "tea",
    on: { kind: "nth_purchase", n: 2 },
    conditions: { kind: "product", skus: ["tea"] },
    benefit: { kind: "credit" },
    calculator: {
      kind: "share_of_order",
      shareBp: 2_000,
      atMost: null,
      lines: { categories: ["drinks"] },
    },
  }),
  advocateCredit({
    id: "two",
    on: { kind: "milestone", count: 2, repeats: true },
    calculator: { kind: "fixed", amount: "7.00" },
  }),
  advocateCredit({
    id: "second",
    on: { kind: "second_level" },
    calculator: { kind: "fixed", amount: "2.00" },
  }),
  advocateCredit({
    id: "own",
    on: { kind: "own_purchase" },
    benefit: { kind: "points" },
    calculator: { kind: "per_unit", amount: "1", per: "1.00", atMost: null },
  }),
  advocateCredit({
    id: "review",
    on: { kind: "own_event", type: "review" },
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "15" },
  }),
  friendCoupon({
    id: "reviewed",
    on: { kind: "goal", type: "review" },
    calculator: { kind: "fixed", amount: "1.00" },
  }),
  advocateCredit({
    id: "ladder",
    on: { kind: "qualified" },
    calculator: {
      kind: "tiered_by_count",
      of: "confirmed_referrals",
      steps: [
        { from: 2, amount: "1.00" },
        { from: 3, amount: "2.50" },
      ],
    },
  }),
  advocateCredit({
    id: "welcome",
    on: { kind: "own_join" },
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "5" },
  }),
];
const fallback = {
  benefit: { kind: "points" as const },
  calculator: { kind: "fixed" as const, amount: "3" },
};

const terms = fc
  .record({
    rules: fc.subarray(rules, { minLength: 3 }),
    capped: fc.boolean(),
    fallback: fc.boolean(),
    trigger: fc.constantFrom<Terms["qualification"]["trigger"]>(
      { kind: "first_purchase" },
      { kind: "nth_purchase", n: 2 },
      { kind: "goal", type: "review" },
      { kind: "join" },
    ),
    least: fc.boolean(),
    windowDays: fc.constantFrom(20, 90),
    newCustomersOnly: fc.boolean(),
    limit: fc.constantFrom<Partial<Terms>>(
      {},
      { advocateCap: 2 },
      { budget: { cost: "12.50", rewards: null } },
      { budget: { cost: null, rewards: 5 } },
      { caps: [{ who: "person", per: "month", rewards: 2 }] },
      { caps: [{ who: "program", per: "ever", cost: "9.00" }] },
    ),
  })
  .map(({ rules, capped, fallback: falls, trigger, least, limit, ...rest }) =>
    testTerms({
      ...rest,
      ...limit,
      rules: rules.map((rule) => ({
        ...rule,
        ...(capped && { caps: [{ who: "person" as const, per: "week" as const, rewards: 1 }] }),
        ...(falls && { fallback }),
      })),
      qualification: {
        trigger,
        conditions: least ? { kind: "order_total", atLeast: "10.00" } : ALWAYS,
      },
    }),
  );

async function live(shop: Story, facts: readonly Fact[]): Promise<void> {
  const codes: string[] = [];
  for (const fact of facts) {
    if ("joins" in fact) {
      const { customer } = await upsertCustomer(shop.scope, {
        email: email(fact.joins),
        seenAt: at(fact.day),
      });
      codes[fact.joins] = (
        await joinProgram(shop.scope, {
          programId: shop.program.id,
          customerId: customer.id,
          at: at(fact.day),
          welcome: false,
        })
      ).code;
    } else {
      const person = Number(/^sign-up-(\d)$/.exec(fact.body.id)?.[1] ?? -1);
      const body = person < 0 ? fact.body : { ...fact.body, code: codes[INVITER[person]!]! };
      await storeEvent(shop.scope, {
        source: "api",
        body,
        occurredAt: at(fact.day),
        dedupeKey: `id:${body.id}`,
      });
    }
    // Nothing else falls due in between that a rule looks at.
    await processEvents.run({ merchantId: shop.scope.merchantId });
    await processAdvocates.run({ merchantId: shop.scope.merchantId });
  }
}

const GONE = ["voided", "reversed"];

/** The rewards on record, as a run tells its own. */
async function granted({ scope }: Story): Promise<string[]> {
  const rows = await inScope(scope, ({ db }) =>
    db.reward.findMany({ where: { merchantId: scope.merchantId } }),
  );
  return rows
    .map(
      ({
        ruleId,
        causeKind,
        causeRef,
        customerId,
        state,
        costMinor,
        amountMinor,
        reversedMinor,
        asset,
        arm,
        earnedAt,
      }) => {
        const counts = !GONE.includes(state);
        return [
          ruleId,
          `${causeKind}:${causeRef}`,
          customerId,
          earnedAt.toISOString(),
          counts ? `counts ${costMinor} ${asset} ${amountMinor! - reversedMinor}` : "reversed",
          arm,
        ].join(" | ");
      },
    )
    .sort();
}

async function replayed({ scope, program }: Story, terms: Terms): Promise<string[]> {
  const { rewards } = await pastUnder(
    scope,
    { programId: program.id, fromAt: addDays(long, -1), untilAt: systemNow() },
    terms,
  );
  return [...rewards.values()]
    .map(
      ({
        ruleId,
        causeKey,
        customerId,
        at,
        reversedFor,
        costMinor,
        asset,
        amountMinor,
        reversedMinor,
      }) =>
        [
          ruleId,
          causeKey,
          customerId,
          at.toISOString(),
          reversedFor === null
            ? `counts ${costMinor} ${asset} ${amountMinor! - reversedMinor}`
            : "reversed",
          null,
        ].join(" | "),
    )
    .sort();
}

it("grants what the pipeline grants, under any terms, with refunds, caps and budgets", async () => {
  await fc.assert(
    fc.asyncProperty(history, terms, async (facts, terms) => {
      const shop = await story(terms);
      await live(shop, facts);
      expect(await replayed(shop, terms)).toEqual(await granted(shop));
    }),
    { numRuns: 4 },
  );
});
