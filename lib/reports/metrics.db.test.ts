import { beforeAll, describe, expect, test } from "vitest";
import { decimal } from "@/lib/core/money";
import { DomainError } from "@/lib/core/errors";
import { mintScope } from "@/lib/merchants/scope";
import { testSandbox } from "@/lib/merchants/testing";
import { funnel } from "./growth/funnel";
import { definitions, measure, rowsBehind } from "./index";
import { ask, brief, MAY, part, plain } from "./testing/brief";
import type { World } from "./testing/ground";
import { world } from "./testing/world";

describe("a shop's May, worked out by hand", () => {
  let shop: World;
  /**
   * Ana and Ben joined before May, Cleo in May. Ana shared twice in May, Ben once in April. Dion,
   * Edda, Fitz, Gail and Hugo are friends: Dion and Edda bought in May, Fitz was rejected, Gail's
   * referral was reversed, Hugo had bought before.
   */
  beforeAll(async () => {
    shop = await world({ marginBp: 4_000 });
    await shop.customers("ana", "ben", "cleo", "dion", "edda", "fitz", "gail", "hugo", "iris");
    await shop.join("ana", "2026-01-10T10:00:00Z");
    await shop.join("ben", "2026-04-10T10:00:00Z");
    await shop.join("cleo", "2026-05-10T10:00:00Z");
    await shop.order("ana", "a1", "2025-12-01T12:00:00Z", 10_000);
    await shop.order("ana", "a2", "2026-05-02T12:00:00Z", 3_000);
    await shop.order("ana", "a3", "2026-05-20T12:00:00Z", 1_000);
    await shop.order("iris", "i1", "2026-05-05T12:00:00Z", 2_500);
    await shop.order("hugo", "h1", "2026-03-01T12:00:00Z", 700);
    await shop.share("ana", "2026-05-03T10:00:00Z");
    await shop.share("ana", "2026-05-04T10:00:00Z");
    await shop.share("ben", "2026-04-12T10:00:00Z");
    for (const [visitor, day] of [
      ["v1", "04"],
      ["v2", "05"],
      ["v2", "06"],
      ["v3", "07"],
      ["v4", "08"],
      ["own", "09"],
    ]) {
      await shop.click("ana", visitor!, `2026-05-${day}T09:00:00Z`);
    }
    await shop.link("own", "ana");
    await shop.link("v3", "fitz");
    await shop.refer("ana", "dion", {
      clickedAt: "2026-05-04T09:00:00Z",
      joinedAt: "2026-05-04T10:00:00Z",
      qualifiedAt: "2026-05-06T10:00:00Z",
      rewardedAt: "2026-05-20T10:00:00Z",
      state: "rewarded",
    });
    await shop.order("dion", "d1", "2026-05-06T10:00:00Z", 5_000);
    await shop.order("dion", "d2", "2026-05-16T10:00:00Z", 1_500);
    // By a code, without a click; part of the order comes back in June.
    await shop.refer("ben", "edda", {
      joinedAt: "2026-05-12T10:00:00Z",
      qualifiedAt: "2026-05-13T10:00:00Z",
      state: "qualified",
    });
    await shop.order("edda", "e1", "2026-05-13T10:00:00Z", 8_000);
    await shop.refund("e1", "2026-06-02T10:00:00Z", 2_000);
    await shop.refer("ana", "fitz", {
      clickedAt: "2026-05-07T09:00:00Z",
      joinedAt: "2026-05-07T10:00:00Z",
      state: "rejected",
    });
    await shop.order("fitz", "f1", "2026-05-08T10:00:00Z", 4_000);
    await shop.refer("ana", "gail", {
      clickedAt: "2026-05-08T09:00:00Z",
      joinedAt: "2026-05-08T10:00:00Z",
      qualifiedAt: "2026-05-09T10:00:00Z",
      state: "reversed",
    });
    await shop.order("gail", "g1", "2026-05-09T10:00:00Z", 6_000);
    await shop.refund("g1", "2026-05-25T10:00:00Z", 6_000);
    // Had bought before: not a new customer, but referred from now on.
    await shop.refer("ben", "hugo", { joinedAt: "2026-05-20T10:00:00Z", state: "joined" });
    await shop.order("hugo", "h2", "2026-05-21T10:00:00Z", 900);

    await shop.cost("dion", "advocate", "2026-05-06T10:00:00Z", 1_000);
    await shop.cost("dion", "friend", "2026-05-04T10:00:00Z", 500);
    await shop.cost("edda", "advocate", "2026-05-13T10:00:00Z", 1_000);
    await shop.cost("edda", "advocate", "2026-06-02T10:00:00Z", -250);
    await shop.cost("gail", "advocate", "2026-05-09T10:00:00Z", 1_000);
    await shop.cost("gail", "advocate", "2026-05-25T10:00:00Z", -1_000);
  });

  test("referral rate: five new customers, of them Dion, Edda and Gail by referral", async () => {
    const metric = await ask(shop, "referral_rate");
    expect(brief(metric)).toEqual({ value: 0.6, numerator: 3, denominator: 5, n: 5 });
    expect(metric.interval).toMatchObject({ method: "Wilson", level: 0.95 });
    expect(Number(metric.interval!.low)).toBeCloseTo(0.2307, 3);
    expect(Number(metric.interval!.high)).toBeCloseTo(0.8824, 3);
  });

  test("referred order share: d1, d2, e1, g1, h2 of ten orders", async () => {
    // a2 a3 i1 d1 d2 e1 f1 g1 h2
    expect(brief(await ask(shop, "referred_order_share"))).toMatchObject({
      numerator: 5,
      denominator: 9,
    });
  });

  test("share rate: Ana of Ana, Ben and Cleo; two shares among three", async () => {
    const metric = await ask(shop, "share_rate");
    expect(brief(metric)).toMatchObject({ numerator: 1, denominator: 3 });
    expect(part(metric, "shares_per_advocate")).toMatchObject({
      value: 2 / 3,
      numerator: 2,
      denominator: 3,
    });
    expect(
      brief(await ask(shop, "share_rate", { from: "2026-04-01", to: "2026-04-30" })),
    ).toMatchObject({ value: 0.5, denominator: 2 });
  });

  test("click-through: v1, v2 once and v4; not Ana's browser nor a rejected friend's", async () => {
    expect(brief(await ask(shop, "click_through"))).toMatchObject({
      value: 1.5,
      numerator: 3,
      denominator: 2,
    });
  });

  test("conversion: Dion and Edda of five who came; not Hugo, v2 and Gail, reversed", async () => {
    // Dion came as v1 and Gail as v4, Edda and Hugo by a code without a click.
    expect(brief(await ask(shop, "referral_conversion"))).toEqual({
      value: 2 / 5,
      numerator: 2,
      denominator: 5,
      n: 5,
    });
  });

  test("conversion counts what qualified by the end of the range only", async () => {
    expect(
      brief(await ask(shop, "referral_conversion", { from: "2026-05-04", to: "2026-05-05" })),
    ).toMatchObject({ value: 0, numerator: 0, denominator: 2 });
  });

  test("active referrer rate: Ana of the seven who did anything", async () => {
    expect(brief(await ask(shop, "active_referrer_rate"))).toMatchObject({
      numerator: 1,
      denominator: 7,
    });
  });

  test("referred revenue: 50 + 15 + 80 + 60 − 60 + 9; Edda's refund is June's", async () => {
    const metric = await ask(shop, "referred_revenue");
    expect(brief(metric)).toMatchObject({ value: "154.00" });
    expect(part(metric, "revenue")).toMatchObject({ value: "259.00" });
    expect(part(metric, "referred_revenue_share").value).toBeCloseTo(154 / 259, 12);
    expect(
      brief(await ask(shop, "referred_revenue", { from: "2026-06-01", to: "2026-06-30" })),
    ).toMatchObject({ value: "-20.00" });
  });

  test("program cost by day, with what came back on its own day", async () => {
    const metric = await ask(shop, "program_cost");
    expect(brief(metric)).toMatchObject({ value: "25.00" });
    expect(part(metric, "advocate_cost").value).toBe("20.00");
    expect(part(metric, "friend_cost").value).toBe("5.00");
    expect(
      brief(await ask(shop, "program_cost", { from: "2026-06-01", to: "2026-06-30" })),
    ).toMatchObject({ value: "-2.50" });
  });

  test("acquisition cost: 25.00 over Dion, Edda and Gail", async () => {
    expect(brief(await ask(shop, "referral_cac"))).toMatchObject({
      value: "8.33",
      numerator: "25.00",
      denominator: 3,
    });
  });

  test("return: margin 40 % of 154.00 is 61.60; less 25.00, over 25.00", async () => {
    expect(brief(await ask(shop, "roi"))).toMatchObject({
      value: 1.464,
      numerator: "36.60",
      denominator: "25.00",
    });
  });

  test("K: two qualified friends, seven active customers, cycle between joins", async () => {
    const metric = await ask(shop, "k_factor");
    expect(brief(metric)).toMatchObject({ value: 2 / 7, numerator: 2, denominator: 7 });
    expect(part(metric, "shares_per_customer").value).toBeCloseTo(2 / 7, 12);
    expect(part(metric, "qualified_per_share").value).toBe(1);
    // Days from the advocate's joining to Dion's, Edda's, Gail's and Hugo's: 114, 32, 118 and 40;
    // the median is 77.
    expect(part(metric, "cycle_time")).toMatchObject({ value: 77, n: 4 });
  });

  test("repeat purchase: Ana and Dion of seven buyers in May", async () => {
    const metric = await ask(shop, "repeat_purchase_rate");
    expect(brief(metric)).toMatchObject({ numerator: 2, denominator: 7 });
    expect(part(metric, "referred")).toMatchObject({ numerator: 1, denominator: 3 });
    expect(part(metric, "other")).toMatchObject({ numerator: 1, denominator: 4 });
  });

  test("average order value: 259.00 over nine orders", async () => {
    const metric = await ask(shop, "aov");
    expect(brief(metric)).toMatchObject({ value: "28.78", numerator: "259.00", denominator: 9 });
    expect(part(metric, "referred")).toMatchObject({ numerator: "145.00", denominator: 4 });
  });

  test("lifetime value so far: all margin per customer; no prediction from so few", async () => {
    const metric = await ask(shop, "clv");
    // 100 + 30 + 10 + 25 + 7 + 9 + 50 + 15 + 80 + 40 + 60 − 60 = 366.00, by 40 %, over 7
    expect(brief(metric)).toMatchObject({ value: "20.91", numerator: "146.40", denominator: 7 });
    expect(part(metric, "referred")).toMatchObject({ value: "19.33", denominator: 3 });
    expect(part(metric, "predicted")).toMatchObject({ value: null, unknown: "too_few_customers" });
  });

  test("enrolment is unknown while no visit is on record", async () => {
    expect(brief(await ask(shop, "enrolment_rate"))).toMatchObject({
      value: null,
      unknown: "no_views",
    });
  });

  test("every metric shows the rows that make its numerator and denominator", async () => {
    for (const { name, unit } of definitions()) {
      const { rows } = await rowsBehind(shop.scope, name, MAY, { limit: 200 });
      const metric = await ask(shop, name);
      const sum = (side: "numerator" | "denominator") =>
        rows.reduce((total, row) => total + row[side], 0n);
      if (unit === "money" && !["referral_cac", "clv"].includes(name)) {
        expect([name, decimal({ minor: sum("numerator"), asset: "USD/2" })]).toEqual([
          name,
          plain(metric.numerator),
        ]);
      } else if (
        unit === "share" &&
        typeof metric.denominator === "number" &&
        metric.value !== null
      ) {
        expect([name, Number(sum("denominator"))]).toEqual([name, metric.denominator]);
      }
    }
  });

  test("rows come a page at a time, newest first, each once", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await rowsBehind(shop.scope, "referred_revenue", MAY, {
        limit: 2,
        ...(cursor && { cursor }),
      });
      seen.push(...page.rows.map((row) => row.key));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(
      ["refund:evt_000013", "order:h2", "order:d2", "order:e1", "order:g1", "order:d1"].map(
        (key) => (key.startsWith("refund") ? expect.stringMatching(/^refund:/) : key),
      ),
    );
    const [first] = (
      await rowsBehind(shop.scope, "referral_rate", MAY, { limit: 1, counted: true })
    ).rows;
    expect(first).toMatchObject({ kind: "customer", customerName: "edda", numerator: 1n });
  });

  test("the funnel of those who began in May", async () => {
    expect(await funnel(shop.scope, MAY)).toEqual({
      customers: { saw: null, joined: 1, shared: 0 },
      friends: { came: 5, clicked: 3, joined: 4, qualified: 2, rewarded: 1 },
    });
  });

  test("the same range a year before, and the period before it by weekday", async () => {
    const before = await measure(shop.scope, "referral_rate", MAY, { compare: "year" });
    expect(before.comparison).toMatchObject({
      days: { from: "2025-05-01", to: "2025-05-31" },
      value: null,
      unknown: "no_new_customers",
    });
    expect(before.change).toBeNull();
    const previous = await measure(shop.scope, "referred_order_share", MAY, {
      compare: "previous",
    });
    expect(previous.comparison!.days).toEqual({ from: "2026-03-27", to: "2026-04-26" });
    const shares = await measure(shop.scope, "share_rate", MAY, { compare: "previous" });
    expect(shares.change).toMatchObject({ kind: "difference", interval: { method: "Newcombe" } });
    expect(shares.change!.value).toBeCloseTo(1 / 3 - 1 / 2, 12);
  });

  test("a course over time adds up to the range, with days cut in the shop's zone", async () => {
    const { series, metric } = await measure(shop.scope, "referred_revenue", MAY, { series: true });
    expect(series!.unit).toBe("day");
    expect(series!.points).toHaveLength(31);
    const total = series!.points.reduce((sum, point) => sum + Number(plain(point.value)), 0);
    expect(total.toFixed(2)).toBe(plain(metric.value));
    expect(series!.points.find((point) => point.from === "2026-05-25")).toMatchObject({
      value: { minor: -6_000n },
    });
  });

  test("what has not begun is unknown, and what is not over is marked", async () => {
    const days = { from: "2098-12-30", to: "2099-01-02" };
    const { series, metric } = await measure(shop.scope, "program_cost", days, { series: true });
    expect(metric.filling).toBe(true);
    expect(
      series!.points.every((point) => point.value === null && point.unknown === "not_observed"),
    ).toBe(true);
  });

  test("another shop and the sandbox see nothing of it", async () => {
    const other = await world();
    expect(brief(await ask(other, "referral_rate"))).toMatchObject({
      value: null,
      unknown: "no_new_customers",
    });
    const sandbox = await testSandbox(shop.scope);
    expect((await measure(sandbox, "aov", MAY)).metric).toMatchObject({
      value: null,
      unknown: "no_orders",
    });
  });

  test("support may not read insights", async () => {
    const support = mintScope(
      {
        id: shop.scope.merchantId,
        slug: "x",
        sandboxOfId: null,
        currency: "USD",
        timeZone: "UTC",
        clockOffsetMs: 0n,
      },
      { kind: "member", id: "usr", label: "Sam", role: "support" },
    );
    await expect(measure(support, "aov", MAY)).rejects.toThrow(DomainError);
    await expect(rowsBehind(support, "aov", MAY, { limit: 1 })).rejects.toThrow(DomainError);
  });

  test("unknown in an empty range, never 0", async () => {
    const empty = { from: "2020-01-01", to: "2020-01-31" };
    const unknowns = Object.fromEntries(
      await Promise.all(
        definitions().map(
          async ({ name }) => [name, (await ask(shop, name, empty)).unknown] as const,
        ),
      ),
    );
    expect(unknowns).toEqual({
      referral_rate: "no_new_customers",
      referred_order_share: "no_orders",
      enrolment_rate: "no_views",
      share_rate: "no_advocates",
      click_through: "no_shares",
      referral_conversion: "no_clicks",
      active_referrer_rate: "no_active_customers",
      k_factor: "no_active_customers",
      referred_revenue: null,
      program_cost: null,
      referral_cac: "no_new_referred_customers",
      roi: "no_cost",
      retention: "nobody_gained",
      repeat_purchase_rate: "no_orders",
      survival: "no_customers",
      aov: "no_orders",
      clv: "no_customers",
    });
  });
});
