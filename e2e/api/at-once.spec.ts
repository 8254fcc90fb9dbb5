import { apiOf, type Taken } from "../support/api";
import { ledgerSums, rewardsOf, settled, wrongBalances } from "../support/books";
import { CD_TERMS } from "../support/data/cdnow";
import { askDatabase } from "../support/server/database";
import { join, publishProgram } from "../support/enrolment";
import { openShop } from "../support/shop";
import { expect, test } from "../support/test";

/** 10.00 for the advocate; 5.00 off for the friend, both for the friend's first purchase. */
const TERMS = {
  ...CD_TERMS,
  rules: [
    { ...CD_TERMS.rules[0], calculator: { kind: "fixed", amount: "10.00" }, holdDays: 0 },
    CD_TERMS.rules[1],
  ],
  startsAt: null,
};

const purchase = (friend: string, orderId: string, code: string) => ({
  type: "purchase",
  customer: { id: friend },
  code,
  order: { id: orderId, total: "49.90", currency: "USD" },
});

test("the same purchase 200 times at once earns one reward for each side", async ({ baseURL }) => {
  const shop = await openShop();
  const api = apiOf(baseURL!, shop.secretKey, 20);
  const code = (await join(api, await publishProgram(api, "Once", TERMS), ["mira"])).get("mira")!;

  const answers = await Promise.all(
    Array.from({ length: 200 }, () => api.post<Taken>("/events", purchase("jon", "order-1", code))),
  );
  api.close();
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(answers.reduce((sum, { body }) => sum + body.accepted, 0)).toBe(1);
  expect(answers.reduce((sum, { body }) => sum + body.duplicates, 0)).toBe(199);

  await settled(shop.merchantId);
  expect(await rewardsOf(shop.merchantId)).toEqual([
    { side: "advocate", customer: "mira", orderId: "order-1", minor: "1000", state: "issued" },
    { side: "friend", customer: "jon", orderId: "order-1", minor: "500", state: "issued" },
  ]);
  expect(
    await askDatabase(
      `SELECT order_count, revenue_minor::text AS revenue
       FROM customer WHERE merchant_id = $1 AND external_id = 'jon'`,
      [shop.merchantId],
    ),
  ).toEqual([{ order_count: 1, revenue: "4990" }]);
  expect(await ledgerSums(shop.merchantId)).toEqual({ "USD/2": "0" });
});

test("a budget of 10 rewards gives exactly 10 under 100 purchases at once", async ({ baseURL }) => {
  const shop = await openShop();
  const api = apiOf(baseURL!, shop.secretKey, 20);
  const program = await publishProgram(api, "Ten", {
    ...TERMS,
    rules: [TERMS.rules[0]],
    budget: { cost: null, rewards: 10 },
  });
  const advocates = Array.from({ length: 10 }, (_, index) => `advocate-${index}`);
  const codes = await join(api, program, advocates);

  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      api.post<Taken>(
        "/events",
        purchase(`friend-${index}`, `order-${index}`, codes.get(advocates[index % 10]!)!),
      ),
    ),
  );
  expect(answers.every(({ status, body }) => status === 200 && body.accepted === 1)).toBe(true);
  await settled(shop.merchantId);

  const granted = await rewardsOf(shop.merchantId);
  expect(granted).toHaveLength(10);
  expect(new Set(granted.map(({ orderId }) => orderId)).size).toBe(10);
  const { body } = await api.get<{ rewards: number; cost: string; referrals: number }>(
    `/programs/${program}`,
  );
  expect(body).toMatchObject({ rewards: 10, cost: "100.00", referrals: 100 });
  api.close();
  const [qualified] = await askDatabase(
    "SELECT sum(qualified_count)::int AS friends FROM advocate WHERE merchant_id = $1",
    [shop.merchantId],
  );
  expect(qualified).toEqual({ friends: 100 });
  expect(await ledgerSums(shop.merchantId)).toEqual({ "USD/2": "0" });
  expect(await wrongBalances(shop.merchantId)).toEqual([]);
});
