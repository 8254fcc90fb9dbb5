import { describe, expect, it } from "vitest";
import { seededRandom } from "@/lib/core/math/random";
import { money } from "@/lib/core/money";
import { dateInZone, DAY_MS, startOfDateInZone } from "@/lib/core/time";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { shiftDay } from "@/lib/core/values/day";
import { funnel } from "./growth/funnel";
import { definitions, measure, rowsBehind } from "./index";
import { fitBgNbd } from "./statistics/lifetime-value/bg-nbd";
import { predictClv } from "./statistics/lifetime-value/clv";
import { fitGammaGamma } from "./statistics/lifetime-value/gamma-gamma";
import { ask, brief, MAY, part } from "./testing/brief";
import { world } from "./testing/world";

describe("a window that was not watched to its end", () => {
  it("makes repeat purchases of a young group unknown, however old the shop is", async () => {
    const shop = await world();
    const others = ["a", "b", "c", "d"];
    const friends = ["e", "f", "g"];
    await shop.customers("adv", ...others, ...friends);
    await shop.join("adv", "2025-01-01T00:00:00Z");
    for (const name of others) await shop.order(name, `${name}1`, "2025-10-01T12:00:00Z", 100);
    await shop.order("a", "a2", "2025-10-21T12:00:00Z", 100);
    for (const name of friends) {
      await shop.refer("adv", name, { joinedAt: "2026-04-30T00:00:00Z", state: "joined" });
      await shop.order(name, `${name}1`, "2026-05-01T12:00:00Z", 100);
    }
    await shop.order("e", "e2", "2026-05-11T12:00:00Z", 100);
    const metric = await ask(shop, "survival");
    expect(part(metric, "referred")).toEqual({
      value: null,
      unknown: "not_enough_time",
      numerator: 1,
      denominator: 3,
      n: 3,
    });
    expect(part(metric, "other")).toMatchObject({ value: 0.25, numerator: 1, denominator: 4 });
    // All of them: by day 10 one of seven, by day 20 one of the six still watched.
    expect(brief(metric).value).toBeCloseTo(2 / 7, 12);
    // Ninety whole days from 1 May end with 30 July.
    const until = async (to: string) =>
      part(await ask(shop, "survival", { from: "2026-05-01", to }), "referred");
    expect(await until("2026-07-29")).toMatchObject({ value: null, unknown: "not_enough_time" });
    expect((await until("2026-07-30")).value).toBeCloseTo(1 / 3, 12);
  });

  it("makes everything about a range to come unknown", async () => {
    const shop = await world();
    await shop.customers("ana");
    await shop.join("ana", "2026-01-01T00:00:00Z");
    await shop.order("ana", "a1", "2026-01-01T12:00:00Z", 100);
    await shop.view({ visitor: "v" }, "2026-01-01T12:00:00Z");
    const days = { from: "2098-05-01", to: "2098-05-31" };
    for (const { name } of definitions()) {
      const { metric, change, series, comparison } = await measure(shop.scope, name, days, {
        compare: "previous",
        series: true,
      });
      const parts = [metric, comparison!, ...metric.beside, ...(series?.points ?? [])];
      for (const reading of parts)
        expect(reading, `${name} ${"key" in reading ? reading.key : ""}`).toMatchObject({
          value: null,
          unknown: "not_observed",
          numerator: null,
          interval: null,
          n: 0,
        });
      expect([metric.filling, change]).toEqual([true, null]);
    }
    expect(await funnel(shop.scope, days)).toEqual({
      customers: { saw: null, joined: null, shared: null },
      friends: { came: null, clicked: null, joined: null, qualified: null, rewarded: null },
    });
  });
});

it("compares a running day with the same part of the day that it stands against", async () => {
  const shop = await world({ timeZone: "Asia/Tokyo" });
  const { scope } = shop;
  const now = scopeNow(scope);
  const today = dateInZone(now, scope.timeZone);
  const [from, before] = [today, shiftDay(today, -7)].map((day) =>
    startOfDateInZone(day!, scope.timeZone),
  );
  const elapsed = now.getTime() - from!.getTime();
  await shop.customers("a");
  const order = (id: string, at: number, minor: number) =>
    shop.order("a", id, new Date(at).toISOString(), minor);
  await order("today", from!.getTime() + elapsed / 2, 300);
  await order("as far", before!.getTime() + elapsed / 2, 200);
  await order("later", before!.getTime() + (elapsed + DAY_MS) / 2, 4_000);
  const { metric, comparison, series } = await measure(
    scope,
    "referred_revenue",
    { from: today, to: today },
    { compare: "previous", series: true },
  );
  expect(part(metric, "revenue").value).toBe("3.00");
  expect(comparison!.days).toEqual({ from: shiftDay(today, -7), to: shiftDay(today, -7) });
  expect(comparison!.until!.getTime() - before!.getTime()).toBeCloseTo(elapsed, -5);
  // Only a range's first figure has the others beside it.
  const aov = await measure(
    scope,
    "aov",
    { from: today, to: today },
    { compare: "previous", series: true },
  );
  expect(aov.comparison).toMatchObject({ value: money(200n, "USD/2"), denominator: 1 });
  expect(aov.series!.comparison![0]).toMatchObject({ value: money(200n, "USD/2") });
  expect(series!.comparison![0]!.until).toEqual(comparison!.until);
});

describe("the program's cost", () => {
  it("is what referrals earned; points for own purchases are a figure of their own", async () => {
    const shop = await world({ marginBp: 5_000 });
    await shop.customers("ana", "ben");
    await shop.join("ana", "2026-01-01T00:00:00Z");
    await shop.order("ana", "a1", "2026-05-02T12:00:00Z", 10_000);
    await shop.refer("ana", "ben", {
      joinedAt: "2026-05-03T10:00:00Z",
      qualifiedAt: "2026-05-04T10:00:00Z",
      state: "qualified",
    });
    await shop.order("ben", "b1", "2026-05-04T10:00:00Z", 8_000);
    await shop.cost("ben", "advocate", "2026-05-04T10:00:00Z", 1_000);
    await shop.ownReward("ana", "a1", "2026-05-02T12:00:00Z", 700);
    // A milestone: no referral of its own, and the friend's order behind it.
    await shop.ownReward("ana", "b1", "2026-05-05T12:00:00Z", 250);

    const metric = await ask(shop, "program_cost");
    expect(brief(metric)).toMatchObject({ value: "12.50" });
    expect(part(metric, "advocate_cost").value).toBe("12.50");
    expect(part(metric, "loyalty_cost").value).toBe("7.00");
    expect(brief(await ask(shop, "referral_cac"))).toMatchObject({ numerator: "12.50" });
    // Half of 80.00, less the cost.
    expect(brief(await ask(shop, "roi"))).toMatchObject({
      value: 2.2,
      numerator: "27.50",
      denominator: "12.50",
    });
    const { rows } = await rowsBehind(shop.scope, "program_cost", MAY, { limit: 10 });
    expect(rows.map(({ numerator }) => numerator)).toEqual([250n, 1_000n]);
  });
});

/** Customers who buy at rates of their own until they drift away, as the model has it. */
async function buyers(scope: Scope, count: number): Promise<Bought[]> {
  const random = seededRandom(7);
  const exponential = (mean: number) => -Math.log(1 - random()) * mean;
  const end = Date.parse("2026-05-31T00:00:00Z");
  const orders = Array.from({ length: count }, (_, index) => {
    const meanDays = 40 / Math.max(exponential(1), 0.05);
    const drifts = 1 - (1 - random()) ** 0.4;
    const spend = 2_000 + exponential(3_000);
    const made = [];
    let at = Date.parse("2025-06-01T12:00:00Z") + random() * 200 * DAY_MS;
    for (let k = 0; at < end; k += 1) {
      const minor = Math.round(spend * (0.5 + random()));
      made.push({ id: `${index}-${k}`, customer: `c${index}`, at: new Date(at), minor });
      if (random() < drifts) break;
      at += exponential(meanDays) * DAY_MS;
    }
    return made;
  }).flat();
  await store(scope, orders);
  return orders;
}

type Bought = { id: string; customer: string; at: Date; minor: number };

async function store(scope: Scope, orders: Bought[]): Promise<void> {
  const { merchantId } = scope;
  const json = JSON.stringify(orders);
  await inScope(scope, async ({ db }) => {
    await db.$executeRaw`
      INSERT INTO customer (merchant_id, id, traits, created_at, first_seen_at, first_order_at)
      SELECT ${merchantId}, customer, '{}', min(at), min(at), min(at)
      FROM json_to_recordset(${json}::json) AS t(customer text, at timestamptz)
      GROUP BY customer ON CONFLICT DO NOTHING`;
    await db.$executeRaw`
      INSERT INTO shop_order (merchant_id, id, customer_id, event_id, occurred_at, recorded_at,
        currency, total_minor)
      SELECT ${merchantId}, id, customer, id, at, at, 'USD', minor
      FROM json_to_recordset(${json}::json) AS t(id text, customer text, at timestamptz,
        minor bigint)`;
  });
}

describe("predicted lifetime value", () => {
  it.each([
    [1_900, 1_900],
    [3_000, 3_000],
    [3_400, 3_000],
  ])("of %i customers rests on %i of them", async (count, used) => {
    const scope = await createTestMerchant();
    await buyers(scope, count);
    const { metric } = await measure(scope, "clv", MAY);
    for (const key of ["predicted", "predicted_other"])
      expect(metric.beside.find((part) => part.key === key)).toMatchObject({
        unknown: null,
        n: used,
        denominator: count,
      });
    expect(metric.beside.find(({ key }) => key === "predicted_referred")!.value).toBeNull();
  });

  it("is the mean of every one of them", async () => {
    const scope = await createTestMerchant();
    const orders = await buyers(scope, 1_900);
    const people = [...groups(orders, ({ customer }) => customer).values()].map(historyOf);
    const purchases = fitBgNbd(people).value!.parameters;
    const repeaters = people.flatMap(({ frequency, meanSpend }) =>
      meanSpend === null ? [] : [{ frequency, meanSpend }],
    );
    const models = { purchases, spend: fitGammaGamma(repeaters).value!.parameters };
    const options = { months: 12, monthlyDiscount: 0.01, margin: 1 };
    const values = people.map((person) => predictClv(models, person, options).value!.value);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;

    await inScope(scope, ({ db }) =>
      db.merchant.update({ where: { id: scope.merchantId }, data: { marginBp: 10_000 } }),
    );
    const { metric } = await measure(scope, "clv", MAY);
    for (const key of ["predicted", "predicted_other"])
      expect(part(metric, key).value).toBe(mean.toFixed(2));
  });
});

function groups<Key>(orders: Bought[], keyOf: (order: Bought) => Key): Map<Key, Bought[]> {
  const found = new Map<Key, Bought[]>();
  for (const order of orders) found.set(keyOf(order), [...(found.get(keyOf(order)) ?? []), order]);
  return found;
}

/** What the model knows of a customer at the end of May, by purchase days. */
function historyOf(orders: Bought[]) {
  const days = groups(orders, ({ at }) => Math.floor(at.getTime() / DAY_MS));
  const [first, ...later] = [...days.keys()].sort((a, b) => a - b);
  const spent = (day: number) => days.get(day)!.reduce((sum, { minor }) => sum + minor, 0) / 100;
  return {
    frequency: later.length,
    recency: (later.at(-1) ?? first!) - first!,
    age: Date.parse("2026-05-31T00:00:00Z") / DAY_MS - first!,
    meanSpend:
      later.length === 0 ? null : later.reduce((sum, day) => sum + spent(day), 0) / later.length,
  };
}
