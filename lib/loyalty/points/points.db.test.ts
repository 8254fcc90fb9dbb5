import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { POINTS } from "@/lib/core/money";
import { dateInZone } from "@/lib/core/time";
import { adjustBalance } from "@/lib/ledger/commands/adjust-balance";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { story } from "@/lib/worker/testing";
import { grantOutright, voidReward } from "@/lib/rewards/commands";
import { cancelRedemption, redeemItem, saveItem } from "../catalogue/commands";
import { itemSchema } from "../catalogue/schema/item";
import { pointsByMonth, pointsOutstanding, topEarners } from "./queries/points-overview";
import { pointsHistory, pointsInPlay, pointsOf } from "./queries/customer-points";

afterAll(closeConnections);

/** Grants points for goodwill, once for each amount and hold. */
async function grantPoints(
  scope: Scope,
  programId: string,
  customerId: string,
  amount: string,
  holdDays: number,
): Promise<void> {
  await grantOutright(scope, {
    programId,
    customerId,
    source: "goodwill",
    ruleId: "goodwill",
    causeRef: { kind: "review", ref: `${amount}-${holdDays}` },
    eventId: null,
    benefit: { kind: "points" },
    calculator: { kind: "fixed", amount },
    holdDays,
    at: new Date(),
    facts: {},
  });
}

it("adds up what was given, held and spent, by person and by month", async () => {
  const { scope, program, advocate } = await story();
  const [ana, ben] = [await advocate("ana"), await advocate("ben")];
  const terms = { rules: [] };
  expect(await pointsInPlay(scope, ana.customerId, terms)).toBeNull();
  await grantPoints(scope, program.id, ana.customerId, "500", 0);
  await grantPoints(scope, program.id, ana.customerId, "70", 14);
  await grantPoints(scope, program.id, ben.customerId, "30", 0);
  const item = itemSchema.parse({
    name: { en: "Cup" },
    points: 200,
    benefit: { kind: "gift", title: "A cup", unitCost: "0" },
  });
  const { itemId } = await saveItem(scope, item);
  const buy = (requestKey: string) =>
    redeemItem(scope, { itemId, customerId: ana.customerId, programId: program.id, requestKey });
  await buy("one");
  await cancelRedemption(scope, {
    redemptionId: (await buy("two")).redemptionId,
    reason: "Bought twice",
  });

  expect(await pointsOutstanding(scope)).toMatchObject({
    available: 330n,
    pending: 70n,
    owed: 0n,
    holders: 2,
  });
  const months = await pointsByMonth(scope);
  expect(months).toHaveLength(12);
  expect(months.at(-1)).toEqual({
    month: dateInZone(new Date(), "UTC").slice(0, 7),
    given: 530n,
    spent: 200n,
    expired: 0n,
    reversed: 0n,
    partial: true,
  });
  expect(
    (await topEarners(scope)).map(({ name, earned, points }) => [name, earned, points]),
  ).toEqual([
    ["ana", 500n, 300n],
    ["ben", 30n, 30n],
  ]);
  const anasPoints = await pointsOf(scope, ana.customerId);
  expect(anasPoints).toMatchObject({
    points: 300n,
    owed: 0n,
    pendingSum: 70n,
    nextExpiry: null,
    pending: [{ minor: 70n, underReview: false }],
  });
  expect(await pointsInPlay(scope, ana.customerId, terms)).toBe(300n);
  const page = await pointsHistory(scope, ana.customerId, { limit: 3 });
  const rest = await pointsHistory(scope, ana.customerId, { limit: 3, cursor: page.nextCursor });
  expect([...page.rows, ...rest.rows].map(({ kind, minor }) => [kind, minor])).toEqual([
    ["returned", 200n],
    ["redeemed", -200n],
    ["redeemed", -200n],
    ["given", 500n],
  ]);
});

it("treats points that were owed like any others: the lines add up to the balance", async () => {
  const { scope, program, advocate } = await story();
  await inScope(scope, ({ db }) =>
    db.merchant.update({ where: { id: scope.merchantId }, data: { clawbackPolicy: "negative" } }),
  );
  const { customerId } = await advocate("ana");
  const give = (amount: string) =>
    grantOutright(scope, {
      programId: program.id,
      customerId,
      source: "goodwill",
      ruleId: "goodwill",
      causeRef: { kind: "review", ref: amount },
      eventId: null,
      benefit: { kind: "points" },
      calculator: { kind: "fixed", amount },
      holdDays: 0,
      at: new Date(),
      facts: {},
    });
  const adjust = (minor: bigint) =>
    adjustBalance(scope, { customerId, asset: POINTS, minor, reason: "Set right" });
  const [first, second] = [await give("100"), await give("40")];
  await adjust(-110n);
  // 30 are there of the first 100, and nothing of the other 40.
  await voidReward(scope, { rewardId: first.rewardId, reason: "By mistake" });
  await voidReward(scope, { rewardId: second.rewardId, reason: "By mistake" });
  await give("25");
  await adjust(5n);
  const lines = (await pointsHistory(scope, customerId, { limit: 20 })).rows.map(
    ({ kind, minor }) => [kind, minor] as const,
  );
  expect(lines).toEqual([
    ["adjusted", 5n],
    ["given", 25n],
    ["called_back", -40n],
    ["called_back", -100n],
    ["adjusted", -110n],
    ["given", 40n],
    ["given", 100n],
  ]);
  expect(await pointsOf(scope, customerId)).toMatchObject({ points: -80n, owed: 80n });
  expect(lines.reduce((sum, [, minor]) => sum + minor, 0n)).toBe(-80n);
});
