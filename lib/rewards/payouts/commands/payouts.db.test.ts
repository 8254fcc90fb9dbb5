import { afterAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { inScope } from "@/lib/merchants/scope";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";
import type { Expiry } from "@/lib/terms/schema";
import { deliverReward, grantOutright, undoDelivery, voidReward } from "../../commands";
import { giveTestDetails } from "../../destinations/testing";
import { cancelPayout, createPayout, exportPayout, payPayout } from ".";
import { payable, payoutPeople } from "../queries/people";
import { listPayouts, payoutById } from "../queries/payouts";
import { testEmails } from "@/lib/messaging/testing";

afterAll(closeConnections);

async function cash(
  shop: Story,
  customerId: string,
  amount: string,
  expiry: Expiry | null = null,
): Promise<string> {
  const { rewardId } = await grantOutright(shop.scope, {
    programId: shop.program.id,
    customerId,
    source: "goodwill",
    ruleId: "goodwill",
    causeRef: { kind: "review", ref: `test:${Math.random()}` },
    eventId: null,
    holdDays: 0,
    expiry,
    benefit: { kind: "cash" },
    calculator: { kind: "fixed", amount },
    at: new Date(),
    facts: {},
  });
  return rewardId;
}
/** An advocate who said where their cash goes. */
async function payee(shop: Story, name: string) {
  const advocate = await shop.advocate(name);
  await giveTestDetails(shop.scope, advocate.customerId);
  return advocate;
}
const read = (shop: Story, id: string) =>
  inScope(shop.scope, ({ db, merchantId }) =>
    db.reward.findUniqueOrThrow({ where: { merchantId_id: { merchantId, id } } }),
  );
const issued = async (shop: Story, ownerId: string) =>
  (await balancesOf(shop.scope, ownerId))[0]?.issued ?? 0n;

describe("a payout", () => {
  it("holds what was chosen, is exported by person, and uses it up once paid", async () => {
    const shop = await story();
    const [ana, ben] = [await payee(shop, "Ana"), await payee(shop, "=Ben")];
    const ids = [
      await cash(shop, ana.customerId, "10"),
      await cash(shop, ana.customerId, "2.50"),
      await cash(shop, ben.customerId, "3"),
    ];
    expect(await payable(shop.scope, {})).toMatchObject({
      rewards: 3,
      total: { minor: 1550n },
      hasMore: false,
    });
    expect(await payable(shop.scope, { atLeast: "5" })).toMatchObject({
      rewards: 2,
      people: [{ name: "Ana", amount: { minor: 1250n } }],
    });
    expect(await payable(shop.scope, { search: "ben" })).toMatchObject({ rewards: 1 });
    expect(await payable(shop.scope, { until: "2020-01-01" })).toMatchObject({ rewards: 0 });
    expect(
      await payable(shop.scope, { until: new Date().toISOString().slice(0, 10) }),
    ).toMatchObject({ rewards: 3 });

    const { batchId, number } = await createPayout(shop.scope, {});
    expect(number).toBe(1);
    expect(await payoutById(shop.scope, batchId)).toMatchObject({
      state: "open",
      rewards: 3,
      totalMinor: 1550n,
    });
    await expect(deliverReward(shop.scope, { rewardId: ids[0]! })).rejects.toThrow(
      /part of a payout/,
    );
    await expect(createPayout(shop.scope, {})).rejects.toMatchObject({ code: "conflict" });
    const { csv } = await exportPayout(shop.scope, batchId);
    const lines = csv.trim().split("\r\n");
    expect(lines).toHaveLength(3);
    expect(lines).toContain(
      `Ana,ana@example.com,Ana,12.50,USD,${[ids[0], ids[1]].sort().join(" ")},` +
        "IBAN,Ana Hoxha,DE89370400440532013000",
    );
    expect(lines.some((line) => line.startsWith("'=Ben,'=ben@example.com,'=Ben,3.00,USD"))).toBe(
      true,
    );

    await payPayout(shop.scope, { batchId, reference: "SEPA 7" });
    expect(await payoutById(shop.scope, batchId)).toMatchObject({
      state: "paid",
      reference: "SEPA 7",
    });
    for (const id of ids)
      expect(await read(shop, id)).toMatchObject({ state: "used", reason: "paid" });
    expect(await issued(shop, ana.customerId)).toBe(0n);
    expect((await balancesOf(shop.scope, shop.program.id))[0]).toMatchObject({
      funding: -1550n,
      spent: 1550n,
    });
    const emails = await testEmails(shop.scope, { template: "rewards_paid" });
    expect(emails.map(({ subject }) => subject).sort()).toEqual([
      "You’ve been paid $12.50",
      "You’ve been paid $3",
    ]);
    expect(emails[0]!.text).toContain("SEPA 7");
    await expect(payPayout(shop.scope, { batchId })).rejects.toMatchObject({ code: "conflict" });
    await expect(cancelPayout(shop.scope, { batchId })).rejects.toMatchObject({ code: "conflict" });
    await expect(
      undoDelivery(shop.scope, { rewardId: ids[0]!, reason: "Bounced" }),
    ).rejects.toMatchObject({ code: "conflict" });
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
    expect((await listPayouts(shop.scope, { limit: 10, search: "sepa" })).rows).toMatchObject([
      { number: 1 },
    ]);
  });

  it("takes each reward once, however many batches are made at the same time", async () => {
    const shop = await story();
    const ana = await payee(shop, "Ana");
    for (let index = 0; index < 6; index += 1) await cash(shop, ana.customerId, "1");
    const made = await Promise.allSettled(
      Array.from({ length: 4 }, () => createPayout(shop.scope, {})),
    );
    const batches = made.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(batches.reduce((sum, { rewards }) => sum + rewards, 0)).toBe(6);
    expect(batches).toHaveLength(1);
    // And is paid or given up once.
    const { batchId } = batches[0]!;
    const ends = await Promise.allSettled([
      payPayout(shop.scope, { batchId }),
      cancelPayout(shop.scope, { batchId }),
      payPayout(shop.scope, { batchId }),
    ]);
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("makes its rewards payable again when cancelled, with a new expiry", async () => {
    const shop = await story();
    const ana = await payee(shop, "Ana");
    const id = await cash(shop, ana.customerId, "4", {
      unissuedDays: 30,
      issuedDays: null,
      remindDays: 5,
    });
    const before = await read(shop, id);
    expect(before.expiresAt).not.toBeNull();
    const { batchId } = await createPayout(shop.scope, { without: [] });
    expect(await read(shop, id)).toMatchObject({
      payoutBatchId: batchId,
      expiresAt: null,
      reason: "in_payout",
    });
    await cancelPayout(shop.scope, { batchId });
    expect(await read(shop, id)).toMatchObject({
      payoutBatchId: null,
      expiresAt: before.expiresAt,
      reason: "payable",
      state: "available",
    });
    await expect(createPayout(shop.scope, { without: [ana.customerId] })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await createPayout(shop.scope, {})).number).toBe(2);
  });

  it("loses what is reversed while it is open, and is corrected by a part of it", async () => {
    const shop = await story({
      rules: [
        advocateCredit({
          benefit: { kind: "cash" },
          calculator: { kind: "share_of_order", shareBp: 1000, atMost: null },
        }),
      ],
    });
    const ana = await payee(shop, "Ana");
    await shop.claim("Ben", ana.code);
    await shop.purchase("Ben", "o-1", "100.00");
    const gift = await cash(shop, ana.customerId, "5");
    const { batchId } = await createPayout(shop.scope, {});
    expect(await payoutById(shop.scope, batchId)).toMatchObject({
      rewards: 2,
      totalMinor: 1500n,
      changedAt: null,
    });
    await shop.refund("o-1", { amount: "40.00" });
    expect(await payoutById(shop.scope, batchId)).toMatchObject({
      rewards: 2,
      totalMinor: 1100n,
      changedAt: expect.any(Date),
    });
    await voidReward(shop.scope, { rewardId: gift, reason: "A mistake" });
    expect(await payoutById(shop.scope, batchId)).toMatchObject({ rewards: 1, totalMinor: 600n });
    expect(await payoutPeople(shop.scope, { id: batchId, asset: "USD/2" })).toMatchObject([
      { amount: { minor: 600n } },
    ]);
    await shop.refund("o-1");
    expect(await payoutById(shop.scope, batchId)).toMatchObject({ rewards: 0, totalMinor: 0n });
    await expect(payPayout(shop.scope, { batchId })).rejects.toThrow(/Nothing is left/);
    await cancelPayout(shop.scope, { batchId });
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });

  it("comes out right when it is paid and its order refunded at the same moment", async () => {
    const shop = await story({ rules: [advocateCredit({ benefit: { kind: "cash" } })] });
    const ana = await payee(shop, "Ana");
    for (const name of ["Ben", "Cem", "Dua"]) {
      await shop.claim(name, ana.code);
      await shop.purchase(name, `o-${name}`, "50.00");
    }
    const { batchId } = await createPayout(shop.scope, {});
    await Promise.allSettled([
      payPayout(shop.scope, { batchId }),
      shop.refund("o-Ben"),
      shop.refund("o-Cem"),
    ]);
    const batch = await payoutById(shop.scope, batchId);
    const people = await payoutPeople(shop.scope, batch);
    expect(batch.state).toBe("paid");
    // What came before the payment is out of it; what came after stays on record as it was paid.
    const { spent } = (await balancesOf(shop.scope, shop.program.id))[0]!;
    expect(spent).toBe(batch.totalMinor);
    expect(people.flatMap(({ rewardIds }) => rewardIds)).toHaveLength(batch.rewards);
    expect(await issued(shop, ana.customerId)).toBe(0n);
    expect((await checkLedger(shop.scope)).differences).toEqual([]);
  });
});
