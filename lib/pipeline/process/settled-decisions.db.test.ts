import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/core/time";
import { inScope } from "@/lib/merchants/scope";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import type { Rule } from "@/lib/terms/schema";
import { advocateCredit, type Story, story, storyIn, testTerms } from "@/lib/worker/testing";

const day = (days: number) => addDays(new Date("2026-03-01T10:00:00Z"), days);
const order = (id: string) => ({ id, total: "50.00", currency: "USD" });
const tom = { email: "tom@example.com" };

/** What stands, as "<rule> <order> <amount>". */
async function live({ scope, settle }: Story): Promise<string[]> {
  await settle();
  const rows = await inScope(scope, ({ db }) =>
    db.reward.findMany({
      where: { merchantId: scope.merchantId, state: { notIn: ["voided", "reversed"] } },
      select: { ruleId: true, orderId: true, amountMinor: true, reversedMinor: true },
    }),
  );
  return rows
    .map(({ ruleId, orderId, amountMinor, reversedMinor }) =>
      [ruleId, orderId ?? "-", Number((amountMinor ?? 0n) - reversedMinor) / 100].join(" "),
    )
    .sort();
}

describe("a decision once taken", () => {
  const gold = (change: Partial<Rule> = {}) =>
    advocateCredit({
      conditions: { kind: "trait", of: "friend", trait: "plan", is: ["gold"] },
      ...change,
    });

  it("is not taken again because a trait has changed since", async () => {
    const shop = await story({ rules: [gold()] });
    const { code } = await shop.advocate("Mira");
    const customer = { ...tom, traits: { plan: "basic" } };
    await shop.send({ type: "sign_up", customer, code }, day(0));
    await shop.purchase("Tom", "o1", "50.00", {}, day(1));
    expect(await live(shop)).toEqual([]);
    await shop.send({ type: "page", customer: { ...tom, traits: { plan: "gold" } } });
    await shop.send({ type: "page", customer: tom });
    await shop.purchase("Tom", "o2", "50.00", {}, day(2));
    expect(await live(shop)).toEqual([]);
  });

  it("stands when the trait that it was granted by changes", async () => {
    const shop = await story({ rules: [gold({ holdDays: 14 })] });
    const { code } = await shop.advocate("Mira");
    const customer = { ...tom, traits: { plan: "gold" } };
    await shop.send({ type: "sign_up", customer, code }, day(0));
    await shop.purchase("Tom", "o1", "50.00", {}, day(1));
    await shop.send({ type: "page", customer: { ...tom, traits: { plan: "basic" } } });
    await shop.refund("o1", { amount: "5.00" });
    expect(await live(shop)).toEqual(["advocate o1 10"]);
  });

  it("is taken again when its order turns out to be another", async () => {
    const conditions = { kind: "order_total", atLeast: "60.00" } as const;
    const shop = await story({ rules: [advocateCredit({ conditions })] });
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "o2", "50.00", { code }, day(2));
    expect(await live(shop)).toEqual([]);
    await shop.send({ type: "sign_up", customer: tom, code }, day(0));
    await shop.purchase("Tom", "o1", "80.00", {}, day(1));
    expect(await live(shop)).toEqual(["advocate o1 10"]);
    await shop.refund("o1", { amount: "30.00" });
    expect(await live(shop)).toEqual([]);
  });

  it("keeps a known customer rejected whatever they do afterwards", async () => {
    const shop = await story({ rules: [advocateCredit({ holdDays: 300 })] });
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "old", "20.00", {}, day(1));
    const again = (type: string, more = {}) =>
      shop.send({ type, customer: { id: "new", ...more } });
    await shop.send(
      { type: "purchase", customer: { id: "new" }, code, order: order("o1") },
      day(9),
    );
    expect(await live(shop)).toEqual(["advocate o1 10"]);
    await again("page", tom);
    expect(await live(shop)).toEqual([]);
    await again("page");
    expect(await live(shop)).toEqual([]);
    await shop.send({ type: "purchase", customer: { id: "new" }, order: order("o2") }, day(12));
    expect(await live(shop)).toEqual([]);
  });

  it("by a budget or a cap goes by arrival, and says so", async () => {
    for (const limit of [
      { budget: { cost: "10.00", rewards: null } },
      { advocateCap: 1 },
      { caps: [{ who: "person", per: "ever", rewards: 1 } as const] },
    ]) {
      const shop = await story({ rules: [advocateCredit()], ...limit });
      const { code } = await shop.advocate("Mira");
      await shop.purchase("Tom", "late", "50.00", { code }, day(5));
      const { eventId } = await shop.purchase("Ann", "early", "50.00", { code }, day(1));
      expect(await live(shop)).toEqual(["advocate late 10"]);
      expect(await shop.decisions(eventId)).toContain("reward_refused");
      const refusals = await inScope(shop.scope, ({ db }) => db.rewardRefusal.findMany());
      expect(JSON.stringify(refusals.map(({ reasons }) => reasons))).toMatch(/arriv/i);
    }
  });
});

/** Two programs of one shop: Tom came to the first by Mira, then to the second by Zoe. */
async function twoPrograms(touch: string) {
  const shop = await story({ rules: [advocateCredit({ id: "one" })] });
  const other = await createProgram(shop.scope, {
    name: "Other",
    terms: testTerms({ rules: [advocateCredit({ id: "two" })] }),
  });
  await publishProgram(shop.scope, other.id);
  const second = storyIn(shop.scope, other);
  await inScope(shop.scope, ({ db }) => db.merchant.updateMany({ data: { countingTouch: touch } }));
  const mira = await shop.advocate("Mira");
  const zoe = await second.advocate("Zoe");
  const touches = [
    () => shop.send({ type: "sign_up", customer: tom, code: mira.code }, day(0)),
    () => shop.send({ type: "sign_up", customer: tom, code: zoe.code }, day(2)),
    () => shop.purchase("Tom", "o1", "50.00", {}, day(4)),
  ];
  return { shop, second, touches };
}

describe("a friend who came through two programs", () => {
  it.each([
    ["latest", [0, 1, 2], ["two o1 10"]],
    ["latest", [2, 1, 0], ["two o1 10"]],
    ["latest", [0, 2, 1], ["two o1 10"]],
    ["first", [0, 1, 2], ["one o1 10"]],
    ["first", [1, 2, 0], ["one o1 10"]],
    ["first", [2, 1, 0], ["one o1 10"]],
    ["all", [0, 1, 2], ["one o1 10", "two o1 10"]],
    ["all", [2, 0, 1], ["one o1 10", "two o1 10"]],
  ])("has one order count by %s touch, arriving %j", async (touch, way, right) => {
    const { shop, touches } = await twoPrograms(touch);
    for (const index of way) await touches[index]!();
    expect(await live(shop)).toEqual(right);
  });

  it("counts an order for the program whose touch came before it", async () => {
    const { shop, touches } = await twoPrograms("latest");
    await touches[0]!();
    await shop.purchase("Tom", "o0", "50.00", {}, day(1));
    await touches[1]!();
    await touches[2]!();
    // Zoe's program is for new customers, and he is none by then.
    expect(await live(shop)).toEqual(["one o0 10"]);
    await shop.refund("o0");
    expect(await live(shop)).toEqual(["two o1 10"]);
  });
});

describe("a second invitation after the window", () => {
  const setting = async (newCustomersOnly = true) => {
    const shop = await story({ rules: [advocateCredit()], windowDays: 10, newCustomersOnly });
    const mira = await shop.advocate("Mira");
    const zoe = await shop.advocate("Zoe");
    const facts = {
      mira: () => shop.send({ type: "sign_up", customer: tom, code: mira.code }, day(0)),
      zoe: () => shop.send({ type: "sign_up", customer: tom, code: zoe.code }, day(20)),
      first: () => shop.purchase("Tom", "first", "50.00", {}, day(5)),
      second: () => shop.purchase("Tom", "second", "50.00", {}, day(22)),
    };
    const whose = async () => {
      await shop.settle();
      const rows = await inScope(shop.scope, ({ db }) =>
        db.reward.findMany({
          where: { merchantId: shop.scope.merchantId, state: { notIn: ["voided", "reversed"] } },
          select: { orderId: true, customer: { select: { externalId: true } } },
        }),
      );
      return rows.map(({ orderId, customer }) => `${customer.externalId} ${orderId}`).sort();
    };
    return { shop, facts, whose };
  };
  type Name = keyof Awaited<ReturnType<typeof setting>>["facts"];

  it.each<[Name[], string[]]>([
    [["mira", "zoe", "second"], ["Zoe second"]],
    [["zoe", "mira", "second"], ["Zoe second"]],
    [["zoe", "second", "mira"], ["Zoe second"]],
    [["second", "zoe", "mira"], ["Zoe second"]],
    [["mira", "zoe", "second", "first"], ["Mira first"]],
    [["first", "second", "zoe", "mira"], ["Mira first"]],
    [["zoe", "first", "mira", "second"], ["Mira first"]],
  ])("counts while they never bought: %j", async (way, right) => {
    for (const newOnly of [true, false]) {
      const { facts, whose } = await setting(newOnly);
      for (const name of way) await facts[name]();
      expect(await whose()).toEqual(right);
    }
  });

  it("counts again where the late order of the first window comes back", async () => {
    const { shop, facts, whose } = await setting();
    for (const name of ["mira", "zoe", "second", "first"] as const) await facts[name]();
    await shop.refund("first");
    expect(await whose()).toEqual(["Zoe second"]);
  });

  it("within the window is none: the one who came first counts, arriving last", async () => {
    const shop = await story({ rules: [advocateCredit()] });
    const mira = await shop.advocate("Mira");
    const zoe = await shop.advocate("Zoe");
    await shop.send({ type: "sign_up", customer: tom, code: zoe.code }, day(3));
    await shop.purchase("Tom", "o1", "50.00", {}, day(5));
    await shop.send({ type: "sign_up", customer: tom, code: mira.code }, day(0));
    await shop.settle();
    const rows = await inScope(shop.scope, ({ db }) =>
      db.reward.findMany({
        where: { merchantId: shop.scope.merchantId, state: { notIn: ["voided", "reversed"] } },
        select: { customer: { select: { externalId: true } } },
      }),
    );
    expect(rows.map(({ customer }) => customer.externalId)).toEqual(["Mira"]);
  });
});

describe("an advocate's own purchases", () => {
  const points = (conditions: Rule["conditions"]) =>
    advocateCredit({
      id: "own",
      on: { kind: "own_purchase" },
      conditions,
      benefit: { kind: "points" },
      calculator: { kind: "per_unit", amount: "100", per: "1.00", atMost: null },
    });
  const buying = async (conditions: Rule["conditions"]) => {
    const shop = await story({ rules: [points(conditions)] });
    await shop.advocate("Mira");
    await inScope(shop.scope, ({ db }) =>
      db.advocate.updateMany({
        where: { merchantId: shop.scope.merchantId },
        data: { joinedAt: day(-1) },
      }),
    );
    return shop;
  };
  const buy = (shop: Story, number: number) =>
    shop.purchase("Mira", `o${number}`, `${number}.00`, {}, day(number));

  it.each([
    [1, 2, 3],
    [3, 2, 1],
    [2, 3, 1],
  ])("count by their number, arriving %i, %i, %i", async (...way) => {
    const numbers = { kind: "count", of: "own_purchases", atLeast: 2, atMost: 2 } as const;
    const shop = await buying(numbers);
    for (const number of way) await buy(shop, number);
    expect(await live(shop)).toEqual(["own o2 2"]);
    await shop.refund("o1");
    expect(await live(shop)).toEqual(["own o3 3"]);
  });

  it.each([
    [1, 2],
    [2, 1],
  ])("of a new customer are the first, arriving %i, %i", async (...way) => {
    const shop = await buying({ kind: "new_customer" });
    for (const number of way) await buy(shop, number);
    expect(await live(shop)).toEqual(["own o1 1"]);
    await shop.refund("o1");
    expect(await live(shop)).toEqual(["own o2 2"]);
  });
});

describe("a friend who is an advocate too", () => {
  it("is rewarded for each order on both sides", async () => {
    const shop = await story({
      rules: [
        advocateCredit({
          id: "each",
          side: "friend",
          on: { kind: "each_purchase", from: 1, to: 2 },
        }),
        advocateCredit({ id: "own", on: { kind: "own_purchase" } }),
      ],
    });
    const { code } = await shop.advocate("Mira");
    await shop.advocate("Tom");
    await inScope(shop.scope, ({ db }) =>
      db.advocate.updateMany({
        where: { merchantId: shop.scope.merchantId },
        data: { joinedAt: day(-1) },
      }),
    );
    await shop.send({ type: "sign_up", customer: tom, code }, day(0));
    for (const number of [2, 1]) await shop.purchase("Tom", `o${number}`, "50.00", {}, day(number));
    expect(await live(shop)).toEqual(["each o1 10", "each o2 10", "own o1 10", "own o2 10"]);
  });
});

describe("milestones and the second level", () => {
  const rules = [
    advocateCredit({ id: "pair", on: { kind: "milestone", count: 2, repeats: false } }),
    advocateCredit({
      id: "second",
      on: { kind: "second_level" },
      calculator: { kind: "fixed", amount: "3.00" },
    }),
  ];

  it("rest on the friends and orders that stand, late ones too", async () => {
    const shop = await story({ rules });
    const mira = await shop.advocate("Mira");
    const friend = await shop.advocate("Tom");
    await inScope(shop.scope, ({ db }) =>
      db.advocate.updateMany({
        where: { merchantId: shop.scope.merchantId },
        data: { joinedAt: day(-2) },
      }),
    );
    const join = (name: string, code: string) =>
      shop.send({ type: "sign_up", customer: { email: `${name}@example.com` }, code }, day(0));
    await join("ann", friend.code);
    await shop.purchase("ann", "a2", "20.00", {}, day(4));
    await shop.purchase("ben", "b1", "50.00", { code: mira.code }, day(3));
    // Only now is it known that Tom is Mira's.
    await shop.send({ type: "sign_up", customer: tom, code: mira.code }, day(-1));
    expect(await live(shop)).toEqual(["second a2 3"]);
    await shop.purchase("ann", "a1", "10.00", {}, day(2));
    await shop.purchase("Tom", "t1", "50.00", {}, day(1));
    expect(await live(shop)).toEqual(["pair - 10", "second a1 3"]);
    await shop.refund("a1");
    expect(await live(shop)).toEqual(["pair - 10", "second a2 3"]);
    await shop.refund("t1");
    expect(await live(shop)).toEqual(["second a2 3"]);
    await shop.refund("a2");
    expect(await live(shop)).toEqual([]);
  });
});
