import { expect, it } from "vitest";
import { systemNow } from "@/lib/core/time";
import { storeEvent } from "@/lib/events/commands/store-event";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { inScope } from "@/lib/merchants/scope";
import type { Terms } from "@/lib/terms/schema";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";
import { processEvents } from "@/lib/worker/jobs/events";

/** Friends of five advocates buy at the same moment. */
async function buyers(friends: number, change: Partial<Terms>): Promise<Story> {
  const shop = await story({
    qualification: { trigger: { kind: "first_purchase" }, conditions: { all: [] } },
    ...change,
  });
  const codes: string[] = [];
  for (let turn = 0; turn < 5; turn += 1) codes.push((await shop.advocate(`Advocate${turn}`)).code);
  const occurredAt = systemNow();
  await inScope(shop.scope, async (tx) => {
    for (let index = 0; index < friends; index += 1) {
      const order = { id: `order-${index}`, total: "20.00", currency: "USD" };
      await storeEvent(tx, {
        source: "api",
        occurredAt,
        body: {
          type: "purchase",
          code: codes[index % 5]!,
          customer: { id: `friend-${index}` },
          order,
        },
      });
    }
  });
  await Promise.all([1, 2, 3].map(() => processEvents.run({ merchantId: shop.scope.merchantId })));
  await shop.settle();
  expect((await checkLedger(shop.scope)).differences).toEqual([]);
  return shop;
}

async function given({
  scope,
}: Story): Promise<{ amount: number; reason: string | undefined; people: number }[]> {
  return inScope(
    scope,
    ({ db }) => db.$queryRaw`
    SELECT r.amount_minor::int AS amount, min(f.reason) AS reason, count(*)::int AS times,
      count(DISTINCT r.customer_id)::int AS people
    FROM reward r
    JOIN LATERAL (SELECT s.reason
    FROM reward_step s
    WHERE s.merchant_id = r.merchant_id AND s.reward_id = r.id ORDER BY s.id LIMIT 1) f ON true
    WHERE r.merchant_id = ${scope.merchantId} GROUP BY 1 ORDER BY 1 DESC`,
  );
}

it("grants up to the daily cap, then the fallback, within the budget to the cent", async () => {
  const rule = advocateCredit({
    caps: [{ who: "person", per: "day", rewards: 3 }],
    fallback: { benefit: { kind: "credit" }, calculator: { kind: "fixed", amount: "1.00" } },
  });
  const shop = await buyers(50, { rules: [rule], budget: { cost: "160.00", rewards: null } });
  expect(await given(shop)).toEqual([
    { amount: 1_000, reason: "granted", times: 15, people: 5 },
    { amount: 100, reason: "smaller_benefit", times: 10, people: expect.any(Number) },
  ]);
  const [refused] = await inScope(
    shop.scope,
    ({ db }) => db.$queryRaw<{ reasons: string[] }[]>`
    SELECT jsonb_path_query_array(decisions, '$[*].reasons[*].code') AS reasons FROM event_outcome
    WHERE merchant_id = ${shop.scope.merchantId}
      AND decisions @> '[{"code": "reward_refused"}]' LIMIT 1`,
  );
  expect(refused?.reasons).toContain("budget_reached");
});

it("keeps what the program may spend in a week over all rules together", async () => {
  const shop = await buyers(20, {
    rules: [
      advocateCredit(),
      advocateCredit({ id: "more", calculator: { kind: "fixed", amount: "3.00" } }),
    ],
    caps: [
      { who: "program", per: "week", cost: "45.00" },
      { who: "person", per: "month", rewards: 2 },
    ],
  });
  const [{ cost, most }] = await inScope(
    shop.scope,
    ({ db }) => db.$queryRaw<[{ cost: number; most: number }]>`
    SELECT sum(cost)::int AS cost, max(rewards)::int AS most FROM (
      SELECT customer_id, sum(cost_minor) AS cost, count(*) AS rewards
      FROM reward WHERE merchant_id = ${shop.scope.merchantId} GROUP BY 1) per`,
  );
  expect(cost).toBeLessThanOrEqual(4_500);
  expect(cost).toBeGreaterThan(4_500 - 300);
  expect(most).toBeLessThanOrEqual(2);
});
