import { describe, expect, it } from "vitest";
import { addDays } from "@/lib/core/time";
import { inScope } from "@/lib/merchants/scope";
import type { Rule, Terms } from "@/lib/terms/schema";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";

const day = (days: number) => addDays(new Date("2026-03-01T10:00:00Z"), days);
const confirmed = (from: number, to: number | null = null): Rule["conditions"] => ({
  kind: "count",
  of: "confirmed_referrals",
  atLeast: from,
  ...(to !== null && { atMost: to }),
});
const each = (from: number, to: number | null, change: Partial<Rule> = {}): Rule =>
  advocateCredit({ on: { kind: "each_purchase", from, to }, ...change });
const share: Partial<Rule> = {
  calculator: { kind: "share_of_order", shareBp: 1_000, atMost: null },
};

/** Mira, who invited Tom on the first day. */
async function invited(rules: Rule[] = [advocateCredit()], change: Partial<Terms> = {}) {
  const shop = await story({ rules, ...change });
  const { code } = await shop.advocate("Mira");
  const join = (name: string, at = day(0)) =>
    shop.send({ type: "sign_up", customer: { email: `${name}@example.com` }, code }, at);
  const buy = (id: string, at: number, total = "50.00", name = "tom") =>
    shop.purchase(name, id, total, {}, day(at));
  await join("tom");
  return { shop, join, buy, code };
}

/** What stands, as "<order> <amount>". */
async function live({ scope, settle }: Story): Promise<string[]> {
  await settle();
  const rows = await inScope(scope, ({ db }) =>
    db.reward.findMany({
      where: { merchantId: scope.merchantId, state: { notIn: ["voided", "reversed"] } },
      select: { orderId: true, amountMinor: true, reversedMinor: true },
    }),
  );
  return rows
    .map(({ orderId, amountMinor, reversedMinor }) =>
      [orderId ?? "-", Number((amountMinor ?? 0n) - reversedMinor) / 100].join(" "),
    )
    .sort();
}

const permutations = (size: number): number[][] =>
  size === 0
    ? [[]]
    : permutations(size - 1).flatMap((rest) =>
        Array.from({ length: size }, (_, at) => [...rest.slice(0, at), size, ...rest.slice(at)]),
      );

describe("a rule for the second friend on", () => {
  it("pays once, and nothing more when the first friend looks at a page", async () => {
    const { shop, join, buy } = await invited([advocateCredit({ conditions: confirmed(2) })]);
    await join("ann");
    await buy("t", 1);
    expect(await live(shop)).toEqual([]);
    await buy("a", 2, "50.00", "ann");
    expect(await live(shop)).toEqual(["a 10"]);
    await shop.send({ type: "page", customer: { email: "tom@example.com" } });
    expect(await live(shop)).toEqual(["a 10"]);
  });

  it.each(permutations(3))("goes by when they qualified: arriving %i, %i, %i", async (...way) => {
    const { shop, join, buy } = await invited([advocateCredit({ conditions: confirmed(2, 2) })]);
    const names = ["tom", "ann", "ben"];
    for (const name of names.slice(1)) await join(name);
    for (const number of way) await buy(`o${number}`, number, "50.00", names[number - 1]);
    expect(await live(shop)).toEqual(["o2 10"]);
    await shop.refund("o1");
    expect(await live(shop)).toEqual(["o3 10"]);
  });

  it("takes a refusal again when a late order changes the number", async () => {
    const { shop, join, buy } = await invited([advocateCredit({ conditions: confirmed(2) })]);
    await join("ann");
    await buy("t", 5);
    expect(await live(shop)).toEqual([]);
    await buy("a", 2, "50.00", "ann");
    expect(await live(shop)).toEqual(["t 10"]);
    await buy("a-earlier", 1, "50.00", "ann");
    expect(await live(shop)).toEqual(["t 10"]);
  });
});

describe("each purchase from the first to the second", () => {
  it.each(permutations(3))("pays the first two, arriving %i, %i, %i", async (...way) => {
    const { shop, buy } = await invited([each(1, 2)]);
    for (const number of way) await buy(`o${number}`, number);
    expect(await live(shop)).toEqual(["o1 10", "o2 10"]);
  });

  it("moves on when one of them comes back, also in between", async () => {
    const { shop, buy } = await invited([each(1, 2, share)]);
    await buy("o1", 1, "10.00");
    await shop.refund("o1");
    await buy("o3", 3, "30.00");
    await buy("o2", 2, "20.00");
    expect(await live(shop)).toEqual(["o2 2", "o3 3"]);
    await buy("o4", 4, "40.00");
    await shop.refund("o2");
    expect(await live(shop)).toEqual(["o3 3", "o4 4"]);
    await buy("o0", 0.5, "5.00");
    expect(await live(shop)).toEqual(["o0 0.5", "o3 3"]);
  });

  it("counts no free sample among them", async () => {
    const { shop, buy } = await invited([each(1, 2)]);
    await buy("free", 1, "0.00");
    await buy("o1", 2);
    await buy("o2", 3);
    expect(await live(shop)).toEqual(["o1 10", "o2 10"]);
  });
});

describe("a share of the first purchase", () => {
  it.each(permutations(3))("is the first one's, arriving %i, %i, %i", async (...way) => {
    const { shop, buy } = await invited([
      advocateCredit({ on: { kind: "first_purchase" }, ...share }),
    ]);
    for (const number of way) await buy(`o${number}`, number, `${number}00.00`);
    expect(await live(shop)).toEqual(["o1 10"]);
  });

  it("goes by the qualifying purchase as well", async () => {
    const { shop, buy } = await invited([advocateCredit(share)]);
    for (const number of [3, 2, 1]) await buy(`o${number}`, number, `${number}00.00`);
    expect(await live(shop)).toEqual(["o1 10"]);
    await shop.refund("o1");
    expect(await live(shop)).toEqual(["o2 20"]);
    await shop.refund("o2", { amount: "150.00" });
    expect(await live(shop)).toEqual(["o2 5"]);
  });
});

describe("one purchase returned, and another", () => {
  it("is paid for the second, bought afterwards within the window", async () => {
    const { shop, buy } = await invited();
    await buy("o1", 1);
    await shop.refund("o1");
    expect(await live(shop)).toEqual([]);
    expect(await shop.referralOf("tom")).toMatchObject({ state: "reversed" });
    await buy("o2", 2);
    expect(await live(shop)).toEqual(["o2 10"]);
    expect(await shop.referralOf("tom")).toMatchObject({ state: "rewarded" });
  });

  it("is not paid for one that was bought after the window", async () => {
    const { shop, buy } = await invited([advocateCredit()], { windowDays: 10 });
    await buy("o1", 1);
    await shop.refund("o1");
    await buy("o2", 11);
    expect(await live(shop)).toEqual([]);
    expect(await shop.referralOf("tom")).toMatchObject({ state: "reversed" });
  });

  it.each([0, 14])("stands on the second when the first comes back, hold %i", async (holdDays) => {
    const { shop, buy } = await invited([advocateCredit({ holdDays })]);
    await buy("o1", 1);
    await buy("o2", 2);
    await shop.refund("o1");
    expect(await live(shop)).toEqual(["o2 10"]);
    await shop.refund("o2");
    expect(await live(shop)).toEqual([]);
  });

  it("stands on the second also where the refund comes before its purchase", async () => {
    const { shop, buy } = await invited();
    await buy("o2", 2);
    await buy("o1", 1);
    await shop.refund("o1");
    expect(await live(shop)).toEqual(["o2 10"]);
  });
});

describe("the third purchase", () => {
  const third = () => advocateCredit({ on: { kind: "nth_purchase", n: 3 } });

  it("is not yet made where two of three came back", async () => {
    const { shop, buy } = await invited([third()]);
    for (const number of [1, 2]) await buy(`o${number}`, number);
    for (const number of [1, 2]) await shop.refund(`o${number}`);
    await buy("o3", 3);
    expect(await live(shop)).toEqual([]);
    for (const number of [4, 5]) await buy(`o${number}`, number);
    expect(await live(shop)).toEqual(["o5 10"]);
  });

  it.each(permutations(4).filter((_, index) => index % 3 === 0))(
    "is the third by its date, arriving %i, %i, %i, %i",
    async (...way) => {
      const { shop, buy } = await invited([{ ...third(), ...share }]);
      for (const number of way) await buy(`o${number}`, number, `${number}0.00`);
      expect(await live(shop)).toEqual(["o3 3"]);
      await shop.refund("o1");
      expect(await live(shop)).toEqual(["o4 4"]);
    },
  );
});

describe("a free sample", () => {
  it.each([
    ["before", true],
    ["after", false],
  ])("before the invitation leaves a new customer, told %s the purchase", async (_, first) => {
    const shop = await story({ rules: [advocateCredit()] });
    const { code } = await shop.advocate("Mira");
    const sample = () => shop.purchase("Tom", "free", "0.00", {}, day(-5));
    if (first) await sample();
    await shop.purchase("Tom", "o1", "50.00", { code }, day(1));
    if (!first) await sample();
    expect(await live(shop)).toEqual(["o1 10"]);
  });

  it("is one also where an earlier order came back whole", async () => {
    const shop = await story({ rules: [advocateCredit()] });
    const { code } = await shop.advocate("Mira");
    await shop.purchase("Tom", "o1", "50.00", { code }, day(1));
    await shop.purchase("Tom", "old", "20.00", {}, day(-5));
    expect(await live(shop)).toEqual([]);
    await shop.refund("old");
    expect(await live(shop)).toEqual(["o1 10"]);
  });
});

describe("an order stated anew under another event", () => {
  let turn = 0;
  const anew = (shop: Story, total: string, at = day(1)) =>
    shop.send(
      {
        id: `again-${(turn += 1)}`,
        type: "purchase",
        customer: { email: "tom@example.com" },
        order: { id: "o1", total, currency: "USD" },
      },
      at,
    );

  it.each([0, 14])("is revised and its rewards settled up and down, hold %i", async (holdDays) => {
    const { shop, buy } = await invited([advocateCredit({ ...share, holdDays })]);
    await buy("o1", 1, "50.00");
    expect(await live(shop)).toEqual(["o1 5"]);
    await anew(shop, "80.00");
    expect(await live(shop)).toEqual(["o1 8"]);
    await anew(shop, "30.00");
    expect(await live(shop)).toEqual(["o1 3"]);
    await shop.refund("o1", { amount: "10.00" });
    expect(await live(shop)).toEqual(["o1 2"]);
  });

  it("qualifies by its new total, and no longer does", async () => {
    const { shop, buy } = await invited([advocateCredit()], {
      qualification: {
        trigger: { kind: "first_purchase" },
        conditions: { kind: "order_total", atLeast: "60.00" },
      },
    });
    await buy("o1", 1, "50.00");
    expect(await live(shop)).toEqual([]);
    await anew(shop, "80.00");
    expect(await live(shop)).toEqual(["o1 10"]);
    await anew(shop, "40.00");
    expect(await live(shop)).toEqual([]);
    expect(await shop.referralOf("tom")).toMatchObject({ state: "expired" });
  });

  it("to nothing stands for nothing, and to something again does", async () => {
    const { shop, buy } = await invited();
    await buy("o1", 1);
    await anew(shop, "0.00");
    expect(await live(shop)).toEqual([]);
    await anew(shop, "20.00");
    expect(await live(shop)).toEqual(["o1 10"]);
  });
});
