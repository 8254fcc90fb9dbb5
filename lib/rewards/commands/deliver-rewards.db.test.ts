import { afterAll, beforeAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { inScope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { type Story, story } from "@/lib/worker/testing";
import type { Benefit, Calculator } from "@/lib/terms/schema";
import { deliverReward, deliverRewards, grantOutright, noteOnReward, undoDelivery } from ".";
import { testEmails } from "@/lib/messaging/testing";

let shop: Story;
let customerId: string;

beforeAll(async () => {
  shop = await story();
  customerId = (await shop.advocate("Ana")).customerId;
});
afterAll(closeConnections);

async function give(benefit: Benefit, calculator: Calculator = { kind: "none" }): Promise<string> {
  const { rewardId } = await grantOutright(shop.scope, {
    programId: shop.program.id,
    customerId,
    source: "goodwill",
    ruleId: "goodwill",
    causeRef: { kind: "review", ref: `test:${Math.random()}` },
    eventId: null,
    holdDays: 0,
    expiry: { unissuedDays: 30, issuedDays: null, remindDays: null },
    benefit,
    calculator,
    at: new Date(),
    facts: {},
  });
  return rewardId;
}
const seat = () => give({ kind: "event_access", title: "Harvest day", at: null, unitCost: "8" });
const read = (id: string) =>
  inScope(shop.scope, ({ db, merchantId }) =>
    db.reward.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id } },
      include: { steps: true },
    }),
  );
const balances = async () => (await balancesOf(shop.scope, shop.program.id))[0];

it("marks one as delivered with a note, and undoes that with a reason", async () => {
  const id = await give({ kind: "donation", to: "Sea rescue" }, { kind: "fixed", amount: "20" });
  expect(await read(id)).toMatchObject({
    state: "available",
    reason: "to_be_given",
    availableAt: expect.any(Date),
    expiresAt: expect.any(Date),
  });
  await deliverReward(shop.scope, { rewardId: id, note: "Receipt 17" });
  expect(await read(id)).toMatchObject({ state: "used", reason: "given", note: "Receipt 17" });
  expect(await balances()).toMatchObject({ spent: 2000n });
  await undoDelivery(shop.scope, { rewardId: id, reason: "The wrong one" });
  expect(await read(id)).toMatchObject({ state: "available", reason: "handing_over_undone" });
  expect(await balances()).toMatchObject({ spent: 0n });
  await deliverReward(shop.scope, { rewardId: id });
  expect(await balances()).toMatchObject({ spent: 2000n });
  const [email] = await testEmails(shop.scope, { template: "reward_given" });
  expect(email!.text).toContain("Receipt 17");
  const audit = await inScope(shop.scope, ({ db }) =>
    db.auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: "asc" } }),
  );
  expect(audit.map(({ action }) => action)).toEqual([
    "reward.deliver",
    "reward.undo_delivery",
    "reward.deliver",
  ]);
  expect((await checkLedger(shop.scope)).differences).toEqual([]);
});

it("marks many at once, each once, and names what was not waiting", async () => {
  const ids = await Promise.all([seat(), seat(), seat(), seat()]);
  const coupon = await give({ kind: "free_shipping", unitCost: "1" });
  await noteOnReward(shop.scope, { rewardId: ids[0]!, note: "Row 4" });
  const [one, other] = await Promise.all([
    deliverRewards(shop.scope, { rewardIds: [ids[0]!, ids[1]!, ids[2]!, coupon] }),
    deliverRewards(shop.scope, { rewardIds: [...ids].reverse() }),
  ]);
  expect(one.done + other.done).toBe(4);
  expect([...one.skipped, ...other.skipped]).toHaveLength(4);
  for (const id of ids) {
    const { state, steps } = await read(id);
    expect(state).toBe("used");
    expect(steps.filter((step) => step.state === "used")).toHaveLength(1);
  }
  expect((await read(ids[0]!)).note).toBe("Row 4");
});

it("does nothing for another shop, nor for what was not delivered or long ago", async () => {
  const id = await seat();
  const other = await createTestMerchant();
  await expect(deliverReward(other, { rewardId: id })).rejects.toMatchObject({ code: "not_found" });
  await expect(deliverRewards(other, { rewardIds: [id] })).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(undoDelivery(shop.scope, { rewardId: id, reason: "Why not" })).rejects.toMatchObject(
    {
      code: "conflict",
    },
  );
  await deliverReward(shop.scope, { rewardId: id });
  const later = { ...shop.scope, clockOffsetMs: BigInt(31 * 86_400_000) };
  await expect(undoDelivery(later, { rewardId: id, reason: "Too late" })).rejects.toThrow(
    /30 days/,
  );
});
