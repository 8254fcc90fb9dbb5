import { describe, expect, it, vi } from "vitest";
import { checkLedger } from "@/lib/ledger/commands/post-transfers";
import { inScope } from "@/lib/merchants/scope";
import type { Rule } from "@/lib/terms/schema";
import { storeEvent } from "@/lib/events/commands/store-event";
import { rejectReferral, undoRejection } from "../decide-referral";
import { processEvent } from "../../process-event";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";
import { processAdvocates } from "@/lib/worker/jobs/advocates";

vi.setConfig({ testTimeout: 120_000 });

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
  const rows = await inScope(scope, (db) =>
    db.reward.findMany({
      where: { merchantId: scope.merchantId },
      orderBy: { id: "asc" },
      select: { ruleId: true, causeKey: true, state: true, reason: true },
    }),
  );
  return rows.map(
    ({ ruleId, causeKey, state, reason }) =>
      `${ruleId} ${causeKey.startsWith("milestone") ? causeKey : causeKey.split(":")[0]} ${state} ${reason}`,
  );
}
async function befriend(tale: Story, code: string, name: string): Promise<void> {
  await tale.claim(name, code);
  await tale.purchase(name, `order-${name}`, "30.00");
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
  it("is reached by the nth confirmed friend, falls with one of them, and comes back with them", async () => {
    const tale = await story({ rules: [milestone(3)] });
    const { code } = await tale.advocate("Mira");
    for (const name of ["Ann", "Ben"]) await befriend(tale, code, name);
    await tale.settle();
    expect(await shown(tale)).toEqual([]);
    await befriend(tale, code, "Cem");
    await tale.settle();
    expect(await shown(tale)).toEqual(["m3 milestone:3 issued credited"]);

    const { id: referralId } = (await tale.referralOf("Ann"))!;
    await rejectReferral(tale.scope, { referralId, reason: "Same household" });
    await tale.settle();
    expect(await shown(tale)).toEqual(["m3 milestone:3 reversed count_fell"]);
    await undoRejection(tale.scope, { referralId });
    await tale.settle();
    expect(await shown(tale)).toEqual(["m3 milestone:3 issued credited"]);

    // A refund of a friend's order, then a new friend in their place.
    await tale.refund("order-Ben");
    await tale.settle();
    expect(await shown(tale)).toEqual(["m3 milestone:3 reversed count_fell"]);
    await befriend(tale, code, "Dea");
    await tale.settle();
    expect(await shown(tale)).toEqual(["m3 milestone:3 issued credited"]);
    expect((await checkLedger(tale.scope)).differences).toEqual([]);
  });

  it("does not rest on the order of the friend who made it full", async () => {
    const tale = await story({ rules: [milestone(2)] });
    const { code } = await tale.advocate("Mira");
    for (const name of ["Ann", "Ben", "Cem"]) await befriend(tale, code, name);
    await tale.settle();
    await tale.refund("order-Ben");
    await tale.settle();
    expect(await shown(tale)).toEqual(["m2 milestone:2 issued credited"]);
  });

  it("that repeats comes with each further n, and its refusal is told with the event that reached it, once", async () => {
    const tale = await story({
      rules: [milestone(2, true, { caps: [{ who: "program", per: "ever", rewards: 1 }] })],
    });
    const { code } = await tale.advocate("Mira");
    for (const name of ["Ann", "Ben", "Cem", "Dea", "Eli"]) await befriend(tale, code, name);
    await tale.settle();
    expect(await shown(tale)).toEqual(["m2 milestone:2 issued credited"]);
    const [event] = await inScope(tale.scope, (db) =>
      db.event.findMany({
        where: { merchantId: tale.scope.merchantId, type: "purchase" },
        orderBy: { id: "asc" },
        skip: 3,
        take: 1,
      }),
    );
    expect(
      (await tale.decisions(event!.id)).filter((code) => code === "reward_refused"),
    ).toHaveLength(1);
  });

  it("is missed by nobody when friends are confirmed at the same moment", async () => {
    const tale = await story({ rules: [milestone(4, true)] });
    const { code } = await tale.advocate("Mira");
    const names = Array.from({ length: 8 }, (_, index) => `Friend${index}`);
    for (const name of names) await tale.claim(name, code);
    await buyAtOnce(tale, names);
    await tale.settle();
    expect((await shown(tale)).toSorted()).toEqual([
      "m4 milestone:4 issued credited",
      "m4 milestone:8 issued credited",
    ]);
  });
});

describe("a friend's friend", () => {
  async function family() {
    const tale = await story({ rules: [secondLevel] });
    const mira = await tale.advocate("Mira");
    await tale.claim("Ben", mira.code);
    const ben = await tale.advocate("Ben");
    return { tale, mira, ben };
  }

  it("rewards the one who began it, one level further and no more", async () => {
    const { tale, ben } = await family();
    await befriend(tale, ben.code, "Cem");
    const cem = await tale.advocate("Cem");
    await befriend(tale, cem.code, "Dea");
    await tale.settle();
    // Cem's order is for Mira, Dea's for Ben.
    expect(await shown(tale)).toEqual([
      "second second issued credited",
      "second second issued credited",
    ]);
    const owners = await inScope(tale.scope, (db) =>
      db.reward.findMany({
        where: { merchantId: tale.scope.merchantId },
        select: { customer: { select: { name: true } } },
        orderBy: { id: "asc" },
      }),
    );
    expect(owners.map(({ customer }) => customer.name).toSorted()).toEqual(["Ben", "Mira"]);
    expect((await tale.referralOf("Cem"))?.state).toBe("rewarded");
  });

  it("falls with the order, with the friend's friend, and with the friend, and comes back", async () => {
    const { tale, ben } = await family();
    await befriend(tale, ben.code, "Cem");
    await befriend(tale, ben.code, "Dea");
    await tale.settle();
    await tale.refund("order-Dea");
    expect(await shown(tale)).toEqual([
      "second second issued credited",
      "second second reversed refunded",
    ]);
    const cem = (await tale.referralOf("Cem"))!.id;
    await rejectReferral(tale.scope, { referralId: cem, reason: "Same household" });
    expect((await shown(tale))[0]).toBe("second second reversed referral_rejected");
    await undoRejection(tale.scope, { referralId: cem });
    await tale.settle();
    expect((await shown(tale))[0]).toBe("second second issued credited");
    const middle = (await tale.referralOf("Ben"))!.id;
    await rejectReferral(tale.scope, { referralId: middle, reason: "Same household" });
    await tale.settle();
    expect((await shown(tale))[0]).toBe("second second reversed count_fell");
    await undoRejection(tale.scope, { referralId: middle });
    await tale.settle();
    expect(await shown(tale)).toEqual([
      "second second issued credited",
      "second second reversed refunded",
    ]);
    expect((await checkLedger(tale.scope)).differences).toEqual([]);
  });

  it("is nobody's own doing in a circle", async () => {
    const { tale, ben } = await family();
    await befriend(tale, ben.code, "Mira");
    await tale.settle();
    expect(await shown(tale)).toEqual([]);
  });
});

describe("a friend's doings", () => {
  it("count by number: the nth purchase, the nth renewal, each purchase from one to another", async () => {
    const tale = await story({
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
    const { code } = await tale.advocate("Mira");
    await tale.claim("Ben", code);
    for (const [index, total] of ["20.00", "5.00", "30.00", "40.00"].entries())
      await tale.purchase("Ben", `o${index}`, total);
    for (let turn = 0; turn < 3; turn += 1)
      await tale.send({
        type: "renewal",
        id: `renewal-${turn}`,
        customer: { email: "ben@example.com" },
      });
    expect((await shown(tale)).toSorted()).toEqual([
      "each order issued credited",
      "each order issued credited",
      "renewal referral issued credited",
      "second-order referral issued credited",
    ]);
    expect(
      (await tale.rewards())
        .map(({ amountMinor }) => Number(amountMinor))
        .toSorted((one, other) => one - other),
    ).toEqual([50, 300, 1_000, 1_000]);
    expect((await tale.referralOf("Ben"))?.reason).toBe("rewards_issued");
    await tale.refund("o2", { amount: "10.00" });
    expect(
      (await tale.rewards())
        .map(({ amountMinor, reversedMinor }) => Number(amountMinor! - reversedMinor))
        .toSorted((one, other) => one - other),
    ).toEqual([50, 200, 1_000, 1_000]);
  });

  it("give more from the third confirmed friend on, also when several are confirmed at once", async () => {
    const tale = await story({
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
    const { code } = await tale.advocate("Mira");
    const names = Array.from({ length: 6 }, (_, index) => `Friend${index}`);
    for (const name of names) await tale.claim(name, code);
    await buyAtOnce(tale, names);
    expect(
      (await tale.rewards())
        .map(({ amountMinor }) => Number(amountMinor))
        .toSorted((one, other) => one - other),
    ).toEqual([100, 100, 700, 700, 700, 700]);
  });
});
