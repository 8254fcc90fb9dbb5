import { expect, it } from "vitest";
import { createTestMerchant } from "@/lib/merchants/testing";
import { countToReview } from "@/lib/referrals/queries/referrals";
import { rejectReferral, undoRejection } from "@/lib/pipeline/process/decide-referral";
import { wholeStory } from "./referral-story";
import { advocateCredit, friendCoupon, story } from "@/lib/worker/testing";

it("tells a referral in order of time, with what was decided and who was written to", async () => {
  const { scope, advocate, claim, purchase, refund, referralOf } = await story({
    rules: [advocateCredit({ holdDays: 14 }), friendCoupon()],
  });
  const ana = await advocate("Ana");
  await claim("Ben", ana.code);
  await purchase("Ben", "o-1", "40.00");
  const { id } = (await referralOf("Ben"))!;
  await rejectReferral(scope, { referralId: id, reason: "Works here" });
  await undoRejection(scope, { referralId: id });
  await refund("o-1");

  const { entries, terms, rewards, referral } = await wholeStory(scope, id);
  expect(referral.programVersion).toBe(1);
  expect(terms.windowDays).toBe(90);
  expect(rewards.map(({ side }) => side).sort()).toEqual(["advocate", "friend"]);
  expect(entries.map(({ at }) => at.getTime())).toEqual(
    entries.map(({ at }) => at.getTime()).sort((a, b) => a - b),
  );
  const steps = entries.flatMap((entry) => (entry.kind === "step" ? [entry.state] : []));
  expect(steps).toEqual(["joined", "qualified", "rejected", "qualified", "reversed"]);
  expect(
    entries.find((entry) => entry.kind === "step" && entry.state === "rejected"),
  ).toMatchObject({ reason: "Works here" });
  const order = entries.find((entry) => entry.kind === "order");
  expect(order).toMatchObject({ orderId: "o-1", totalMinor: 4000n, isEarlier: false });
  expect(order?.kind === "order" && order.decisions.map(({ code }) => code)).toEqual([
    "order_recorded",
    "referral_qualified",
    "reward_granted",
  ]);
  expect(entries.find((entry) => entry.kind === "refund")).toMatchObject({
    orderId: "o-1",
    amountMinor: 4000n,
  });
  const emails = entries.flatMap((entry) => (entry.kind === "email" ? [entry.template] : []));
  expect(emails).toContain("friend_joined");
  expect(emails).toContain("reward_held");
  expect(emails).toContain("reward_reversed");
});

it("marks a purchase from before, and finds nothing of another merchant", async () => {
  const { scope, advocate, claim, purchase, referralOf } = await story({ newCustomersOnly: false });
  const ana = await advocate("Ana");
  await purchase("Ben", "o-0", "12.00", {}, new Date(Date.now() - 86_400_000));
  await claim("Ben", ana.code);
  const { id } = (await referralOf("Ben"))!;
  const { entries } = await wholeStory(scope, id);
  expect(entries.find((entry) => entry.kind === "order")).toMatchObject({
    orderId: "o-0",
    isEarlier: true,
  });
  await expect(wholeStory(await createTestMerchant(), id)).rejects.toMatchObject({
    code: "not_found",
  });
});

it("counts what waits for a decision", async () => {
  const { scope, advocate, claim } = await story();
  const ana = await advocate("Ana");
  await claim("Ben", ana.code, "one-browser");
  await claim("Chen", ana.code, "one-browser");
  expect(await countToReview(scope)).toBe(1);
});
