import { expect, it } from "vitest";
import { inScope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { rejectReferral } from "@/lib/pipeline/process/decide-referral";
import { story } from "@/lib/worker/testing";
import { listPrograms } from "@/lib/programs/queries";
import { programNumbers } from "./program-numbers";

it("counts what stands, and follows refunds and rejections", async () => {
  const { scope, program, advocate, claim, purchase, refund, referralOf, rewards } = await story();
  const ana = await advocate("Ana");
  for (const friend of ["Ben", "Chen", "Dita"]) await claim(friend, ana.code);
  await purchase("Ben", "o-1", "40.00");
  await purchase("Chen", "o-2", "40.00");
  await inScope(scope, ({ db }) =>
    db.event.create({
      data: {
        merchantId: scope.merchantId,
        id: "clk_1",
        dedupeKey: "click:1",
        type: "click",
        occurredAt: new Date(),
        recordedAt: new Date(),
        source: "click",
        provenance: "browser",
        bodyHash: "x",
        body: {},
        programId: program.id,
        advocateId: ana.advocateId,
      },
    }),
  );
  // Three friends' coupons of 5, two advocate's credits of 10.
  expect(await programNumbers(scope, program.id)).toEqual({
    advocates: 1,
    clicks: 1,
    friends: 3,
    qualified: 2,
    rewards: 5,
    costMinor: 3500n,
  });

  await refund("o-2");
  await rejectReferral(scope, {
    referralId: (await referralOf("Dita"))!.id,
    reason: "A colleague",
  });
  const after = await programNumbers(scope, program.id);
  const kept = (await rewards()).filter(({ state }) => state !== "voided" && state !== "reversed");
  expect(after).toMatchObject({ friends: 2, qualified: 1, rewards: kept.length });
  const costs = kept.map(({ costMinor }) => costMinor);
  expect(after.costMinor).toBe(costs.reduce((sum, cost) => sum + cost, 0n));
  expect(await listPrograms(scope)).toMatchObject([
    { advocates: 1, referrals: 3, rewards: after.rewards, costMinor: after.costMinor },
  ]);
});

it("sees nothing of another merchant", async () => {
  const { program } = await story();
  const other = await createTestMerchant();
  expect(await programNumbers(other, program.id)).toEqual({
    advocates: 0,
    clicks: 0,
    friends: 0,
    qualified: 0,
    rewards: 0,
    costMinor: 0n,
  });
});
