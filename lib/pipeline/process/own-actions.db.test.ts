import { beforeAll, describe, expect, it } from "vitest";
import { addDays, systemNow } from "@/lib/core/time";
import { upsertCustomer } from "@/lib/customers/commands";
import { click } from "@/lib/events/hot-path/click";
import { storeEvent } from "@/lib/events/commands/store-event";
import { clickRequest } from "@/lib/events/testing";
import { changeProgramState } from "@/lib/programs/commands/change-state";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { inScope } from "@/lib/merchants/scope";
import { receiptToJson } from "@/lib/rewards/json";
import { receipt } from "@/lib/rewards/queries/rewards";
import type { Rule } from "@/lib/terms/schema";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";

const points = (id: string, on: Rule["on"], amount = "10", change: Partial<Rule> = {}): Rule =>
  advocateCredit({
    id,
    on,
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount },
    ...change,
  });
const perUnit: Partial<Rule> = {
  calculator: { kind: "per_unit", amount: "1", per: "1.00", atMost: null },
};

async function rewards({ scope }: Story) {
  const rows = await inScope(scope, ({ db }) =>
    db.reward.findMany({
      where: { merchantId: scope.merchantId },
      orderBy: { id: "asc" },
      select: {
        ruleId: true,
        causeKind: true,
        causeRef: true,
        state: true,
        amountMinor: true,
        reversedMinor: true,
        terms: true,
        facts: true,
        arm: true,
      },
    }),
  );
  return rows.map(({ amountMinor, reversedMinor, ...row }) => ({
    ...row,
    left: amountMinor === null ? null : Number(amountMinor - reversedMinor),
  }));
}
const shown = async (shop: Story) =>
  (await rewards(shop)).map(({ ruleId, state, left }) => `${ruleId} ${state} ${left}`);

describe("an advocate's own actions", () => {
  let shop: Story;
  beforeAll(async () => {
    shop = await story({
      rules: [
        points("join", { kind: "own_join" }, "50"),
        points("buy", { kind: "own_purchase" }, "1", perUnit),
        points("review", { kind: "own_event", type: "review" }, "20"),
      ],
    });
    await shop.purchase("Mira", "before", "80.00", {}, addDays(systemNow(), -2));
    await shop.advocate("Mira");
    await shop.settle();
  });

  it("count from the joining on, each once", async () => {
    const { eventId } = await shop.purchase("Mira", "after", "49.95");
    await shop.purchase("Mira", "after", "49.95", { id: "again" });
    const review = { type: "review", id: "review-1", customer: { email: "mira@example.com" } };
    await shop.send(review);
    await shop.send(review);
    await shop.send({ ...review, id: "review-2" });
    await shop.settle();
    expect(await shown(shop)).toEqual([
      "join issued 50",
      "buy issued 49",
      "review issued 20",
      "review issued 20",
    ]);
    expect(await shop.decisions(eventId)).toContain("reward_granted");
  });

  it("lose what was sent back, to the point", async () => {
    await shop.refund("after", { amount: "20.00" });
    expect(await shown(shop)).toContain("buy issued 29");
    await shop.refund("after", { amount: "5.00" });
    await shop.refund("after");
    expect(await shown(shop)).toContain("buy reversed 0");
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("are not those of somebody who does not share", async () => {
    await shop.purchase("Zoe", "zoe-1", "30.00");
    expect((await shown(shop)).length).toBe(4);
  });

  it("wait for a joining that is heard of later, and then count from it on", async () => {
    await shop.purchase("Ada", "ada-1", "12.00");
    await shop.advocate("Ada");
    await inScope(
      shop.scope,
      ({ db }) => db.$executeRaw`
      UPDATE advocate SET joined_at = now() - interval '1 day'
      WHERE merchant_id = ${shop.scope.merchantId}
        AND customer_id = (
          SELECT id FROM customer
          WHERE merchant_id = ${shop.scope.merchantId} AND email = 'ada@example.com'
        )`,
    );
    await shop.settle();
    expect((await shown(shop)).slice(4)).toEqual(["join issued 50", "buy issued 12"]);
  });
});

it("rewards no own action that only a web page reports, since anybody can send that", async () => {
  const shop = await story({
    rules: [points("review", { kind: "own_event", type: "review" }, "20")],
  });
  await shop.advocate("Mira");
  const say = (name: string) =>
    storeEvent(shop.scope, {
      source: "browser",
      body: { type: "review", customer: { email: `${name}@example.com` } },
    });
  const { eventId } = await say("mira");
  await say("eva");
  await shop.settle();
  expect(await shop.decisions(eventId)).toContain("event_unproven");
  // Nor where the joining is heard of later.
  const { advocateId } = await shop.advocate("Eva");
  await inScope(
    shop.scope,
    ({ db }) => db.$executeRaw`
    UPDATE advocate SET joined_at = now() - interval '1 day'
    WHERE merchant_id = ${shop.scope.merchantId} AND id = ${advocateId}`,
  );
  await shop.settle();
  expect(await shown(shop)).toEqual([]);
  await shop.send({ type: "review", customer: { email: "mira@example.com" } });
  expect(await shown(shop)).toEqual(["review issued 20"]);
});

it("asks conditions of the event: country, channel, count, and the customer's traits", async () => {
  const shop = await story({
    rules: [
      points("third", { kind: "own_purchase" }, "30", {
        conditions: {
          all: [
            { kind: "count", of: "own_purchases", atLeast: 3 },
            { kind: "country", of: "owner", countries: ["AL"] },
            { kind: "channel", channels: ["app"] },
            { kind: "trait", of: "advocate", trait: "plan", is: ["pro"] },
            { kind: "product", skus: ["tea"] },
          ],
        },
      }),
    ],
  });
  await shop.advocate("Mira");
  const buy = (id: string, country: string) =>
    shop.purchase("Mira", id, "10.00", {
      context: { country, channel: "app" },
      customer: { email: "mira@example.com", traits: { plan: "Pro", secret: "x" } },
      order: {
        id,
        total: "10.00",
        currency: "USD",
        items: [{ sku: "tea", quantity: 1, price: "10.00" }],
      },
    });
  await buy("o1", "AL");
  await buy("o2", "AL");
  await buy("o3", "DE");
  const { eventId } = await buy("o4", "AL");
  const [reward, ...others] = await rewards(shop);
  expect([reward?.causeRef, others.length, await shop.decisions(eventId)]).toEqual([
    "o4",
    0,
    ["order_recorded", "reward_granted"],
  ]);
  // What nobody asked for is not kept with the reward.
  expect(reward?.facts).toMatchObject({
    advocate: { traits: { plan: "Pro" }, country: "AL" },
    counts: { own_purchases: 4 },
  });
  expect(JSON.stringify(reward?.facts)).not.toContain("secret");
});

it("multiplies points by tier and campaign, frozen with the grant", async () => {
  const shop = await story({ rules: [points("buy", { kind: "own_purchase" }, "1", perUnit)] });
  const { customerId } = await shop.advocate("Mira");
  const { scope } = shop;
  const now = systemNow();
  await inScope(scope, async ({ db }) => {
    const stamps = { createdAt: now, updatedAt: now };
    await db.tier.create({
      data: {
        merchantId: scope.merchantId,
        id: "tir_gold",
        rank: 1,
        name: "Gold",
        threshold: 1n,
        benefits: {},
        color: "gold",
        icon: "star",
        pointsMultiplierBp: 12_500,
        ...stamps,
      },
    });
    await db.customerTier.create({
      data: {
        merchantId: scope.merchantId,
        customerId,
        tierId: "tir_gold",
        reachedAt: now,
        earnedAt: now,
        keepUntil: addDays(now, 9),
        graceUntil: addDays(now, 9),
        reviewAt: addDays(now, 9),
        earnedUnder: {},
      },
    });
    await db.pointsCampaign.create({
      data: {
        merchantId: scope.merchantId,
        id: "cam_double",
        name: "Double week",
        multiplierBp: 20_000,
        startsAt: addDays(now, -1),
        endsAt: addDays(now, 1),
        state: "active",
        ...stamps,
      },
    });
  });
  await shop.purchase("Mira", "o1", "10.50");
  const [reward] = await rewards(shop);
  expect(reward).toMatchObject({ left: 25, terms: { multiplierBp: 25_000 } });
  expect(JSON.stringify(reward?.facts)).toContain("Gold: 1.25 times the points.");
  const granted = [
    "1 point for each full $1 of the order of $10.50: 10 × 1 point = 10 points",
    "10 points × 1.25 (Gold) × 2 (Double week) = 25 points",
  ];
  expect(await calculationOf(shop)).toEqual(granted);
  await inScope(scope, ({ db }) =>
    db.pointsCampaign.updateMany({
      where: { merchantId: scope.merchantId },
      data: { state: "disabled" },
    }),
  );
  await shop.refund("o1", { amount: "4.00" });
  expect((await rewards(shop))[0]?.left).toBe(15);
  // What was granted is explained as it was then, and what is left of it as it is now.
  expect(await calculationOf(shop)).toEqual([
    ...granted,
    "After the change: 1 point for each full $1 of the order of $6.50: 6 × 1 point = 6 points",
    "After the change: 6 points × 1.25 (Gold) × 2 (Double week) = 15 points",
    "25 points granted − 10 points reversed = 15 points",
  ]);
});

/** How the only reward of a shop was worked out, as its receipt says. */
async function calculationOf(shop: Story): Promise<string[]> {
  const [{ id } = { id: "" }] = await shop.rewards();
  return receiptToJson(await receipt(shop.scope, id)).calculation;
}

describe("visits to an advocate's link", () => {
  const visit = (code: string, visitor: string, agent?: string) =>
    click(
      clickRequest(code, {
        cookie: `gw_v=${visitor.padEnd(22, "x")}`,
        ...(agent && { "user-agent": agent }),
      }),
    );

  it("count once per visitor, up to the daily cap, and never for the advocate", async () => {
    const shop = await story({
      rules: [
        points("visit", { kind: "share_visit" }, "5", {
          caps: [{ who: "person", per: "day", rewards: 2 }],
        }),
      ],
    });
    const { code } = await shop.advocate("Mira");
    await upsertCustomer(shop.scope, {
      externalId: "Mira",
      visitorId: "mira".padEnd(22, "x"),
      seenAt: systemNow(),
    });
    await visit(code, "mira");
    await visit(code, "one");
    await visit(code, "one");
    await visit(
      code,
      "bot",
      "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    );
    await visit(code, "two");
    await shop.settle();
    expect(await shown(shop)).toEqual(["visit issued 5", "visit issued 5"]);
    await visit(code, "three");
    await shop.settle();
    expect((await shown(shop)).length).toBe(2);
    const refused = await inScope(shop.scope, ({ db }) =>
      db.eventOutcome.findMany({
        where: { merchantId: shop.scope.merchantId, type: "click" },
        select: { decisions: true },
      }),
    );
    expect(JSON.stringify(refused)).toContain(
      "The limit of 2 rewards for one person in a day is reached.",
    );
  });

  it("are not even noted where no rule rewards them", async () => {
    const shop = await story();
    await visit((await shop.advocate("Mira")).code, "one");
    expect(
      await inScope(shop.scope, ({ db }) =>
        db.visitDue.count({ where: { merchantId: shop.scope.merchantId } }),
      ),
    ).toBe(0);
  });
});

describe("an experiment", () => {
  const experiment = {
    id: "cash-or-credit",
    question: "Cash or credit?",
    arms: [
      { id: "a", name: "A", shareBp: 5_000, segment: null },
      { id: "b", name: "B", shareBp: 5_000, segment: null },
      {
        id: "vip",
        name: "VIP",
        shareBp: null,
        segment: { kind: "segment" as const, of: "advocate" as const, segments: ["vip"] },
      },
    ],
  };
  it("grants advocates and friends what their arm promises, and keeps them in it", async () => {
    const arm = (id: string) =>
      advocateCredit({
        id,
        arm: id,
        calculator: { kind: "fixed", amount: id === "a" ? "1" : id === "b" ? "2" : "3" },
      });
    const shop = await story({ rules: [arm("a"), arm("b"), arm("vip")], experiment });
    const names = Array.from({ length: 8 }, (_, index) => `Person${index}`);
    for (const name of names) {
      const { code, advocateId } = await shop.advocate(name);
      if (name === "Person0") {
        await inScope(
          shop.scope,
          ({ db }) => db.$executeRaw`
          UPDATE customer SET traits = '{"segments": ["VIP"]}'
          WHERE merchant_id = ${shop.scope.merchantId}
            AND id = (
              SELECT customer_id FROM advocate
              WHERE merchant_id = ${shop.scope.merchantId} AND id = ${advocateId}
            )`,
        );
      }
      await shop.claim(`Friend${name}`, code);
      await shop.purchase(`Friend${name}`, `order-${name}`, "20.00");
    }
    await shop.settle();
    const kept = await inScope(shop.scope, ({ db }) =>
      db.advocate.findMany({
        where: { merchantId: shop.scope.merchantId },
        select: { arm: true, experiment: true, referrals: { select: { arm: true } } },
        orderBy: { id: "asc" },
      }),
    );
    expect(kept[0]).toEqual({ arm: "vip", experiment: experiment.id, referrals: [{ arm: "vip" }] });
    for (const { arm, referrals } of kept) expect(referrals).toEqual([{ arm }]);
    expect((await rewards(shop)).map(({ ruleId, arm }) => [ruleId, arm])).toEqual(
      kept.map(({ arm }) => [arm, arm]),
    );
  });
});

it("reverses a purchase's points when it is returned while the program is paused", async () => {
  const shop = await story({ rules: [points("buy", { kind: "own_purchase" }, "1", perUnit)] });
  await shop.advocate("Mira");
  await shop.purchase("Mira", "A-1", "80.00");
  expect(await shown(shop)).toEqual(["buy issued 80"]);
  await changeProgramState(shop.scope, { programId: shop.program.id, state: "paused" });
  await shop.refund("A-1", { amount: "30.00" });
  expect(await shown(shop)).toEqual(["buy issued 50"]);
  await shop.purchase("Mira", "A-2", "10.00");
  await shop.refund("A-1");
  expect(await shown(shop)).toEqual(["buy reversed 0"]);
});
