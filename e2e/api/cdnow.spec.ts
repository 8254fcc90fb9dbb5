import { apiOf, type Taken } from "../support/api";
import { digestOf, ledgerSums, rewardsOf, settled, wrongBalances } from "../support/books";
import {
  CD_TERMS,
  cdPurchases,
  impliedRewards,
  inviterOf,
  invitersIn,
  purchaseEvents,
} from "../support/data/cdnow";
import { askDatabase } from "../support/server/database";
import { join, publishProgram } from "../support/enrolment";
import { referenceCase, sharedDataPresent } from "../support/data/shared-data";
import { openShop } from "../support/shop";
import { expect, test } from "../support/test";

const BATCH = 1_000;

test("eighteen months of a real shop, to the cent, and sent again without effect", async ({
  baseURL,
}) => {
  test.skip(!sharedDataPresent, "the reference records are not on this machine");
  test.setTimeout(900_000);
  const shop = await openShop();
  const api = apiOf(baseURL!, shop.secretKey, 8);
  const purchases = cdPurchases();
  const program = await publishProgram(api, "Since 1997", CD_TERMS);
  const codes = await join(api, program, invitersIn(purchases).map(String), "1997-01-01T00:00:00Z");
  const codeOf = new Map([...codes].map(([id, code]) => [Number(id), code]));
  const events = purchaseEvents(purchases, codeOf);

  const sent = await sendAll(events);
  expect(sent).toEqual({ accepted: 6_919, duplicates: 0, rejected: [], warnings: [] });
  await settled(shop.merchantId, { within: 600_000 });

  await test.step("customers and revenue are those of the file", async () => {
    const [sums] = await askDatabase(
      `SELECT
         count(*) FILTER (WHERE order_count > 0)::int AS buyers,
         sum(order_count)::int AS orders,
         sum(revenue_minor)::text AS revenue,
         (SELECT sum(total_minor)::text FROM shop_order WHERE merchant_id = $1) AS "orderTotals"
       FROM customer WHERE merchant_id = $1`,
      [shop.merchantId],
    );
    const revenue = purchases.reduce((sum, { minor }) => sum + minor, 0n).toString();
    expect(sums).toEqual({ buyers: 2_357, orders: 6_919, revenue, orderTotals: revenue });
  });

  await test.step("rewards are those that the rule implies", async () => {
    const implied = impliedRewards(purchases);
    const friends = new Set(
      purchases
        .filter(({ customer }) => inviterOf(customer) !== null)
        .map(({ customer }) => customer),
    );
    const granted = await rewardsOf(shop.merchantId);
    const plain = (
      list: { side: string; customer: string; orderId: string; minor: bigint | string }[],
    ) =>
      list
        .map(({ side, customer, orderId, minor }) => `${side} ${customer} ${orderId} ${minor}`)
        .sort();
    expect(plain(granted)).toEqual(plain(implied));
    // However long ago it was bought: a hold counts from the day on which we learn of it.
    expect(new Set(granted.map(({ side, state }) => `${side} ${state}`))).toEqual(
      new Set(["advocate held", "friend issued"]),
    );
    const [{ referrals, qualified } = { referrals: 0, qualified: 0 }] = await askDatabase<{
      referrals: number;
      qualified: number;
    }>(
      `SELECT
         count(*)::int AS referrals, count(*) FILTER (WHERE state = 'qualified')::int AS qualified
       FROM referral WHERE merchant_id = $1`,
      [shop.merchantId],
    );
    expect({ referrals, qualified }).toEqual({
      referrals: friends.size,
      qualified: implied.length / 2,
    });

    const { body } = await api.get<{ rewards: number; cost: string; referrals: number }>(
      `/programs/${program}`,
    );
    const cost = implied.reduce((sum, { minor }) => sum + minor, 0n);
    expect(body).toMatchObject({
      rewards: implied.length,
      referrals: friends.size,
      cost: `${cost / 100n}.${String(cost % 100n).padStart(2, "0")}`,
    });
  });

  await test.step("the books add up", async () => {
    expect(await ledgerSums(shop.merchantId)).toEqual({ "USD/2": "0" });
    expect(await wrongBalances(shop.merchantId)).toEqual([]);
  });

  await test.step("the cohort of January 1997 comes back as published", async () => {
    const { expected } = referenceCase<unknown, Record<string, number[]>>("RET-06");
    const { status, body } = await api.get<{ data: { from: string; active: number[] }[] }>(
      "/reports/retention?from=1997-01-01&to=1998-06-30&unit=month",
    );
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.data.find(({ from }) => from === "1997-01-01")?.active).toEqual(
      expected["1997-01"],
    );
  });

  await test.step("sent again, all of it is known and nothing changes", async () => {
    const before = await digestOf(shop.merchantId);
    expect(Object.values(before).every((content) => content.startsWith("0 "))).toBe(false);
    expect(await sendAll(events)).toEqual({
      accepted: 0,
      duplicates: 6_919,
      rejected: [],
      warnings: [],
    });
    await settled(shop.merchantId);
    expect(await digestOf(shop.merchantId)).toEqual(before);
  });
  api.close();

  async function sendAll(all: typeof events): Promise<Taken> {
    const sum: Taken = { accepted: 0, duplicates: 0, rejected: [], warnings: [] };
    for (let start = 0; start < all.length; start += BATCH) {
      const { status, body } = await api.post<Taken>("/events", {
        events: all.slice(start, start + BATCH),
      });
      expect(status, JSON.stringify(body)).toBe(200);
      sum.accepted += body.accepted;
      sum.duplicates += body.duplicates;
      sum.rejected.push(...body.rejected);
    }
    return sum;
  }
});
