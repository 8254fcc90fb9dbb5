import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays, systemNow } from "@/lib/core/time";
import { storeEvent } from "@/lib/events/commands/store-event";
import type { EventBody } from "@/lib/events/schema";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { inScope } from "@/lib/merchants/scope";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";

/** Two friends, each known to the shop by an id and by an address, and told to be one later. */
const FRIENDS = ["f-0", "f-1"] as const;
type Friend = (typeof FRIENDS)[number];
type Fact = { friend: Friend; day: number; body: EventBody & { id: string } };

const addressOf = (friend: Friend) => `${friend}@example.com`;
const named = (friend: Friend, by: "id" | "email") =>
  by === "id" ? { id: friend } : { email: addressOf(friend) };

const by = fc.constantFrom("id" as const, "email" as const);
const order = fc.record({
  friend: fc.constantFrom(...FRIENDS),
  by,
  day: fc.integer({ min: -2, max: 20 }),
  cents: fc.integer({ min: 800, max: 4_000 }),
  isReturned: fc.boolean(),
});

const facts = fc
  .record({
    joined: fc.tuple(by, by),
    orders: fc.array(order, { minLength: 1, maxLength: 4 }),
  })
  .map(({ joined, orders }): Fact[] => [
    ...FRIENDS.map((friend, index): Fact => {
      const body = {
        id: `join-${friend}`,
        type: "sign_up",
        customer: named(friend, joined[index]!),
      };
      return { friend, day: 0, body };
    }),
    ...FRIENDS.map((friend): Fact => {
      const customer = { id: friend, email: addressOf(friend) };
      return { friend, day: 5, body: { id: `both-${friend}`, type: "lead", customer } };
    }),
    ...orders.flatMap(({ friend, by, day, cents, isReturned }, index): Fact[] => {
      const id = `o-${index}`;
      const order = { id, total: (cents / 100).toFixed(2), currency: "USD" };
      const customer = named(friend, by);
      const bought = { id, type: "purchase", customer, order };
      const refund = { orderId: id, currency: "USD" };
      const back = { id: `back-${id}`, type: "refund", refund };
      return [
        { friend, day: day + index / 10, body: bought },
        ...(isReturned ? [{ friend, day: day + 3, body: back }] : []),
      ];
    }),
  ]);

async function tell(facts: readonly Fact[], oneByOne: boolean): Promise<unknown> {
  const shop = await story({
    rules: [advocateCredit({ holdDays: 300 }), friendCoupon()],
    newCustomersOnly: false,
    windowDays: 30,
  });
  const { code } = await shop.advocate("Mira");
  const began = addDays(systemNow(), -100);
  for (const { day, body } of facts) {
    await storeEvent(shop.scope, {
      source: "api",
      body: body.type === "sign_up" ? { ...body, code } : body,
      occurredAt: addDays(began, day),
      dedupeKey: `id:${body.id}`,
    });
    if (oneByOne) await shop.settle();
  }
  await settled(shop);
  expect((await checkLedger(shop.scope)).differences).toEqual([]);
  return endOf(shop);
}

/** Refunds that came before their orders wait for a turn of their own. */
async function settled({ scope, settle }: Story): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) {
    await settle();
    await inScope(
      scope,
      ({ db, merchantId }) =>
        db.$executeRaw`UPDATE event_inbox SET next_try_at = now()
          WHERE merchant_id = ${merchantId}`,
    );
  }
  await settle();
}

async function endOf({ scope }: Story): Promise<unknown> {
  return inScope(scope, async ({ db, merchantId }) => ({
    waiting: await db.eventInbox.count({ where: { merchantId } }),
    people: await db.$queryRaw`
      SELECT external_id, email, order_count, revenue_minor FROM customer
      WHERE merchant_id = ${merchantId} AND merged_into_id IS NULL ORDER BY email`,
    referrals: await db.$queryRaw`
      SELECT c.email, r.state FROM referral r
      JOIN customer c ON c.merchant_id = r.merchant_id AND c.id = r.friend_id
      WHERE r.merchant_id = ${merchantId} AND r.state <> 'rejected' ORDER BY 1, 2`,
    rewards: await db.$queryRaw`
      SELECT c.email, w.side, w.state, w.order_id, w.amount_minor - w.reversed_minor AS left_minor
      FROM reward w JOIN customer c ON c.merchant_id = w.merchant_id AND c.id = w.customer_id
      WHERE w.merchant_id = ${merchantId} AND w.state IN ('held', 'available', 'issued', 'used')
      ORDER BY 1, 2, 4`,
  }));
}

it("comes to the same end whenever two records turn out to be one person", async () => {
  await fc.assert(
    fc.asyncProperty(
      facts.chain((list) =>
        fc.tuple(
          fc.constant(list),
          fc.shuffledSubarray(list, { minLength: list.length }),
          fc.boolean(),
        ),
      ),
      async ([list, shuffled, oneByOne]) => {
        expect(await tell(shuffled, oneByOne)).toEqual(await tell(list, true));
      },
    ),
    { numRuns: Number(process.env.HISTORIES_RUNS ?? 5), endOnFailure: !process.env.SHRINK },
  );
});
