import { createBadge } from "@/lib/loyalty/badges/commands/edit-badges";
import {
  chooseAlias,
  createLeaderboard,
} from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import { apiOf, type Taken } from "../support/api";
import { wrongBooks } from "../support/books";
import { askDatabase } from "../support/server/database";
import { join, publishProgram } from "../support/enrolment";
import { chance } from "../support/data/random";
import { openShop } from "../support/shop";
import { expect, test } from "../support/test";

const DAYS = 400;
const ADVOCATES = ["mira", "jon", "zoe", "ana", "dua", "lin"];
const ALWAYS = { all: [] };

/**
 * Holds, expiries of points, credit and coupons, points for own purchases, a milestone, caps and an
 * unclaimed gift.
 */
const TERMS = {
  currency: "USD",
  rules: [
    {
      id: "advocate",
      side: "advocate",
      on: { kind: "qualified" },
      conditions: ALWAYS,
      benefit: { kind: "credit" },
      calculator: { kind: "share_of_order", shareBp: 1_000, atMost: "7.00" },
      holdDays: 14,
      expiry: { unissuedDays: null, issuedDays: 90, remindDays: 14 },
      caps: [{ who: "person", per: "month", rewards: 4 }],
      fallback: { benefit: { kind: "points" }, calculator: { kind: "fixed", amount: "50" } },
    },
    {
      id: "friend",
      side: "friend",
      on: { kind: "join" },
      conditions: ALWAYS,
      benefit: { kind: "amount_off" },
      calculator: { kind: "fixed", amount: "5.00" },
      holdDays: 0,
      expiry: { unissuedDays: null, issuedDays: 30, remindDays: 7 },
    },
    {
      id: "own-points",
      side: "advocate",
      on: { kind: "own_purchase" },
      conditions: ALWAYS,
      benefit: { kind: "points" },
      calculator: { kind: "per_unit", amount: "1", per: "1.00", atMost: null },
      holdDays: 7,
      expiry: { unissuedDays: null, issuedDays: 120, remindDays: 10 },
    },
    {
      id: "milestone",
      side: "advocate",
      on: { kind: "milestone", count: 5, repeats: true },
      conditions: ALWAYS,
      benefit: { kind: "gift", title: "A tea set", unitCost: "12.00" },
      calculator: { kind: "none" },
      holdDays: 3,
      expiry: { unissuedDays: 45, issuedDays: null, remindDays: 5 },
    },
  ],
  qualification: {
    trigger: { kind: "first_purchase" },
    conditions: { kind: "order_total", atLeast: "10.00" },
  },
  newCustomersOnly: true,
  windowDays: 60,
  advocateCap: null,
  budget: { cost: null, rewards: null },
  startsAt: null,
  endsAt: null,
  destination: { kind: "invite" },
  termsText: { en: "", sq: "", zh: "" },
};

const LADDER = {
  metric: "referrals",
  window: "rolling",
  windowDays: 60,
  graceDays: 10,
  tiers: [
    { name: "Silver", threshold: "2", color: "#64748b", icon: "star", pointsMultiplier: "1.5" },
    { name: "Gold", threshold: "6", color: "#b45309", icon: "crown", pointsMultiplier: "2" },
  ],
};

test(`${DAYS} days pass by the test clock, and the books add up on each of them`, async ({
  baseURL,
}) => {
  test.setTimeout(600_000);
  const shop = await openShop();
  const live = apiOf(baseURL!, shop.secretKey);
  const api = apiOf(baseURL!, shop.testKey, 4);
  const program = await publishProgram(live, "A long year", TERMS);
  await setUp();
  const codes = await join(api, program, ADVOCATES);
  for (const [index, id] of ADVOCATES.slice(0, 4).entries()) {
    const { body } = await api.get<{ goodwordId: string }>(`/customers/${id}`);
    await chooseAlias(shop.sandbox, {
      programId: program,
      customerId: body.goodwordId,
      alias: `Player ${index + 1}`,
    });
  }
  const item = await addItem();

  const { below, pick } = chance(400);
  const open: { id: string; total: number }[] = [];
  const count = { friends: 0, refunds: 0, redeemed: 0, cancelled: 0 };
  for (let day = 0; day < DAYS; day += 1) {
    const events: object[] = [];
    // A quiet spring: tiers fall when nobody brings friends.
    const quiet = day > 150 && day < 260;
    if (!quiet && below(3) > 0) {
      const friend = `friend-${(count.friends += 1)}`;
      const code = codes.get(pick(below(4) === 0 ? ADVOCATES : ADVOCATES.slice(0, 2)))!;
      events.push({
        id: `sign-up-${friend}`,
        type: "sign_up",
        customer: { id: friend, email: `${friend}@example.com` },
        code,
      });
      if (below(5) > 0) events.push(purchase(friend, 5 + below(90)));
    }
    if (below(4) === 0) events.push(purchase(pick(ADVOCATES), 10 + below(60)));
    if (open.length > 0 && below(6) === 0) {
      const order = pick(open);
      count.refunds += 1;
      events.push({
        id: `refund-${count.refunds}`,
        type: "refund",
        refund: {
          orderId: order.id,
          currency: "USD",
          ...(below(2) === 0 && { amount: (order.total / 3).toFixed(2) }),
        },
      });
    }
    // Twice, and in two requests at once.
    await Promise.all([send(events), below(3) === 0 ? send(events) : null]);
    if (day % 9 === 4) await redeem(day);

    const { status, body } = await api.post("/test-clock", { advance: "P1D" });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(await wrongBooks(shop.sandboxId), `the books after day ${day}`).toEqual([]);
  }

  await test.step("all of it happened", async () => {
    const [row] = await askDatabase<Record<string, number>>(
      `SELECT
         (SELECT count(*) FROM reward WHERE merchant_id = $1 AND state = 'expired'
           AND terms->'benefit'->>'kind' = 'amount_off')::int AS "expiredCoupons",
         (SELECT count(*) FROM reward WHERE merchant_id = $1 AND state = 'expired'
           AND terms->'benefit'->>'kind' = 'gift')::int AS "unclaimedGifts",
         (SELECT count(*) FROM reward_step s
           JOIN reward r ON r.merchant_id = s.merchant_id AND r.id = s.reward_id
           WHERE s.merchant_id = $1 AND s.state = 'expired'
           AND r.asset = 'PTS/0')::int AS "expiredPoints",
         (SELECT count(*) FROM reward WHERE merchant_id = $1
           AND state IN ('voided', 'reversed'))::int AS "voidedOrReversed",
         (SELECT count(*) FROM reward WHERE merchant_id = $1 AND rule_id = 'advocate'
           AND terms->'benefit'->>'kind' = 'points')::int AS fallbacks,
         (SELECT count(*) FROM tier_step WHERE merchant_id = $1
           AND to_name = 'Gold')::int AS "toGold",
         (SELECT count(*) FROM tier_step WHERE merchant_id = $1
           AND to_name IS NULL)::int AS "toNone",
         (SELECT count(*) FROM badge_award WHERE merchant_id = $1)::int AS badges,
         (SELECT count(*) FROM message WHERE merchant_id = $1
           AND template LIKE '%expir%')::int AS reminders,
         (SELECT count(*) FROM season WHERE merchant_id = $1 AND state = 'closed')::int AS seasons,
         (SELECT count(*) FROM reward WHERE merchant_id = $1
           AND rule_id LIKE 'season:%')::int AS prizes`,
      [shop.sandboxId],
    );
    for (const [what, found] of Object.entries(row!)) expect(found, what).toBeGreaterThan(0);
    expect(count.redeemed).toBeGreaterThan(0);
    expect(count.cancelled).toBeGreaterThan(0);
    expect(row!.seasons).toBeGreaterThanOrEqual(12);
  });

  await test.step("no cause was rewarded twice, and no cap was exceeded", async () => {
    expect(
      await askDatabase(
        `SELECT rule_id, cause_kind, cause_ref, customer_id FROM reward
         WHERE merchant_id = $1 AND state NOT IN ('voided', 'reversed')
         GROUP BY 1, 2, 3, 4 HAVING count(*) > 1`,
        [shop.sandboxId],
      ),
    ).toEqual([]);
    expect(
      await askDatabase(
        `SELECT customer_id, count(*) FROM reward
         WHERE merchant_id = $1 AND rule_id = 'advocate' AND terms->'benefit'->>'kind' = 'credit'
         GROUP BY customer_id, date_trunc('month', earned_at AT TIME ZONE 'UTC')
         HAVING count(*) FILTER (WHERE state NOT IN ('voided', 'reversed')) > 4`,
        [shop.sandboxId],
      ),
    ).toEqual([]);
  });

  await test.step("nothing of it is in the shop itself", async () => {
    expect(
      await askDatabase("SELECT count(*)::int AS rewards FROM reward WHERE merchant_id = $1", [
        shop.merchantId,
      ]),
    ).toEqual([{ rewards: 0 }]);
  });
  live.close();
  api.close();

  function purchase(customer: string, total: number) {
    const id = `order-${open.length + 1}`;
    open.push({ id, total });
    return {
      id,
      type: "purchase",
      customer: { id: customer, email: `${customer}@example.com` },
      order: { id, total: total.toFixed(2), currency: "USD" },
    };
  }

  async function send(events: readonly object[]): Promise<void> {
    if (events.length === 0) return;
    const { status, body } = await api.post<Taken>("/events", { events });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.rejected).toEqual([]);
  }

  /** Tiers, badges and a monthly leaderboard, made in the shop: test mode knows them too. */
  async function setUp(): Promise<void> {
    const ladder = await live.put("/tiers", LADDER);
    expect(ladder.status, JSON.stringify(ladder.body)).toBe(200);
    await createBadge(shop.scope, {
      name: { en: "First friend", sq: "", zh: "" },
      about: { en: "Brought a friend.", sq: "", zh: "" },
      icon: "sprout",
      color: "#15803d",
      rule: { kind: "friends", count: 1 },
      state: "active",
    });
    await createLeaderboard(shop.scope, {
      programId: program,
      name: { en: "This month", sq: "", zh: "" },
      metric: "referrals",
      cadence: "month",
      startsAt: null,
      endsAt: null,
      graceHours: 0,
      prizes: [
        {
          fromRank: 1,
          toRank: 1,
          benefit: { kind: "points" },
          calculator: { kind: "fixed", amount: "100" },
        },
      ],
    });
  }

  async function addItem(): Promise<string> {
    const { status, body } = await live.post<{ id: string }>("/catalogue", {
      name: { en: "Tea for a week", sq: "", zh: "" },
      points: 60,
      benefit: { kind: "amount_off" },
      calculator: { kind: "fixed", amount: "4.00" },
    });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id;
  }

  /** Whoever can afford it; every third one is cancelled the same day. */
  async function redeem(day: number): Promise<void> {
    for (const customer of ADVOCATES) {
      const { status, body } = await api.post<{ id: string }>("/redemptions", {
        item,
        customer,
        program,
        requestKey: `day-${day}`,
      });
      if (status >= 300) continue;
      count.redeemed += 1;
      if (count.redeemed % 3 > 0) continue;
      const cancelled = await api.post(`/redemptions/${body.id}/cancel`, {
        reason: "Changed their mind",
      });
      expect(cancelled.status, JSON.stringify(cancelled.body)).toBe(200);
      count.cancelled += 1;
    }
  }
});
