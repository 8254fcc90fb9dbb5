import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays, systemNow } from "@/lib/core/time";
import { DomainError } from "@/lib/core/errors";
import type { EventBody } from "@/lib/events/schema";
import { storeEvent } from "@/lib/events/commands/store-event";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { inScope } from "@/lib/merchants/scope";
import type { Terms } from "@/lib/terms/schema";
import { deliverReward, voidReward } from "@/lib/rewards/commands";
import { approveReferral, rejectReferral, undoRejection } from "./process/decide-referral";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";

/** A fact has its time and id, whenever it arrives; a decision is taken when its turn comes. */
type Fact = { body: EventBody & { id: string }; at: Date; friend: number };
type Decision = { decide: "reject" | "undo" | "approve" | "void" | "give"; pick: number };

const FRIENDS = 3;
/** After the friends: the advocate who invited the first of them, and buys too. */
const email = (person: number) =>
  person === FRIENDS ? "mira@example.com" : `friend${person}@example.com`;
const long = addDays(systemNow(), -200);
const day = (days: number) => addDays(long, days);

/** Two lines of one article, as a shop sends them that sold it at two prices. */
const items = [
  { sku: "tea", quantity: 3, price: "3.35" },
  { sku: "cup", quantity: 1, price: "20.00" },
  { sku: "tea", quantity: 1, price: "3.00" },
];
const orders = fc.array(
  fc.record({
    friend: fc.nat(FRIENDS),
    day: fc.integer({ min: -3, max: 40 }),
    cents: fc.integer({ min: 700, max: 9_000 }),
    // Articles and amounts of one order mixed, or all of it.
    back: fc.array(fc.constantFrom("tea", "tea", "cup", "amount", "whole"), { maxLength: 3 }),
    // The same order under other events: another total, told later.
    again: fc.array(fc.nat(9_000), { maxLength: 2 }),
  }),
  { minLength: 2, maxLength: 5 },
);

const facts = orders.map((list) => {
  const found: Fact[] = [];
  for (let friend = 0; friend < FRIENDS; friend += 1) {
    found.push({
      friend,
      at: day(0),
      body: { id: `sign-up-${friend}`, type: "sign_up", customer: { email: email(friend) } },
    });
  }
  list
    .toSorted((left, right) => left.day - right.day)
    .forEach((one, index) => {
      const id = `order-${index}`;
      found.push({
        friend: one.friend,
        at: day(one.day + index / 100),
        body: {
          id,
          type: "purchase",
          customer: { email: email(one.friend) },
          order: { id, total: (one.cents / 100).toFixed(2), currency: "USD", items },
        },
      });
      one.again.forEach((cents, turn) => {
        const order = { id, total: (cents / 100).toFixed(2), currency: "USD", items };
        found.push({
          friend: one.friend,
          at: day(one.day + 1 + turn + index / 100),
          body: {
            id: `again-${index}-${turn}`,
            type: "purchase",
            customer: { email: email(one.friend) },
            order,
          },
        });
      });
      one.back.forEach((what, turn) => {
        const refund =
          what === "whole"
            ? {}
            : what === "amount"
              ? { amount: (Math.ceil(one.cents / 3) / 100).toFixed(2) }
              : { items: [{ sku: what, quantity: 1 }] };
        found.push({
          friend: one.friend,
          at: day(one.day + 5),
          body: {
            id: `refund-${index}-${turn}`,
            type: "refund",
            refund: { orderId: id, currency: "USD", ...refund },
          },
        });
      });
    });
  return found;
});

/** The hold of the rule "later" is over by now for some of these orders, and for others not. */
const terms = (change: Partial<Terms>, holdDays = 190): Partial<Terms> => ({
  rules: [
    advocateCredit({ calculator: { kind: "share_of_order", shareBp: 1_000, atMost: "7.00" } }),
    advocateCredit({
      id: "later",
      benefit: { kind: "cash" },
      calculator: { kind: "fixed", amount: "3.00" },
      holdDays,
    }),
    friendCoupon(),
    friendCoupon({
      id: "points",
      on: { kind: "first_purchase" },
      benefit: { kind: "points" },
      calculator: { kind: "fixed", amount: "50" },
    }),
    friendCoupon({
      id: "each",
      on: { kind: "each_purchase", from: 1, to: 2 },
      conditions: { kind: "product", skus: ["tea"] },
      benefit: { kind: "credit" },
      calculator: { kind: "share_of_order", shareBp: 500, lines: { skus: ["tea"] }, atMost: null },
    }),
    advocateCredit({
      id: "own",
      on: { kind: "own_purchase" },
      benefit: { kind: "points" },
      calculator: { kind: "per_unit", amount: "2", per: "1.00", atMost: null },
    }),
    advocateCredit({
      id: "milestone",
      on: { kind: "milestone", count: 1, repeats: true },
      calculator: { kind: "fixed", amount: "1.50" },
    }),
    advocateCredit({
      id: "second",
      on: { kind: "second_level" },
      calculator: { kind: "fixed", amount: "0.50" },
    }),
  ],
  qualification: {
    trigger: { kind: "first_purchase" },
    conditions: { kind: "order_total", atLeast: "10.00" },
  },
  windowDays: 30,
  ...change,
});

type Begun = { shop: Story; send(fact: Fact): Promise<void> };

async function begin(change: Partial<Terms>, holdDays?: number): Promise<Begun> {
  const shop = await story(terms(change, holdDays));
  // The first friend is Mira's; the others came through him and Zoe.
  const codes = [
    (await shop.advocate("Mira")).code,
    (await shop.advocate("Zoe")).code,
    (await shop.advocate("Friend0")).code,
  ];
  await inScope(shop.scope, ({ db }) =>
    db.advocate.updateMany({
      where: { merchantId: shop.scope.merchantId },
      data: { joinedAt: day(-10) },
    }),
  );
  return {
    shop,
    async send({ body, at, friend }) {
      const said = body.type === "sign_up" ? { ...body, code: codes[friend]! } : body;
      await storeEvent(shop.scope, {
        source: "api",
        body: said,
        occurredAt: at,
        dedupeKey: `id:${body.id}`,
      });
    },
  };
}

/** Processes everything, also what failed before and would wait for its next turn. */
async function settle({ scope, settle: round }: Story): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) {
    await round();
    await inScope(
      scope,
      ({ db }) =>
        db.$executeRaw`UPDATE event_inbox SET next_try_at = now()
        WHERE merchant_id = ${scope.merchantId}`,
    );
  }
  await round();
}

/**
 * Takes a decision on what is there; one that does not fit any more is refused, which is no
 * failure.
 */
async function take({ scope, program }: Story, { decide, pick }: Decision): Promise<void> {
  const { merchantId } = scope;
  const targets = await inScope(scope, ({ db }) =>
    decide === "void" || decide === "give"
      ? db.reward.findMany({ where: { merchantId }, select: { id: true }, orderBy: { id: "asc" } })
      : db.referral.findMany({
          where: { merchantId, programId: program.id },
          select: { id: true },
          orderBy: { id: "asc" },
        }),
  );
  const target = targets[pick % Math.max(targets.length, 1)];
  if (!target) return;
  const run =
    decide === "void"
      ? voidReward(scope, { rewardId: target.id, reason: "Given by hand" })
      : decide === "give"
        ? deliverReward(scope, { rewardId: target.id })
        : decide === "reject"
          ? rejectReferral(scope, { referralId: target.id, reason: "Same household" })
          : decide === "undo"
            ? undoRejection(scope, { referralId: target.id })
            : approveReferral(scope, { referralId: target.id });
  await run.catch((error: unknown) => {
    if (!(error instanceof DomainError) || error.code !== "conflict") throw error;
  });
}

/** Everything that is kept beside what it is counted from, next to a fresh count. */
async function expectTruth({ scope }: Story): Promise<void> {
  const { merchantId } = scope;
  expect((await checkLedger(scope)).differences).toEqual([]);
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<{ what: string; kept: string; counted: string }[]>`
    WITH kept AS (
      SELECT *, COALESCE(amount_minor, 0) - reversed_minor AS left_minor FROM reward
      WHERE merchant_id = ${merchantId} AND state IN ('held', 'available', 'issued', 'used')
    ), lies AS (
      SELECT CASE WHEN state = 'held' THEN 'pending'
        WHEN terms->'benefit'->>'kind' IN ('credit', 'points') THEN 'available' ELSE 'issued' END
        || ':' || customer_id || ':' || asset AS account, sum(left_minor) AS minor
      FROM kept WHERE state <> 'used' AND asset IS NOT NULL GROUP BY 1
    )
    SELECT 'budget rewards' AS what, b.rewards::text AS kept,
      (SELECT count(*)::text FROM kept) AS counted
      FROM program_budget b WHERE merchant_id = ${merchantId}
    UNION ALL SELECT 'budget cost', b.cost_minor::text,
      (SELECT COALESCE(sum(cost_minor), 0)::text FROM reward WHERE merchant_id = ${merchantId})
      FROM program_budget b WHERE merchant_id = ${merchantId}
    UNION ALL SELECT 'cost of steps ' || r.id, r.cost_minor::text,
      (
        SELECT sum(cost_minor)::text FROM reward_step s
        WHERE s.merchant_id = r.merchant_id AND s.reward_id = r.id
      )
      FROM reward r WHERE merchant_id = ${merchantId}
    UNION ALL SELECT 'rewards of ' || a.id, a.reward_count::text,
      (SELECT count(*)::text FROM kept s WHERE s.advocate_id = a.id)
      FROM advocate a WHERE merchant_id = ${merchantId}
    UNION ALL SELECT 'friends of ' || a.id, a.qualified_count::text,
      (SELECT count(*)::text FROM referral r
        WHERE r.merchant_id = a.merchant_id AND r.advocate_id = a.id
          AND r.state IN ('qualified', 'rewarded'))
      FROM advocate a WHERE merchant_id = ${merchantId}
    UNION ALL SELECT 'orders of ' || c.email, c.order_count || ' ' || c.revenue_minor,
      (SELECT count(*) || ' ' || COALESCE(sum(total_minor - refunded_minor), 0)
        FROM shop_order o WHERE o.merchant_id = c.merchant_id AND o.customer_id = c.id)
      FROM customer c WHERE merchant_id = ${merchantId}
    UNION ALL SELECT 'refunds of ' || o.id, o.refunded_minor || ' ' || o.total_minor,
        (
          SELECT sum(refunded_minor) || ' ' || sum(total_minor) FROM order_line l
          WHERE l.merchant_id = o.merchant_id AND l.order_id = o.id
        )
      FROM shop_order o WHERE merchant_id = ${merchantId}
    UNION ALL SELECT 'account ' || a.id, a.balance_minor::text,
      COALESCE((SELECT minor FROM lies WHERE account = a.id), 0)::text
      FROM ledger_account a
      WHERE merchant_id = ${merchantId} AND kind IN ('pending', 'available', 'issued')
    UNION ALL SELECT 'advocates left to look at', '0',
      (SELECT count(*)::text FROM advocate_due WHERE merchant_id = ${merchantId})
    UNION ALL SELECT 'milestones of ' || a.id,
      (SELECT count(*)::text
      FROM kept s WHERE s.advocate_id = a.id AND s.cause_kind = 'milestone'
          AND s.cause_ref::int > (SELECT count(*) FROM referral r
            WHERE r.merchant_id = a.merchant_id AND r.advocate_id = a.id
              AND r.state IN ('qualified', 'rewarded') AND r.review_at IS NULL)), '0'
      FROM advocate a WHERE merchant_id = ${merchantId}`,
  );
  expect(rows.filter(({ kept, counted }) => kept !== counted)).toEqual([]);
}

/** The end of a story, in words that do not tell how it got there. */
async function endOf({ scope }: Story): Promise<unknown> {
  const { merchantId } = scope;
  return inScope(scope, async ({ db }) => ({
    waiting: await db.eventInbox.count({ where: { merchantId } }),
    referrals: await db.$queryRaw`
      SELECT c.email, r.state, r.joined_at, r.expires_at
      FROM referral r JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.friend_id
      WHERE r.merchant_id = ${merchantId} ORDER BY 1`,
    rewards: await db.$queryRaw`
      SELECT o.email AS owner, c.email AS friend, w.rule_id, w.state, w.order_id,
        w.amount_minor - w.reversed_minor AS left_minor, w.cost_minor
      FROM reward w JOIN customer o ON o.merchant_id = w.merchant_id AND o.id = w.customer_id
      LEFT JOIN referral r ON r.merchant_id = w.merchant_id AND r.id = w.referral_id
      LEFT JOIN customer c ON c.merchant_id = w.merchant_id AND c.id = r.friend_id
      WHERE w.merchant_id = ${merchantId} AND w.state IN ('held', 'available', 'issued', 'used')
      ORDER BY 1, 2, 3, 5, w.cause_kind, w.cause_ref`,
    customers: await db.customer.findMany({
      where: { merchantId },
      orderBy: { email: "asc" },
      select: {
        email: true,
        orderCount: true,
        revenueMinor: true,
        firstOrderAt: true,
        lastOrderAt: true,
      },
    }),
    balances: await db.$queryRaw`
      SELECT kind, asset, COALESCE(c.email, 'program') AS owner, balance_minor FROM ledger_account a
      LEFT JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.owner_id
      WHERE a.merchant_id = ${merchantId} AND balance_minor <> 0 ORDER BY 1, 2, 3`,
  }));
}

/** Puts facts in another order, whichever they are. */
function shuffled(facts: readonly Fact[], keys: readonly number[]): Fact[] {
  return facts
    .map((fact, index) => ({ fact, key: keys[index % keys.length]! }))
    .toSorted((left, right) => left.key - right.key)
    .map(({ fact }) => fact);
}

const numRuns = Number(process.env.HISTORIES_RUNS ?? 5);
const keys = fc.array(fc.integer(), { minLength: 7, maxLength: 25 });
const decisions = fc.array(
  fc.record({
    after: fc.nat(20),
    decide: fc.constantFrom("reject", "undo", "undo", "approve", "void", "give"),
    pick: fc.nat(20),
  }),
  { maxLength: 6 },
);

it("keeps every count and every cent true, whatever happens, and happens again", async () => {
  const limits = fc.constantFrom<Partial<Terms>>(
    {},
    {
      caps: [
        { who: "person", per: "week", rewards: 2 },
        { who: "program", per: "ever", cost: "14.00" },
      ],
    },
    { advocateCap: 2 },
    { budget: { cost: "12.50", rewards: null } },
    { budget: { cost: null, rewards: 4 }, newCustomersOnly: false },
  );
  await fc.assert(
    fc.asyncProperty(facts, keys, decisions, limits, async (facts, keys, decisions, limit) => {
      const { shop, send } = await begin(limit);
      for (const [index, fact] of shuffled(facts, keys).entries()) {
        await send(fact);
        if (keys[index % keys.length]! % 2 === 0) await shop.settle();
        for (const decision of decisions.filter(({ after }) => after === index))
          await take(shop, decision);
      }
      await settle(shop);
      for (const decision of decisions) await take(shop, decision);
      await settle(shop);
      await expectTruth(shop);
      const end = await endOf(shop);
      for (const fact of facts) await send(fact);
      await settle(shop);
      expect(await endOf(shop)).toEqual(end);
    }),
    { numRuns },
  );
});

it("comes to the same end in whatever order the same facts arrive", async () => {
  // Over for all orders or for none: a hold that is over stays over, whatever is told later.
  const holds = fc.constantFrom(30, 300);
  await fc.assert(
    fc.asyncProperty(facts, keys, fc.boolean(), holds, async (facts, keys, oneByOne, hold) => {
      const ends: unknown[] = [];
      for (const order of [facts, shuffled(facts, keys)]) {
        const { shop, send } = await begin({ newCustomersOnly: false }, hold);
        for (const fact of order) {
          await send(fact);
          if (oneByOne) await shop.settle();
        }
        await settle(shop);
        await expectTruth(shop);
        ends.push(await endOf(shop));
      }
      expect(ends[1]).toEqual(ends[0]);
    }),
    { numRuns },
  );
});
