import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { addDays, systemNow } from "@/lib/core/time";
import { storeEvent } from "@/lib/events/commands/store-event";
import type { EventBody } from "@/lib/events/schema";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { inScope } from "@/lib/merchants/scope";
import { processEvents } from "@/lib/worker/jobs/events";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";
import { processEvent, processGroup } from "./process-event";

afterAll(closeConnections);

type Sent = { body: EventBody & { id: string }; at: Date };

const start = addDays(systemNow(), -30);
const at = (hours: number) => new Date(start.getTime() + hours * 3_600_000);
const PEOPLE = 8;
const email = (person: number) => `friend${person}@example.com`;

/**
 * Each is named by id and address, and has a number and a browser of their own: what is shared, and
 * who turns out to be whom, is decided by arrival.
 */
const customer = fc.record({
  person: fc.nat(PEOPLE - 1),
  hasPhone: fc.boolean(),
  hasBrowser: fc.boolean(),
});

function customerOf({ person, hasPhone }: Drawn["who"]) {
  return {
    id: `shop-${person}`,
    email: email(person),
    ...(hasPhone && { traits: { phone: `+4479460000${person}` } }),
  };
}

const said = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant("sign_up"), code: fc.nat(2) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("purchase"),
      cents: fc.integer({ min: 0, max: 20_000 }),
      code: fc.option(fc.nat(2), { nil: undefined }),
      order: fc.nat(5),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constantFrom("page_view", "trial_started") }) },
);

type Drawn = {
  who: { person: number; hasPhone: boolean; hasBrowser: boolean };
  what: { type: string; code?: number; cents?: number; order?: number };
};

/** The same events in any shop, but for the codes of its advocates. */
function sentIn(codes: readonly string[], drawn: readonly Drawn[]): Sent[] {
  return drawn.map(({ who, what }, index) => ({
    at: at(index),
    body: {
      id: `event-${index}`,
      type: what.type,
      customer: customerOf(who),
      ...(who.hasBrowser && { visitorId: `browser-${who.person}` }),
      ...(what.code !== undefined && { code: codes[what.code]! }),
      ...(what.cents !== undefined && {
        order: {
          id: `order-${who.person}-${what.order}`,
          total: (what.cents / 100).toFixed(2),
          currency: "USD",
        },
      }),
    },
  }));
}

async function shopWith(): Promise<{ shop: Story; codes: string[] }> {
  const shop = await story({
    rules: [
      advocateCredit(),
      advocateCredit({
        id: "each",
        on: { kind: "each_purchase", from: 2, to: 4 },
        calculator: { kind: "share_of_order", shareBp: 500, atMost: null },
        holdDays: 0,
      }),
      friendCoupon(),
    ],
  });
  const codes: string[] = [];
  for (const name of ["Ann", "Ben", "Cleo"]) codes.push((await shop.advocate(name)).code);
  return { shop, codes };
}

async function store(shop: Story, sent: readonly Sent[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { body, at: occurredAt } of sent) {
    const stored = await storeEvent(shop.scope, {
      source: "api",
      body,
      occurredAt,
      dedupeKey: `id:${body.id}`,
      ...(body.visitorId && { visitorId: body.visitorId }),
    });
    ids.push(stored.eventId);
  }
  return ids;
}

/** Everything that stands in a shop, by what people call it and not by our ids. */
async function endOf({ scope }: Story) {
  const { merchantId } = scope;
  return inScope(scope, async ({ db }) => {
    const rows = async (sql: string) =>
      (await db.$queryRawUnsafe<{ row: string }[]>(sql, merchantId)).map(({ row }) => row).sort();
    return {
      people: await rows(`
        SELECT concat_ws('|', external_id, email, order_count, revenue_minor, first_order_at,
          last_order_at) AS row FROM customer WHERE merchant_id = $1 AND merged_into_id IS NULL`),
      keys: await rows(`
        SELECT concat_ws('|', c.external_id, c.email, k.kind, k.value, k.proven) AS row
        FROM customer_key k JOIN customer c ON c.merchant_id = k.merchant_id
          AND c.id = k.customer_id WHERE k.merchant_id = $1`),
      referrals: await rows(`
        SELECT concat_ws('|', f.external_id, f.email, r.code, r.state, r.reason, r.joined_at,
          r.expires_at, r.qualified_at, r.review_at IS NULL) AS row
        FROM referral r JOIN customer f ON f.merchant_id = r.merchant_id AND f.id = r.friend_id
        WHERE r.merchant_id = $1`),
      rewards: await rows(`
        SELECT concat_ws('|', c.email, w.rule_id, w.cause_kind, w.order_id, w.state, w.reason,
          w.amount_minor, w.cost_minor, w.reversed_minor) AS row
        FROM reward w JOIN customer c ON c.merchant_id = w.merchant_id AND c.id = w.customer_id
        WHERE w.merchant_id = $1`),
      balances: await rows(`
        SELECT concat_ws('|', a.kind, a.asset, c.email, a.balance_minor) AS row
        FROM ledger_account a LEFT JOIN customer c ON c.merchant_id = a.merchant_id
          AND c.id = a.owner_id WHERE a.merchant_id = $1 AND a.balance_minor <> 0`),
      counts: await rows(`
        SELECT concat_ws('|', c.email, a.qualified_count, a.reward_count) AS row
        FROM advocate a JOIN customer c ON c.merchant_id = a.merchant_id AND c.id = a.customer_id
        WHERE a.merchant_id = $1`),
      budget: await rows(`
        SELECT concat_ws('|', rewards, cost_minor) AS row FROM program_budget
        WHERE merchant_id = $1`),
      emails: await rows(`
        SELECT concat_ws('|', template, recipient, count(*)) AS row FROM message
        WHERE merchant_id = $1 GROUP BY template, recipient`),
      waiting: await rows(`SELECT event_id AS row FROM event_inbox WHERE merchant_id = $1`),
    };
  });
}

it("comes in groups to what comes of the same events one by one", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ who: customer, what: said }), { minLength: 5, maxLength: 25 }),
      async (drawn) => {
        const [alone, grouped] = [await shopWith(), await shopWith()];
        for (const id of await store(alone.shop, sentIn(alone.codes, drawn as Drawn[])))
          await processEvent(alone.shop.scope, id);
        await store(grouped.shop, sentIn(grouped.codes, drawn as Drawn[]));
        const { merchantId } = grouped.shop.scope;
        for (let turn = 0; turn < 50 && (await processEvents.run({ merchantId })) > 0; turn += 1);
        for (const { shop } of [alone, grouped]) await shop.settle();
        const withoutCodes = (end: Awaited<ReturnType<typeof endOf>>, codes: readonly string[]) =>
          JSON.parse(
            codes.reduce(
              (text, code, index) => text.replaceAll(code, `code-${index}`),
              JSON.stringify(end),
            ),
          ) as unknown;
        expect(withoutCodes(await endOf(grouped.shop), grouped.codes)).toEqual(
          withoutCodes(await endOf(alone.shop), alone.codes),
        );
        expect((await checkLedger(grouped.shop.scope)).differences).toEqual([]);
      },
    ),
    { numRuns: 12, endOnFailure: true },
  );
});

it("leaves what is not ordinary to be processed alone, and takes the rest", async () => {
  const { shop, codes } = await shopWith();
  await shop.purchase("Tom", "known", "20.00");
  const ids = await store(
    shop,
    [
      { type: "sign_up", customer: { id: "eve" }, code: codes[0]! },
      { type: "refund", refund: { orderId: "known", amount: "5.00", currency: "USD" } },
      {
        type: "purchase",
        customer: { email: "tom@example.com" },
        order: { id: "known", total: "30.00", currency: "USD" },
      },
      { type: "page_view", customer: { id: "eve" } },
      { type: "page_view", customer: { id: "finn" } },
    ].map((body, index) => ({
      body: { id: `event-${index}`, ...body } as Sent["body"],
      at: at(index),
    })),
  );
  const left = await processGroup(shop.scope, ids);
  // The refund and the restated order; and the second event of somebody whom the first makes known.
  expect(ids.map((id) => left.has(id))).toEqual([false, true, true, true, false]);
  expect((await endOf(shop)).waiting).toEqual(ids.filter((id) => left.has(id)).sort());
});

it("takes a burst of one person and of many without losing or doubling an event", async () => {
  const { shop, codes } = await shopWith();
  const sent = Array.from({ length: 120 }, (_, index): Sent => {
    const person = index % 3 === 0 ? "same" : `person-${index}`;
    return {
      at: at(index),
      body: {
        id: `event-${index}`,
        type: index % 2 === 0 ? "sign_up" : "purchase",
        customer: { id: person },
        code: codes[index % 3]!,
        ...(index % 2 === 1 && {
          order: { id: `order-${index}`, total: "10.00", currency: "USD" },
        }),
      },
    };
  });
  await store(shop, sent);
  const { merchantId } = shop.scope;
  await Promise.all([1, 2, 3].map(() => processEvents.run({ merchantId })));
  for (let turn = 0; turn < 50 && (await processEvents.run({ merchantId })) > 0; turn += 1);
  const outcomes = await inScope(shop.scope, ({ db }) =>
    db.eventOutcome.count({ where: { merchantId, type: { in: ["sign_up", "purchase"] } } }),
  );
  expect(outcomes).toBe(120);
  await shop.settle();
  const { differences } = await checkLedger(shop.scope);
  expect(differences).toEqual([]);
  const orders = await inScope(shop.scope, ({ db }) => db.order.count({ where: { merchantId } }));
  expect(orders).toBe(60);
});

it("counts points by the advocate's tier, of friends who are new and who were known", async () => {
  const shop = await story({
    rules: [
      advocateCredit({
        benefit: { kind: "points" },
        calculator: { kind: "fixed", amount: "100" },
        holdDays: 0,
      }),
    ],
  });
  const { code, customerId } = await shop.advocate("Ann");
  await shop.send({ type: "page_view", customer: { id: "known" } });
  await givesTier(shop, customerId, 12_500);
  const ids = await store(
    shop,
    ["known", "new"].map((id, index) => ({
      at: at(index),
      body: {
        id: `event-${index}`,
        type: "purchase",
        customer: { id },
        code,
        order: { id: `order-${index}`, total: "10.00", currency: "USD" },
      },
    })),
  );
  expect(await processGroup(shop.scope, ids)).toEqual(new Set());
  const { merchantId } = shop.scope;
  const rewards = await inScope(shop.scope, ({ db }) =>
    db.reward.findMany({ where: { merchantId }, select: { amountMinor: true } }),
  );
  expect(rewards.map(({ amountMinor }) => amountMinor)).toEqual([125n, 125n]);
});

async function givesTier({ scope }: Story, customerId: string, pointsMultiplierBp: number) {
  const now = systemNow();
  const { merchantId } = scope;
  const look = { threshold: 1n, benefits: {}, color: "gold", icon: "star" };
  const until = { keepUntil: addDays(now, 9), graceUntil: addDays(now, 9) };
  const tier = { merchantId, id: "tir_gold", rank: 1, name: "Gold", pointsMultiplierBp, ...look };
  const held = { merchantId, customerId, tierId: "tir_gold", reviewAt: addDays(now, 9), ...until };
  await inScope(scope, async ({ db }) => {
    await db.tier.create({ data: { ...tier, createdAt: now, updatedAt: now } });
    await db.customerTier.create({
      data: { ...held, reachedAt: now, earnedAt: now, earnedUnder: {} },
    });
  });
}
