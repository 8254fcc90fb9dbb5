import { describe, expect, test } from "vitest";
import { measure } from ".";
import { funnel } from "./growth/funnel";
import { ask, brief, MAY, part, plain } from "./testing/brief";
import { world } from "./testing/world";

describe("who saw the program and who joined it", () => {
  test("people once, with the browsers known to be theirs; earlier members never", async () => {
    const shop = await world();
    await shop.customers("ana", "ben", "cleo", "old");
    await shop.join("old", "2026-04-01T00:00:00Z");
    await shop.view({ customer: "old" }, "2026-05-02T00:00:00Z");
    await shop.view({ customer: "ana" }, "2026-05-02T00:00:00Z");
    await shop.view({ visitor: "v-ana" }, "2026-05-01T00:00:00Z");
    await shop.link("v-ana", "ana");
    await shop.join("ana", "2026-05-03T00:00:00Z");
    await shop.view({ visitor: "v-1" }, "2026-05-02T00:00:00Z");
    await shop.view({ visitor: "v-1" }, "2026-05-09T00:00:00Z");
    await shop.view({ visitor: "v-2" }, "2026-05-09T00:00:00Z");
    await shop.join("cleo", "2026-05-05T00:00:00Z");
    expect(brief(await ask(shop, "enrolment_rate"))).toMatchObject({
      value: 0.5,
      numerator: 2,
      denominator: 4,
    });
    expect(await funnel(shop.scope, MAY)).toMatchObject({
      customers: { saw: 4, joined: 2, shared: 0 },
    });
  });
});

describe("days and zones", () => {
  test("a day begins at the shop's midnight, also when the clocks change", async () => {
    const shop = await world({ timeZone: "America/New_York" });
    await shop.customers("a", "b", "c", "d");
    // 8 March 2026 has 23 hours there: it begins at 05:00 UTC and ends at 04:00 UTC of the 9th.
    await shop.order("a", "before", "2026-03-08T04:59:59Z", 100);
    await shop.order("b", "first", "2026-03-08T05:00:00Z", 200);
    await shop.order("c", "last", "2026-03-09T03:59:59Z", 400);
    await shop.order("d", "after", "2026-03-09T04:00:00Z", 800);
    const day = { from: "2026-03-08", to: "2026-03-08" };
    expect(brief(await ask(shop, "aov", day))).toMatchObject({ numerator: "6.00", denominator: 2 });
    const { series } = await measure(
      shop.scope,
      "aov",
      { from: "2026-03-07", to: "2026-03-09" },
      { series: true },
    );
    expect(series!.points.map((point) => plain(point.numerator))).toEqual(["1.00", "6.00", "8.00"]);
  });

  test("half-open: an order on the stroke of midnight is the next day's, once", async () => {
    const shop = await world({ timeZone: "Europe/Tirane" });
    await shop.customers("a");
    await shop.order("a", "o", "2026-05-31T22:00:00Z", 100);
    expect(brief(await ask(shop, "aov"))).toMatchObject({ value: null });
    expect(brief(await ask(shop, "aov", { from: "2026-06-01", to: "2026-06-01" }))).toMatchObject({
      value: "1.00",
    });
  });
});

describe("one-year retention", () => {
  test("gained 12 to 24 months ago, back in months 7 to 12; referred apart", async () => {
    const shop = await world();
    await shop.customers("adv", "back", "early", "late", "young", "friend");
    await shop.join("adv", "2024-01-01T00:00:00Z");
    const first = "2025-01-15T12:00:00Z";
    for (const name of ["back", "early", "late", "friend"])
      await shop.order(name, `${name}1`, first, 100);
    await shop.order("back", "back2", "2025-07-15T12:00:00Z", 100);
    await shop.order("early", "early2", "2025-07-15T11:59:59Z", 100);
    await shop.order("late", "late2", "2026-01-15T12:00:00Z", 100);
    await shop.order("young", "young1", "2025-09-01T12:00:00Z", 100);
    await shop.refer("adv", "friend", { joinedAt: "2025-01-14T00:00:00Z", state: "rewarded" });
    await shop.order("friend", "friend2", "2026-01-15T11:59:59Z", 100);
    const metric = await ask(shop, "retention", { from: "2026-04-01", to: "2026-04-30" });
    expect(brief(metric)).toEqual({ value: 0.5, numerator: 2, denominator: 4, n: 4 });
    expect(part(metric, "referred")).toMatchObject({ numerator: 1, denominator: 1 });
    expect(part(metric, "other")).toMatchObject({ numerator: 1, denominator: 3 });
  });
});

describe("time to the second purchase", () => {
  test("those who have not been customers for long count for as long as they were", async () => {
    const shop = await world();
    await shop.customers("adv", "a", "b", "c", "d");
    await shop.join("adv", "2026-01-01T00:00:00Z");
    await shop.order("a", "a1", "2026-01-01T10:00:00Z", 100);
    await shop.order("a", "a1b", "2026-01-01T18:00:00Z", 100);
    await shop.order("a", "a2", "2026-01-11T10:00:00Z", 100);
    await shop.order("b", "b1", "2026-01-01T10:00:00Z", 100);
    await shop.order("b", "b2", "2026-03-02T10:00:00Z", 100);
    await shop.order("c", "c1", "2026-01-01T10:00:00Z", 100);
    await shop.order("d", "d1", "2026-04-01T10:00:00Z", 100);
    await shop.refer("adv", "d", { joinedAt: "2026-04-01T00:00:00Z", state: "joined" });
    // By 30 April: after 10 days 1 of 4, after 60 days 1 of 2 (d was watched for 29): 1 − 0.75 ×
    // 0.5.
    const metric = await ask(shop, "survival", { from: "2026-04-01", to: "2026-04-30" });
    expect(brief(metric)).toMatchObject({ value: 0.625, numerator: 2, denominator: 4 });
    expect(part(metric, "referred")).toMatchObject({ denominator: 1 });
    expect(
      brief(await ask(shop, "survival", { from: "2026-01-01", to: "2026-01-31" })),
    ).toMatchObject({ value: null, unknown: "not_enough_time" });
  });
});

describe("expired referrals", () => {
  test("count only where the friend ordered within the window", async () => {
    const shop = await world();
    await shop.customers("adv", "small", "late");
    await shop.join("adv", "2026-01-01T00:00:00Z");
    const steps = {
      joinedAt: "2026-04-20T00:00:00Z",
      expiresAt: "2026-05-10T00:00:00Z",
      state: "expired",
    } as const;
    await shop.refer("adv", "small", steps);
    await shop.refer("adv", "late", steps);
    await shop.order("small", "s", "2026-05-05T00:00:00Z", 100);
    await shop.order("late", "l", "2026-05-15T00:00:00Z", 100);
    expect(brief(await ask(shop, "referral_rate"))).toMatchObject({ numerator: 1, denominator: 2 });
  });
});
