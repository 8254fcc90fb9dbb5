import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { inScope } from "@/lib/merchants/scope";
import { advocateCredit, type Story, story } from "@/lib/worker/testing";
import { balancesOf } from "@/lib/ledger/queries/balances";
import { voidReward } from "@/lib/rewards/commands";
import { answerQuestion, askQuestion } from "./commands";
import { countOpenQuestions, listQuestions, questionsOfReward } from "./queries/questions";
import { questionFilterSchema } from "./schema";
import { testEmails } from "@/lib/messaging/testing";

afterAll(closeConnections);

async function heldReward(): Promise<{ shop: Story; rewardId: string; customerId: string }> {
  const shop = await story({ rules: [advocateCredit({ holdDays: 14 })] });
  const mira = await shop.advocate("Mira");
  await shop.claim("ben", mira.code);
  await shop.purchase("ben", "order-1", "30.00");
  const [reward] = await shop.rewards();
  return { shop, rewardId: reward!.id, customerId: mira.customerId };
}

const available = async ({ scope }: Story, customerId: string) =>
  (await balancesOf(scope, customerId)).find(({ asset }) => asset === "USD/2")?.available ?? 0n;

it("takes one question at a time from the owner only, three in all", async () => {
  const { shop, rewardId, customerId } = await heldReward();
  await expect(
    askQuestion(shop.scope, "cus_somebody", { rewardId, message: "Mine" }),
  ).rejects.toMatchObject({ code: "not_found" });
  const asked = await Promise.allSettled(
    [1, 2].map(() => askQuestion(shop.scope, customerId, { rewardId, message: "Why so long?" })),
  );
  expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (let turn = 0; turn < 3; turn += 1) {
    const [open] = (await listQuestions(shop.scope, questionFilterSchema.parse({}))).rows;
    await answerQuestion(shop.scope, {
      questionId: open!.id,
      outcome: "kept",
      answer: "It waits for the return window.",
    });
    if (turn < 2) await askQuestion(shop.scope, customerId, { rewardId, message: "And now?" });
  }
  expect(await countOpenQuestions(shop.scope)).toBe(0);
  expect(await questionsOfReward(shop.scope, rewardId)).toHaveLength(3);
  await expect(
    askQuestion(shop.scope, customerId, { rewardId, message: "Still?" }),
  ).rejects.toMatchObject({ code: "conflict" });
});

it("ends a hold by an answer, once, on record and by email", async () => {
  const { shop, rewardId, customerId } = await heldReward();
  const { questionId } = await askQuestion(shop.scope, customerId, {
    rewardId,
    message: "Ben keeps it.",
  });
  const answer = { questionId, outcome: "released" as const, answer: "Then here it is." };
  const answers = await Promise.allSettled([
    answerQuestion(shop.scope, answer),
    answerQuestion(shop.scope, answer),
  ]);
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await available(shop, customerId)).toBe(1_000n);
  expect(await shop.referralOf("ben")).toMatchObject({ state: "rewarded" });
  const emails = await testEmails(shop.scope, { template: "review_answered" });
  expect(emails).toHaveLength(1);
  expect(emails[0]!.text).toContain("Then here it is.");
  const audit = await inScope(shop.scope, ({ db }) =>
    db.auditEntry.findMany({ select: { action: true } }),
  );
  expect(audit.map(({ action }) => action)).toEqual(
    expect.arrayContaining(["review.ask", "review.answer"]),
  );
});

it("grants again what was reversed, and refuses what the state does not allow", async () => {
  const { shop, rewardId, customerId } = await heldReward();
  await voidReward(shop.scope, { rewardId, reason: "Looked like fraud" });
  const { questionId } = await askQuestion(shop.scope, customerId, {
    rewardId,
    message: "It was no fraud.",
  });
  await expect(
    answerQuestion(shop.scope, { questionId, outcome: "released", answer: "Released" }),
  ).rejects.toMatchObject({ code: "conflict" });
  await answerQuestion(shop.scope, { questionId, outcome: "replaced", answer: "We were wrong." });
  expect(await available(shop, customerId)).toBe(1_000n);
  expect((await shop.rewards()).map(({ state }) => state).toSorted()).toEqual(["issued", "voided"]);
});
