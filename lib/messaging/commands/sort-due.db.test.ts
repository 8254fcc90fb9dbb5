import { afterAll, beforeEach, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { addDays, turnClock } from "@/lib/core/time";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { messageById, messageCounts } from "../queries";
import { testEmails } from "../testing";
import { testEmailData } from "../templates/testing";
import { deliverDueMessages } from "./deliver-messages";
import { queueMessages } from "./queue-message";
import { releaseEmails } from "./release-emails";

let scope: Scope;
beforeEach(async () => {
  scope = await createTestMerchant();
});
afterAll(async () => {
  turnClock(null);
  await closeConnections();
});

const ADVOCATE = "advocate@example.com";

async function friendsJoin(count: number, customerId: string): Promise<void> {
  await inScope(scope, (tx) =>
    queueMessages(
      tx,
      Array.from({ length: count }, (_, index) => ({
        causeKey: newId("ref"),
        template: "friend_joined" as const,
        customerId,
        recipient: ADVOCATE,
        locale: "en",
        data: { ...testEmailData("").friend_joined, friendName: `Friend ${index}` },
      })),
    ),
  );
}

async function rewards(count: number, recipient: string): Promise<void> {
  await inScope(scope, (tx) =>
    queueMessages(
      tx,
      Array.from({ length: count }, () => ({
        causeKey: newId("rwd"),
        template: "reward_available" as const,
        customerId: null,
        recipient,
        locale: "en",
        data: testEmailData("").reward_available,
      })),
    ),
  );
}

async function delivered(): Promise<{ to: string; text: string; subject: string }[]> {
  const sent: { to: string; text: string; subject: string }[] = [];
  await Promise.all(
    [1, 2, 3].map(() => deliverDueMessages(async (email) => void sent.push(email))),
  );
  for (let left = 1; left > 0;)
    ({ sent: left } = await deliverDueMessages(async (email) => void sent.push(email)));
  return sent.filter(({ to }) => to.endsWith("@example.com"));
}

it("writes an advocate of a hundred friends once at once and once a day later", async () => {
  const customerId = await advocate();
  await friendsJoin(1, customerId);
  expect((await delivered()).map(({ subject }) => subject)).toEqual([
    "A friend accepted your invitation",
  ]);
  for (let batch = 0; batch < 4; batch += 1) {
    await friendsJoin(25, customerId);
    expect(await delivered()).toEqual([]);
  }
  turnClock(addDays(new Date(), 1.01));
  const [digest, ...more] = await delivered();
  expect(more).toEqual([]);
  expect(digest!.text).toContain("100 friends accepted your invitation");
  expect(digest!.text).toContain("Friend 3");
  expect(digest!.text).toContain("And 90 more.");
  turnClock(null);
  expect(await messageCounts(scope)).toMatchObject({ queued: 0, sent: 2, gathered: 100 });
  const [{ digestId } = { digestId: null }] = await testEmails(scope, { state: "gathered" });
  expect(await messageById(scope, digestId!)).toMatchObject({ template: "friends_joined" });
});

it("gathers friends who join at once, where no email server is set up too", async () => {
  await friendsJoin(100, await advocate());
  await deliverDueMessages(null);
  expect(await messageCounts(scope)).toMatchObject({ kept: 1, gathered: 100 });
});

it("holds what one person gets beyond a day's, shows why, and sends it when released", async () => {
  await rewards(35, "busy@example.com");
  await rewards(1, "other@example.com");
  const sent = await delivered();
  expect(sent.filter(({ to }) => to.startsWith("busy"))).toHaveLength(30);
  expect(sent.filter(({ to }) => to.startsWith("other"))).toHaveLength(1);
  const held = await testEmails(scope, { state: "held" });
  expect(held.map(({ heldReason }) => heldReason)).toEqual(Array(5).fill("recipient"));
  const support = { kind: "member", id: "usr_1", label: "Sue", role: "support" } as const;
  await expect(releaseEmails({ ...scope, actor: support }, {})).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await releaseEmails(scope, { messageId: held[0]!.id })).toBe(1);
  expect(await delivered()).toHaveLength(1);
  await expect(releaseEmails(scope, { messageId: held[0]!.id })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(await releaseEmails(scope, {})).toBe(4);
  expect(await delivered()).toHaveLength(4);
  expect(await messageCounts(scope)).toMatchObject({ held: 0, sent: 36 });
});

async function advocate(): Promise<string> {
  const id = newId("cus");
  const now = new Date();
  await inScope(scope, ({ db, merchantId }) =>
    db.customer.create({
      data: {
        merchantId,
        id,
        email: ADVOCATE,
        traits: {},
        createdAt: now,
        firstSeenAt: now,
      },
    }),
  );
  return id;
}
