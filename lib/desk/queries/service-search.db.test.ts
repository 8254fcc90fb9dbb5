import { afterAll, beforeAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { inScope } from "@/lib/merchants/scope";
import { serviceSearch } from "./service-search";
import { type Story, story } from "@/lib/worker/testing";

let shop: Story;
let code: string;

beforeAll(async () => {
  shop = await story();
  ({ code } = await shop.advocate("Mira"));
  await shop.advocate("Mirela");
  await shop.claim("ben", code);
  await shop.purchase("ben", "1001", "30.00");
  await shop.purchase("zoe", "1002", "12.00");
});
afterAll(closeConnections);

const found = async (text: string) =>
  (await serviceSearch(shop.scope, text)).map(({ email, matches }) => [email, ...matches]);

it("finds people by whatever they say, and tells why they were found", async () => {
  const coupon = await inScope(shop.scope, ({ db }) =>
    db.coupon.findFirstOrThrow({ select: { code: true, rewardId: true } }),
  );
  const referral = await shop.referralOf("ben");
  expect(await found(" MIRA@example.com ")).toEqual([["mira@example.com", "email"]]);
  expect((await found("mir")).map(([email]) => email).toSorted()).toEqual([
    "mira@example.com",
    "mirela@example.com",
  ]);
  expect(await found(code.toLowerCase())).toEqual([["mira@example.com", "code"]]);
  expect(await found(coupon.code.toLowerCase())).toEqual([["ben@example.com", "coupon"]]);
  expect(await found(coupon.rewardId)).toEqual([["ben@example.com", "reward"]]);
  expect(await found("1001")).toEqual([["ben@example.com", "order"]]);
  expect(await found(referral!.id)).toEqual([["ben@example.com", "referral"]]);
  for (const nobody of ["", "m", "%", "\\%", "nobody", "'; DROP TABLE reward; --"])
    expect(await found(nobody)).toEqual([]);
});

it("answers with the order's decisions and where each reward stands", async () => {
  const [ben] = await serviceSearch(shop.scope, "1001");
  expect(ben!.order!.decisions.map((decision) => decision.code)).toEqual(
    expect.arrayContaining(["order_recorded", "referral_qualified", "reward_granted"]),
  );
  expect(ben!.rewards).toMatchObject([{ side: "friend", state: "issued" }]);
  expect(ben!.referrals).toMatchObject([{ state: "rewarded", advocateName: "Mira" }]);
  const [zoe] = await serviceSearch(shop.scope, "1002");
  expect(zoe).toMatchObject({ rewards: [], referrals: [], order: { totalMinor: 1_200n } });
});

it("goes by indexes: nothing is read through from end to end", async () => {
  const plan = await inScope(shop.scope, async ({ db }) => {
    await db.$executeRaw`
      INSERT INTO customer (merchant_id, id, name, traits, created_at, first_seen_at)
      SELECT ${shop.scope.merchantId}, 'cus_' || n, 'Somebody ' || n, '{}', now(), now()
      FROM generate_series(1, 3000) n`;
    return db.$queryRaw<{ "QUERY PLAN": string }[]>`
      EXPLAIN SELECT id
      FROM customer
      WHERE merchant_id = ${shop.scope.merchantId} AND search_name ~>=~ 'mir'
        AND search_name ~<~ 'mis'`;
  });
  expect(plan.map((row) => row["QUERY PLAN"]).join("\n")).toContain("customer_name_begins");
});
