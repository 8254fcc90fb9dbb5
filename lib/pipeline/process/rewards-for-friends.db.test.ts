import { describe, expect, it } from "vitest";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { inScope } from "@/lib/merchants/scope";
import type { Rule } from "@/lib/terms/schema";
import { storeEvent } from "@/lib/events/commands/store-event";
import { rejectReferral, undoRejection } from "./decide-referral";
import { processEvent } from "../process-event";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";
import { processAdvocates } from "@/lib/worker/jobs/advocates";

const milestone = (count: number, repeats = false, change: Partial<Rule> = {}): Rule =>
  advocateCredit({
    id: `m${count}`,
    on: { kind: "milestone", count, repeats },
    calculator: { kind: "fixed", amount: "20.00" },
    ...change,
  });
const secondLevel = advocateCredit({
  id: "second",
  on: { kind: "second_level" },
  calculator: { kind: "fixed", amount: "3.00" },
});

async function shown({ scope }: Story): Promise<string[]> {
  const rows = await inScope(scope, ({ db }) =>
    db.reward.findMany({
      where: { merchantId: scope.merchantId },
      orderBy: { id: "asc" },
      select: { ruleId: true, causeKind: true, causeRef: true, state: true, reason: true },
    }),
  );
  return rows.map(({ ruleId, causeKind, causeRef, state, reason }) =>
    [
      ruleId,
      causeKind === "milestone" ? `${causeKind}:${causeRef}` : causeKind,
      state,
      reason,
    ].join(" "),
  );
}
async function befriend(shop: Story, code: string, name: string): Promise<void> {
  await shop.claim(name, code);
  await shop.purchase(name, `order-${name}`, "30.00");
}

/** Many friends buy at the same moment, and their advocate is looked at in between. */
async function buyAtOnce({ scope }: Story, names: readonly string[]): Promise<void> {
  await Promise.all(
    names.map(async (name) => {
      const { eventId } = await storeEvent(scope, {
        source: "api",
        body: {
          type: "purchase",
          customer: { email: `${name.toLowerCase()}@example.com` },
          order: { id: name, total: "9.00", currency: "USD" },
        },
      });
      await processEvent(scope, eventId);
      await processAdvocates.run({ merchantId: scope.merchantId });
    }),
  );
}

describe("a milestone", () => {
  it("is reached by the nth friend, reversed with one of them, and granted again", async () => {
    const shop = await story({ rules: [milestone(3)] });
    const { code } = await shop.advocate("Mira");
    for (const name of ["Ann", "Ben"]) await befriend(shop, code, name);
    await shop.settle();
    expect(await shown(shop)).toEqual([]);
    await befriend(shop, code, "Cem");
    await shop.settle();
    expect(await shown(shop)).toEqual(["m3 milestone:3 issued credited"]);

    const { id: referralId } = (await shop.referralOf("Ann"))!;
    await rejectReferral(shop.scope, { referralId, reason: "Same household" });
    await shop.settle();
    expect(await shown(shop)).toEqual(["m3 milestone:3 reversed count_fell"]);
    await undoRejection(shop.scope, { referralId });
    await shop.settle();
    const fell = "m3 milestone:3 reversed count_fell";
    expect(await shown(shop)).toEqual([fell, "m3 milestone:3 issued credited"]);

    // A refund of a friend's order, then a new friend in their place.
    await shop.refund("order-Ben");
    await shop.settle();
    expect(await shown(shop)).toEqual([fell, fell]);
    await befriend(shop, code, "Dea");
    await shop.settle();
    expect(await shown(shop)).toEqual([fell, fell, "m3 milestone:3 issued credited"]);
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("does not rest on the order of the friend who made it full", async () => {
    const shop = await story({ rules: [milestone(2)] });
    const { code } = await shop.advocate("Mira");
    for (const name of ["Ann", "Ben", "Cem"]) await befriend(shop, code, name);
    await shop.settle();
    await shop.refund("order-Ben");
    await shop.settle();
    expect(await shown(shop)).toEqual(["m2 milestone:2 issued credited"]);
  });

  it("repeats with each further n; a refusal is noted once, with its event", async () => {
    const shop = await story({
      rules: [milestone(2, true, { caps: [{ who: "program", per: "ever", rewards: 1 }] })],
    });
    const { code } = await shop.advocate("Mira");
    for (const name of ["Ann", "Ben", "Cem", "Dea", "Eli"]) await befriend(shop, code, name);
    await shop.settle();
    expect(await shown(shop)).toEqual(["m2 milestone:2 issued credited"]);
    const [event] = await inScope(shop.scope, ({ db }) =>
      db.event.findMany({
        where: { merchantId: shop.scope.merchantId, type: "purchase" },
        orderBy: { id: "asc" },
        skip: 3,
        take: 1,
      }),
    );
    expect(
      (await shop.decisions(event!.id)).filter((code) => code === "reward_refused"),
    ).toHaveLength(1);
  });

  it("is missed by nobody when friends qualify at the same moment", async () => {
    const shop = await story({ rules: [milestone(4, true)] });
    const { code } = await shop.advocate("Mira");
    const names = Array.from({ length: 8 }, (_, index) => `Friend${index}`);
    for (const name of names) await shop.claim(name, code);
    await buyAtOnce(shop, names);
    await shop.settle();
    expect((await shown(shop)).toSorted()).toEqual([
      "m4 milestone:4 issued credited",
      "m4 milestone:8 issued credited",
    ]);
  });
});

describe("a friend's friend", () => {
  async function family() {
    const shop = await story({ rules: [secondLevel] });
    const mira = await shop.advocate("Mira");
    await shop.claim("Ben", mira.code);
    const ben = await shop.advocate("Ben");
    return { shop, mira, ben };
  }

  it("rewards the one who began it, one level further and no more", async () => {
    const { shop, ben } = await family();
    await befriend(shop, ben.code, "Cem");
    const cem = await shop.advocate("Cem");
    await befriend(shop, cem.code, "Dea");
    await shop.settle();
    // Cem's order is for Mira, Dea's for Ben.
    expect(await shown(shop)).toEqual([
      "second second_level issued credited",
      "second second_level issued credited",
    ]);
    const owners = await inScope(shop.scope, ({ db }) =>
      db.reward.findMany({
        where: { merchantId: shop.scope.merchantId },
        select: { customer: { select: { name: true } } },
        orderBy: { id: "asc" },
      }),
    );
    expect(owners.map(({ customer }) => customer.name).toSorted()).toEqual(["Ben", "Mira"]);
    expect((await shop.referralOf("Cem"))?.state).toBe("rewarded");
  });

  it("is reversed with the order, the second friend or the first, and is reinstated", async () => {
    const { shop, ben } = await family();
    await befriend(shop, ben.code, "Cem");
    await befriend(shop, ben.code, "Dea");
    await shop.settle();
    await shop.refund("order-Dea");
    await shop.settle();
    expect(await shown(shop)).toEqual([
      "second second_level issued credited",
      "second second_level reversed refunded",
    ]);
    const cem = (await shop.referralOf("Cem"))!.id;
    await rejectReferral(shop.scope, { referralId: cem, reason: "Same household" });
    expect((await shown(shop))[0]).toBe("second second_level reversed referral_rejected");
    await undoRejection(shop.scope, { referralId: cem });
    await shop.settle();
    expect((await shown(shop))[0]).toBe("second second_level issued credited");
    const middle = (await shop.referralOf("Ben"))!.id;
    await rejectReferral(shop.scope, { referralId: middle, reason: "Same household" });
    await shop.settle();
    expect((await shown(shop))[0]).toBe("second second_level reversed count_fell");
    await undoRejection(shop.scope, { referralId: middle });
    await shop.settle();
    expect(await shown(shop)).toEqual([
      "second second_level reversed count_fell",
      "second second_level reversed refunded",
      "second second_level issued credited",
    ]);
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("rewards nobody for themselves in a circle", async () => {
    const { shop, ben } = await family();
    await befriend(shop, ben.code, "Mira");
    await shop.settle();
    expect(await shown(shop)).toEqual([]);
  });
});

describe("a friend's actions", () => {
  it("count by number: the nth purchase or renewal, or all from one to another", async () => {
    const shop = await story({
      rules: [
        advocateCredit({
          id: "second-order",
          on: { kind: "nth_purchase", n: 2 },
          conditions: { kind: "order_total", atLeast: "10" },
        }),
        advocateCredit({ id: "renewal", on: { kind: "renewal", n: 2 } }),
        advocateCredit({
          id: "each",
          on: { kind: "each_purchase", from: 2, to: 3 },
          calculator: { kind: "share_of_order", shareBp: 1_000, atMost: null },
        }),
      ],
      qualification: { trigger: { kind: "nth_purchase", n: 2 }, conditions: { all: [] } },
    });
    const { code } = await shop.advocate("Mira");
    await shop.claim("Ben", code);
    for (const [index, total] of ["20.00", "5.00", "30.00", "40.00"].entries())
      await shop.purchase("Ben", `o${index}`, total);
    for (let turn = 0; turn < 3; turn += 1)
      await shop.send({
        type: "renewal",
        id: `renewal-${turn}`,
        customer: { email: "ben@example.com" },
      });
    expect((await shown(shop)).toSorted()).toEqual([
      "each order issued credited",
      "each order issued credited",
      "renewal referral issued credited",
      "second-order referral issued credited",
    ]);
    expect(
      (await shop.rewards())
        .map(({ amountMinor }) => Number(amountMinor))
        .toSorted((one, other) => one - other),
    ).toEqual([50, 300, 1_000, 1_000]);
    expect((await shop.referralOf("Ben"))?.reason).toBe("rewards_issued");
    await shop.refund("o2", { amount: "10.00" });
    expect(
      (await shop.rewards())
        .map(({ amountMinor, reversedMinor }) => Number(amountMinor! - reversedMinor))
        .toSorted((one, other) => one - other),
    ).toEqual([50, 200, 1_000, 1_000]);
  });

  it("grant more from the third friend on, also when several qualify at once", async () => {
    const shop = await story({
      rules: [
        advocateCredit({
          calculator: {
            kind: "tiered_by_count",
            of: "confirmed_referrals",
            steps: [
              { from: 1, amount: "1" },
              { from: 3, amount: "7" },
            ],
          },
        }),
      ],
    });
    const { code } = await shop.advocate("Mira");
    const names = Array.from({ length: 6 }, (_, index) => `Friend${index}`);
    for (const name of names) await shop.claim(name, code);
    await buyAtOnce(shop, names);
    await shop.settle();
    expect(
      (await shop.rewards())
        .map(({ amountMinor }) => Number(amountMinor))
        .toSorted((one, other) => one - other),
    ).toEqual([100, 100, 700, 700, 700, 700]);
  });
});
