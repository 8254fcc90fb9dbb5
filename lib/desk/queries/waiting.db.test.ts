import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { testMember } from "@/lib/merchants/testing";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { advocateCredit, friendCoupon, type Story, story } from "@/lib/worker/testing";
import { answerQuestion, askQuestion } from "../commands";
import { questionFilterSchema, type WaitingKind } from "../schema";
import { listQuestions } from "./questions";
import { waitingWork } from "./waiting";

afterAll(closeConnections);

const kindsFor = async (scope: Scope): Promise<WaitingKind[]> =>
  (await waitingWork(scope, 5)).map(({ kind }) => kind);

/** A friend's purchase that earns a gift, cash and a coupon, and a question about the gift. */
async function busyShop(): Promise<{ shop: Story; giftId: string }> {
  const shop = await story({
    rules: [
      advocateCredit({
        id: "gift",
        benefit: { kind: "gift", title: "A tea bowl", unitCost: "4.00" },
        calculator: { kind: "none" },
      }),
      advocateCredit({ id: "cash", benefit: { kind: "cash" } }),
      friendCoupon(),
    ],
  });
  const mira = await shop.advocate("Mira");
  await shop.claim("ben", mira.code);
  await shop.purchase("ben", "order-1", "30.00");
  await shop.settle();
  const gift = await inScope(shop.scope, ({ db, merchantId }) =>
    db.reward.findFirstOrThrow({ where: { merchantId, ruleId: "gift" } }),
  );
  await askQuestion(shop.scope, mira.customerId, { rewardId: gift.id, message: "Where is it?" });
  return { shop, giftId: gift.id };
}

/** What no test can bring about in a few words: a failed event and email, and books that differ. */
async function breakThings({
  db,
  merchantId,
}: {
  db: NonNullable<Scope["db"]>;
  merchantId: string;
}) {
  const at = new Date();
  await db.message.updateMany({
    where: { merchantId },
    data: { state: "failed", lastError: "No" },
  });
  const event = await db.event.findFirstOrThrow({ where: { merchantId, type: "purchase" } });
  await db.eventInbox.create({
    data: {
      merchantId,
      eventId: event.id,
      queuedAt: at,
      nextTryAt: at,
      setAsideAt: at,
      attempts: 10,
    },
  });
  await db.ledgerCheck.create({
    data: {
      merchantId,
      id: "chk_1",
      at,
      accounts: 1,
      transfers: 1,
      differences: [{ what: "balance", accountId: "a", asset: "USD/2", balance: "1", sum: "2" }],
    },
  });
}

it("gathers what waits, each with its age and who it is about", async () => {
  const { shop, giftId } = await busyShop();
  const work = await waitingWork(shop.scope, 5);
  expect(work.map(({ kind, count }) => [kind, count])).toEqual([
    ["question", 1],
    ["delivery", 1],
    ["payable", 1],
  ]);
  expect(work[0]!.items).toEqual([
    { id: giftId, at: work[0]!.since, who: "Mira", what: "Where is it?" },
  ]);
  expect(work[1]!.items).toMatchObject([{ id: giftId, who: "Mira", what: "A tea bowl" }]);
  expect(work[2]!.items).toMatchObject([{ who: "Mira", what: "1000" }]);
});

it("forgets what was dealt with, and lists no more than it is asked for", async () => {
  const { shop } = await busyShop();
  const [open] = (await listQuestions(shop.scope, questionFilterSchema.parse({}))).rows;
  await answerQuestion(shop.scope, {
    questionId: open!.id,
    outcome: "kept",
    answer: "On its way.",
  });
  const work = await waitingWork(shop.scope, 0);
  expect(work.map(({ kind, items }) => [kind, items])).toEqual([
    ["delivery", []],
    ["payable", []],
  ]);
});

it("puts what went wrong first", async () => {
  const { shop } = await busyShop();
  await inScope(shop.scope, breakThings);
  expect(await kindsFor(shop.scope)).toEqual([
    "ledger",
    "event",
    "question",
    "delivery",
    "payable",
    "email",
  ]);
});

it("tells of emails that a limit holds back", async () => {
  const { shop } = await busyShop();
  await inScope(shop.scope, ({ db, merchantId }) =>
    db.message.updateMany({
      where: { merchantId },
      data: { state: "held", heldReason: "shop", sortedAt: new Date() },
    }),
  );
  expect(await kindsFor(shop.scope)).toContain("held_email");
});

it("reminds nobody of what they may not do, and shows nothing of another shop", async () => {
  const { shop } = await busyShop();
  await inScope(shop.scope, breakThings);
  expect(await kindsFor(await testMember(shop.scope, "support"))).toEqual(["question", "delivery"]);
  expect(await kindsFor(await testMember(shop.scope, "analyst"))).toEqual([]);
  const other = await story();
  expect(await kindsFor(other.scope)).toEqual([]);
});
