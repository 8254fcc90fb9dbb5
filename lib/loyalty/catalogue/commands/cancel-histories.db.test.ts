import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { POINTS } from "@/lib/core/money";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { grantOutright, reverseReward } from "@/lib/rewards/commands";
import { lockReward, worthLeft } from "@/lib/rewards/commands/lock-reward";
import { reversePart } from "@/lib/rewards/commands/reverse/reverse-reward";
import { story } from "@/lib/worker/testing";
import { catalogueShop } from "../testing";
import { cancelRedemption } from ".";

afterAll(closeConnections);

const PRICES = [30, 70];

/** A shop with one customer, whose points come and go. */
async function begin(clawbackPolicy: "clamp" | "negative") {
  const shop = await story();
  const { scope } = shop;
  await inScope(scope, ({ db, merchantId }) =>
    db.merchant.update({ where: { id: merchantId }, data: { clawbackPolicy } }),
  );
  const catalogue = catalogueShop(shop);
  const customerId = await catalogue.customer();
  const items = await Promise.all(PRICES.map((points) => catalogue.item({ points })));
  const rewards: string[] = [];
  const redemptions: string[] = [];
  return {
    scope,
    rewards,
    redemptions,
    async earn(points: number) {
      const { rewardId } = await grantOutright(scope, {
        programId: shop.program.id,
        customerId,
        source: "goodwill",
        ruleId: "goodwill",
        causeRef: { kind: "review", ref: `earned:${rewards.length}` },
        eventId: null,
        benefit: { kind: "points" },
        calculator: { kind: "fixed", amount: String(points) },
        holdDays: 0,
        at: new Date(),
        facts: {},
      });
      rewards.push(rewardId);
    },
    async redeem(item: number) {
      redemptions.push((await catalogue.redeem(items[item % 2]!, customerId)).redemptionId);
    },
    reverse: (rewardId: string) =>
      reverseReward(scope, rewardId, "refunded", { key: rewardId, at: new Date() }),
    /** Reverses half of what a reward is worth. */
    reverseHalf: (rewardId: string, key: string) =>
      inScope(scope, async (tx) => {
        const reward = await lockReward(tx, rewardId);
        const half = worthLeft(reward)!.minor / 2n;
        if (reward.state === "issued" && half > 0n)
          await reversePart(tx, reward, half, { key, at: new Date() });
      }),
    cancel: (redemptionId: string) =>
      cancelRedemption(scope, { redemptionId, reason: "Changed their mind" }),
    truth: () => truthOf(scope, customerId),
  };
}

type Truth = Record<
  "has" | "should" | "givenUp" | "spent" | "ofReversed" | "cost" | "steps" | "costing" | "funding",
  bigint
>;

/**
 * What a customer has is what their rewards are worth, less what is spent, and what of that was
 * given up. A reward that was reversed whole is in no lot, and what it costs is what was not
 * recovered.
 */
function expectTrue({ differences, ...truth }: Awaited<ReturnType<typeof truthOf>>): void {
  expect(differences).toEqual([]);
  expect(truth.has).toBe(truth.should);
  expect(truth.ofReversed).toBe(0n);
  expect(truth.givenUp <= truth.spent).toBe(true);
  // A point costs a cent in this shop.
  expect([truth.cost, truth.steps, truth.funding]).toEqual(Array(3).fill(truth.costing));
}

async function truthOf(scope: Scope, customerId: string) {
  const { merchantId } = scope;
  const [truth] = await inScope(
    scope,
    ({ db }) => db.$queryRaw<[Truth]>`
      WITH earned AS (
        SELECT * FROM reward WHERE merchant_id = ${merchantId} AND asset = ${POINTS}
      ), spent AS (
        SELECT COALESCE(sum(points), 0) AS minor FROM redemption
        WHERE merchant_id = ${merchantId} AND state = 'done'
      )
      SELECT
        (SELECT COALESCE(sum(balance_minor), 0)::bigint FROM ledger_account
          WHERE merchant_id = ${merchantId} AND asset = ${POINTS} AND owner_id = ${customerId}
            AND kind IN ('available', 'owed')) AS has,
        ((SELECT COALESCE(sum(amount_minor - reversed_minor), 0) FROM earned)
          - (SELECT minor FROM spent)
          + (SELECT COALESCE(sum(reversed_minor - recovered_minor), 0) FROM earned))::bigint
          AS should,
        (SELECT COALESCE(sum(reversed_minor - recovered_minor), 0)::bigint FROM earned)
          AS "givenUp",
        (SELECT minor::bigint FROM spent) AS spent,
        (SELECT COALESCE(sum(l.remaining_minor), 0)::bigint FROM earned r
          JOIN ledger_lot l ON l.merchant_id = r.merchant_id AND l.reward_id = r.id
          WHERE r.state = 'reversed') AS "ofReversed",
        (SELECT COALESCE(sum(cost_minor), 0)::bigint FROM earned) AS cost,
        (SELECT COALESCE(sum(s.cost_minor), 0)::bigint FROM reward_step s
          JOIN earned r ON r.merchant_id = s.merchant_id AND r.id = s.reward_id) AS steps,
        (SELECT COALESCE(sum(amount_minor - recovered_minor), 0)::bigint FROM earned) AS costing,
        (SELECT -balance_minor FROM ledger_account WHERE merchant_id = ${merchantId}
          AND asset = ${POINTS} AND kind = 'funding') AS funding`,
  );
  const { differences } = await checkLedger(scope);
  return { differences, ...truth };
}

/** What may not be any more (points that are not there, a second cancelling) is refused. */
async function attempt(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
  });
}

const steps = fc.array(
  fc.record({
    what: fc.constantFrom(
      "earn",
      "earn",
      "redeem",
      "redeem",
      "reverse",
      "half",
      "cancel",
      "cancel",
    ),
    pick: fc.nat(20),
    points: fc.integer({ min: 20, max: 120 }),
  }),
  { minLength: 8, maxLength: 18 },
);

type Step = typeof steps extends fc.Arbitrary<(infer T)[]> ? T : never;

/** A reward recovers out of the lot of one that had borrowed, and gets its own back later. */
const LENT_ON: Step[] = [
  { what: "earn", pick: 4, points: 120 },
  { what: "redeem", pick: 17, points: 66 },
  { what: "earn", pick: 1, points: 46 },
  { what: "half", pick: 15, points: 20 },
  { what: "redeem", pick: 5, points: 20 },
  { what: "reverse", pick: 14, points: 20 },
  { what: "half", pick: 16, points: 20 },
  { what: "cancel", pick: 12, points: 20 },
  { what: "half", pick: 9, points: 20 },
  { what: "reverse", pick: 6, points: 20 },
  { what: "earn", pick: 17, points: 113 },
  { what: "cancel", pick: 20, points: 20 },
  { what: "cancel", pick: 10, points: 20 },
  { what: "cancel", pick: 3, points: 20 },
  { what: "half", pick: 5, points: 20 },
  { what: "cancel", pick: 18, points: 20 },
  { what: "cancel", pick: 0, points: 20 },
];

it.each(["clamp", "negative"] as const)(
  "comes out as the facts say, whatever is spent, reversed and cancelled (%s)",
  async (policy) => {
    await fc.assert(
      fc.asyncProperty(steps, async (steps) => {
        const shop = await begin(policy);
        await shop.earn(100);
        for (const [index, { what, pick, points }] of steps.entries()) {
          const reward = shop.rewards[pick % shop.rewards.length]!;
          const redemption = shop.redemptions[pick % Math.max(shop.redemptions.length, 1)];
          if (what === "earn") await shop.earn(points);
          else if (what === "redeem") await attempt(shop.redeem(pick));
          else if (what === "reverse") await shop.reverse(reward);
          else if (what === "half") await shop.reverseHalf(reward, `half ${index}`);
          else if (redemption) await shop.cancel(redemption);
          expectTrue(await shop.truth());
        }
        for (const redemption of shop.redemptions) await shop.cancel(redemption);
        for (const reward of shop.rewards) await shop.reverse(reward);
        const end = await shop.truth();
        expectTrue(end);
        expect([end.has, end.givenUp, end.costing]).toEqual([0n, 0n, 0n]);
      }),
      { numRuns: 8, endOnFailure: true, examples: [[LENT_ON]] },
    );
  },
  240_000,
);

it.each(["clamp", "negative"] as const)(
  "comes out the same when refunds, redemptions and cancellings meet, 20 at once (%s)",
  async (policy) => {
    const shop = await begin(policy);
    for (let round = 0; round < 3; round += 1) {
      for (let index = 0; index < 5; index += 1) await shop.earn(60 + 10 * index);
      for (let index = 0; index < 5; index += 1) await attempt(shop.redeem(index));
      await Promise.all([
        ...shop.rewards.slice(-5).map((id) => attempt(shop.reverse(id))),
        ...shop.redemptions.slice(-5).map((id) => attempt(shop.cancel(id))),
        ...shop.redemptions.slice(-5).map((id) => attempt(shop.cancel(id))),
        ...[0, 1, 2, 3, 4].map((item) => attempt(shop.redeem(item))),
      ]);
      expectTrue(await shop.truth());
    }
    for (const redemption of shop.redemptions) await shop.cancel(redemption);
    const truth = await shop.truth();
    expectTrue(truth);
    expect([truth.has, truth.givenUp]).toEqual([0n, 0n]);
  },
  240_000,
);
