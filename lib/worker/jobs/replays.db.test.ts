import { expect, it } from "vitest";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { saveDraft } from "@/lib/programs/commands/edit-draft";
import { programRecord } from "@/lib/programs/queries";
import {
  discardDraft,
  discardReplay,
  publishReplayed,
  startReplay,
} from "@/lib/pipeline/replay/commands";
import { replayCsv } from "@/lib/pipeline/replay/csv";
import { findReplay, listDifferences, listReplays } from "@/lib/pipeline/replay/queries";
import { digestOfShop } from "@/lib/pipeline/replay/testing";
import { advocateCredit, friendCoupon, type Story, story, testTerms } from "../testing";
import { runReplays } from "./replays";

/**
 * Ana brought Ben, who bought for 40.00, and Cem, who sent his order of 60.00 back. The draft gives
 * a tenth from 50.00 on.
 */
async function changed(): Promise<Story> {
  const shop = await story();
  const ana = await shop.advocate("Ana");
  for (const [name, total] of [
    ["Ben", "40.00"],
    ["Cem", "60.00"],
    ["Dea", "90.00"],
  ] as const) {
    await shop.claim(name, ana.code);
    await shop.purchase(name, `order-${name}`, total);
  }
  await shop.refund("order-Cem");
  await draft(shop, "Tenth");
  return shop;
}

async function draft({ scope, program }: Story, name: string): Promise<void> {
  const tenth = advocateCredit({
    conditions: { kind: "order_total", atLeast: "50.00" },
    calculator: { kind: "share_of_order", shareBp: 1_000, atMost: null },
  });
  const thanks = friendCoupon({
    id: "thanks",
    on: { kind: "qualified" },
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount: "30" },
  });
  await saveDraft(scope, {
    programId: program.id,
    name,
    terms: testTerms({ rules: [tenth, friendCoupon(), thanks] }),
  });
}

const only = ({ merchantId }: Scope) => ({ merchantId });

it("shows what a draft would have done, person by person, and touches nothing", async () => {
  const { scope, program } = await changed();
  const before = await digestOfShop(scope);
  const { replayId } = await startReplay(scope, program.id, {});
  expect(await findReplay(scope, program.id, replayId)).toMatchObject({
    state: "queued",
    summary: null,
  });
  await expect(startReplay(scope, program.id, {})).rejects.toMatchObject({ code: "conflict" });
  expect(await runReplays.run(only(scope))).toBe(1);
  expect(await digestOfShop(scope)).toEqual(before);

  const { summary, ...run } = await findReplay(scope, program.id, replayId);
  expect(run).toMatchObject({ state: "done", done: 4, total: 4, error: null });
  expect(summary).toMatchObject({
    // Ana: 10.00 for Ben and for Dea; three coupons of 5.00. Then: 9.00 for Dea, the coupons, 30
    // points each for Ben and Dea.
    before: { rewards: 5, costMinor: "3500" },
    after: { rewards: 6, costMinor: String(2_400 + 2 * 30) },
    affected: 3,
    people: 4,
    gained: { rewards: 2, costMinor: "60" },
    lost: { rewards: 1, costMinor: "1000" },
    changed: { rewards: 1, costMinor: "-100" },
  });
  expect(
    summary!.rules.map(({ ruleId, gained, lost, changed }) => [ruleId, gained, lost, changed]),
  ).toEqual([
    ["advocate", 0, 1, 1],
    ["friend", 0, 0, 0],
    ["thanks", 2, 0, 0],
  ]);
  const { rows } = await listDifferences(scope, { replayId, limit: 10 });
  expect(
    rows.map(({ name, rewardsBefore, rewardsAfter, costBeforeMinor, costAfterMinor }) => [
      name,
      rewardsBefore,
      rewardsAfter,
      costBeforeMinor,
      costAfterMinor,
    ]),
  ).toContainEqual(["Ana", 2, 1, 2_000n, 900n]);
  expect(rows[0]!.detail).toMatchObject([
    {
      change: "lost",
      ruleId: "advocate",
      orderId: "order-Ben",
      reason: expect.stringMatching(/^Refused by the changed terms: The order stands at 40.00 USD/),
    },
    {
      change: "changed",
      orderId: "order-Dea",
      before: { amountMinor: "1000" },
      after: { amountMinor: "900" },
      reason: "The amount is different.",
    },
  ]);
  expect(rows[1]!.detail).toMatchObject([
    {
      change: "gained",
      ruleId: "thanks",
      after: { amountMinor: "30", asset: "PTS/0" },
      reason: "The rule is new.",
    },
  ]);

  const page = await listDifferences(scope, { replayId, limit: 1 });
  const next = await listDifferences(scope, { replayId, limit: 10, cursor: page.nextCursor! });
  expect([...page.rows, ...next.rows]).toEqual(rows);
  expect((await listDifferences(scope, { replayId, limit: 10, search: "dea@" })).rows).toHaveLength(
    1,
  );
  const csv = await new Response(replayCsv(scope, replayId)).text();
  expect(csv.trim().split("\r\n")).toHaveLength(1 + 4);
  expect(csv).toContain("Ana,Ana,ana@example.com,lost,advocate,advocate,order-Ben,");
});

it("looks at the days it is asked for, without friends who came before them", async () => {
  const { scope, program } = await changed();
  await inScope(
    scope,
    ({ db }) =>
      db.$executeRaw`UPDATE referral SET joined_at = joined_at - interval '40 days'
      WHERE merchant_id = ${scope.merchantId}`,
  );
  const from = new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10);
  const { replayId } = await startReplay(scope, program.id, { from });
  await runReplays.run(only(scope));
  expect((await findReplay(scope, program.id, replayId)).summary).toMatchObject({
    before: { rewards: 0 },
    after: { rewards: 0 },
    affected: 0,
  });
  await expect(startReplay(scope, program.id, { from: "2099-01-01" })).rejects.toThrow(
    "in the past",
  );
});

it("is run by one worker, again after one died, and left by one that is too late", async () => {
  const { scope, program } = await changed();
  const { replayId } = await startReplay(scope, program.id, {});
  const finished = await Promise.all([
    runReplays.run(only(scope)),
    runReplays.run(only(scope)),
    runReplays.run(only(scope)),
  ]);
  expect(finished.reduce((sum, count) => sum + count, 0)).toBe(1);
  const done = await findReplay(scope, program.id, replayId);

  const leave = (ago: string) =>
    inScope(
      scope,
      ({ db }) => db.$executeRaw`
    UPDATE replay_run SET state = 'running', summary = NULL, lease_until = now() - ${ago}::interval
    WHERE merchant_id = ${scope.merchantId}`,
    );
  await inScope(scope, ({ db }) => db.replayDifference.deleteMany());
  await leave("-1 minute");
  expect(await runReplays.run(only(scope))).toBe(0);
  await leave("1 minute");
  expect(await runReplays.run(only(scope))).toBe(1);
  expect((await findReplay(scope, program.id, replayId)).summary).toEqual(done.summary);
});

it("stops when it is discarded, and leaves nothing behind", async () => {
  const { scope, program } = await changed();
  const { replayId } = await startReplay(scope, program.id, {});
  await discardReplay(scope, program.id, replayId);
  expect(await runReplays.run(only(scope))).toBe(0);
  const again = await startReplay(scope, program.id, {});
  await runReplays.run(only(scope));
  await discardReplay(scope, program.id, again.replayId);
  expect(
    (await listReplays(scope, { programId: program.id, limit: 10 })).rows.map(({ state }) => state),
  ).toEqual(["discarded", "discarded"]);
  expect((await listDifferences(scope, { replayId: again.replayId, limit: 10 })).rows).toEqual([]);
});

it("publishes only the draft that was tried, and puts the draft back", async () => {
  const shop = await changed();
  const { scope, program } = shop;
  const { replayId } = await startReplay(scope, program.id, {});
  await saveDraft(scope, {
    programId: program.id,
    name: "Edited",
    terms: testTerms({ windowDays: 10 }),
  });
  await expect(publishReplayed(scope, program.id, replayId)).rejects.toMatchObject({
    code: "conflict",
  });
  await draft(shop, "Tenth");
  expect(await publishReplayed(scope, program.id, replayId)).toEqual({ version: 2 });
  await saveDraft(scope, {
    programId: program.id,
    name: "Edited",
    terms: testTerms({ windowDays: 10 }),
  });
  await discardDraft(scope, program.id);
  const { draft: now, published } = await programRecord(scope, program.id);
  expect(now).toEqual(published);
});

it("is nobody else's, and asks for the right to edit programs", async () => {
  const { scope, program } = await changed();
  const { replayId } = await startReplay(scope, program.id, {});
  const other = await createTestMerchant();
  await expect(startReplay(other, program.id, {})).rejects.toMatchObject({ code: "not_found" });
  await expect(findReplay(other, program.id, replayId)).rejects.toMatchObject({
    code: "not_found",
  });
  await expect(discardReplay(other, program.id, replayId)).rejects.toMatchObject({
    code: "not_found",
  });
  const support = {
    ...scope,
    actor: { kind: "member", id: "usr_1", label: "Sue", role: "support" },
  } as Scope;
  await expect(startReplay(support, program.id, {})).rejects.toMatchObject({ code: "forbidden" });
  await expect(findReplay(support, program.id, replayId)).rejects.toMatchObject({
    code: "forbidden",
  });
});
