import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { advocateCredit, story } from "@/lib/worker/testing";
import { releaseEarly } from "./release-early";

afterAll(closeConnections);

async function heldReward() {
  const shop = await story({ rules: [advocateCredit({ holdDays: 14 })] });
  const mira = await shop.advocate("Mira");
  await shop.claim("ben", mira.code);
  await shop.purchase("ben", "order-1", "30.00");
  const [reward] = await shop.rewards();
  const available = async () =>
    (await balancesOf(shop.scope, mira.customerId)).find(({ asset }) => asset === "USD/2")
      ?.available ?? 0n;
  return { shop, rewardId: reward!.id, available };
}

const reason = "A regular of many years";

it("releases a held reward once, on record, and a refund still reverses it", async () => {
  const { shop, rewardId, available } = await heldReward();
  expect(await available()).toBe(0n);
  const tries = await Promise.allSettled(
    [1, 2, 3].map(() => releaseEarly(shop.scope, { rewardId, reason })),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await available()).toBe(1_000n);
  expect(await shop.referralOf("ben")).toMatchObject({ state: "rewarded" });
  const steps = await inScope(shop.scope, ({ db, merchantId }) =>
    db.rewardStep.findMany({ where: { merchantId, rewardId }, orderBy: { id: "asc" } }),
  );
  expect(steps.map((step) => step.reason)).toContain("released_early");
  const audit = await inScope(shop.scope, ({ db }) =>
    db.auditEntry.findMany({ where: { action: "reward.release" } }),
  );
  expect(audit).toHaveLength(1);
  expect(audit[0]!.summary).toContain(reason);

  await shop.refund("order-1");
  expect(await available()).toBe(0n);
});

it("refuses what is not held, is under review, or is decided by somebody who may not", async () => {
  const { shop, rewardId } = await heldReward();
  const analyst: Scope = {
    ...shop.scope,
    actor: { kind: "member", id: "usr_1", label: "Ann", role: "analyst" },
  };
  await expect(releaseEarly(analyst, { rewardId, reason })).rejects.toMatchObject({
    code: "forbidden",
  });
  const setReview = (reviewAt: Date | null) =>
    inScope(shop.scope, ({ db, merchantId }) =>
      db.referral.updateMany({ where: { merchantId }, data: { reviewAt } }),
    );
  await setReview(new Date());
  await expect(releaseEarly(shop.scope, { rewardId, reason })).rejects.toMatchObject({
    code: "conflict",
  });
  await setReview(null);
  await releaseEarly(shop.scope, { rewardId, reason });
  await expect(releaseEarly(shop.scope, { rewardId, reason })).rejects.toMatchObject({
    code: "conflict",
  });
});
