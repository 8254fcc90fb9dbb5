import { afterAll, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { dateInZone } from "@/lib/core/time";
import { story } from "@/lib/pipeline/testing";
import { giveReward } from "@/lib/rewards/commands";
import { cancelRedemption, redeemItem, saveItem } from "../catalogue/commands";
import { itemSchema } from "../catalogue/schema";
import { pointsByMonth, pointsOutstanding, topEarners } from "./overview";
import { pointsHistory, pointsInPlay, pointsOf } from "./queries";

afterAll(closeConnections);

it("adds up what was given, held and spent, by person and by month", async () => {
  const { scope, program, advocate } = await story();
  const [ana, ben] = [await advocate("ana"), await advocate("ben")];
  const give = (customerId: string, amount: string, holdDays: number) => giveReward(scope, {
    programId: program.id, customerId, ruleId: "goodwill", causeKey: `${amount}-${holdDays}`, eventId: null, benefit: { kind: "points" },
    calculator: { kind: "fixed", amount }, holdDays, at: new Date(), facts: {},
  });
  const terms = { rules: [] };
  expect(await pointsInPlay(scope, ana.customerId, terms)).toBeNull();
  await give(ana.customerId, "500", 0);
  await give(ana.customerId, "70", 14);
  await give(ben.customerId, "30", 0);
  const item = itemSchema.parse({ name: { en: "Cup" }, points: 200, benefit: { kind: "gift", title: "A cup", unitCost: "0" } });
  const { itemId } = await saveItem(scope, item);
  const buy = (requestKey: string) => redeemItem(scope, { itemId, customerId: ana.customerId, programId: program.id, requestKey });
  await buy("one");
  await cancelRedemption(scope, { redemptionId: (await buy("two")).redemptionId, reason: "Bought twice" });

  expect(await pointsOutstanding(scope)).toMatchObject({ available: 330n, pending: 70n, owed: 0n, holders: 2 });
  const months = await pointsByMonth(scope);
  expect(months).toHaveLength(12);
  expect(months.at(-1)).toEqual({ month: dateInZone(new Date(), "UTC").slice(0, 7), given: 530n, spent: 200n, expired: 0n, calledBack: 0n, partial: true });
  expect((await topEarners(scope)).map(({ name, earned, points }) => [name, earned, points])).toEqual([["ana", 500n, 300n], ["ben", 30n, 30n]]);
  const standing = await pointsOf(scope, ana.customerId);
  expect(standing).toMatchObject({ points: 300n, owed: 0n, pendingSum: 70n, nextExpiry: null, pending: [{ minor: 70n, underReview: false }] });
  expect(await pointsInPlay(scope, ana.customerId, terms)).toBe(300n);
  const page = await pointsHistory(scope, ana.customerId, { limit: 3 });
  const rest = await pointsHistory(scope, ana.customerId, { limit: 3, cursor: page.nextCursor });
  expect([...page.rows, ...rest.rows].map(({ kind, minor }) => [kind, minor])).toEqual([
    ["returned", 200n], ["redeemed", -200n], ["redeemed", -200n], ["given", 500n],
  ]);
});
