import { afterAll, describe, expect, it } from "vitest";
import { closeConnections, prismaFor } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { testSandbox, testMember } from "@/lib/merchants/testing";
import {
  advocateCredit,
  friendCoupon,
  type Story,
  story,
  storyIn,
  testTerms,
} from "@/lib/worker/testing";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { issueWaitingCoupons as issueJob } from "@/lib/worker/jobs/rewards";
import { grantOutright } from "../../commands";
import { issueWaitingCoupons } from "./issue-waiting-coupons";
import { addCodes, createPool, deletePool, editPool, emptyPool } from "./manage-pools";
import { listPoolCodes, lowPools, poolById } from "../queries/pools";

afterAll(closeConnections);

const couponsOf = (scope: Scope) =>
  inScope(scope, ({ db }) =>
    db.coupon.findMany({ where: { merchantId: scope.merchantId }, orderBy: { code: "asc" } }),
  );
const codes = (count: number, prefix = "C") =>
  Array.from({ length: count }, (_, index) => `${prefix}-${1000 + index}`).join("\n");

async function poolOf(shop: Story, count: number, lowAt = 0): Promise<string> {
  const { id } = await createPool(shop.scope, { name: `Pool ${Math.random()}`, lowAt });
  if (count > 0) await addCodes(shop.scope, id, codes(count));
  return id;
}
const give = (shop: Story, customerId: string, poolId: string, causeKey: string = newId("rwd")) =>
  grantOutright(shop.scope, {
    programId: shop.program.id,
    customerId,
    source: "goodwill",
    ruleId: "goodwill",
    causeRef: { kind: "review", ref: causeKey },
    eventId: null,
    holdDays: 0,
    at: new Date(),
    facts: {},
    benefit: {
      kind: "percent_off",
      percentBp: 1000,
      unitCost: "0",
      codes: { kind: "pool", poolId },
    },
    calculator: { kind: "none" },
  });
const rewardOf = (shop: Story, id: string) =>
  inScope(shop.scope, ({ db, merchantId }) =>
    db.reward.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id } },
      include: { coupon: true },
    }),
  );

describe("an upload", () => {
  it("takes what is usable once, and tells of the rest line by line", async () => {
    const shop = await story();
    const [first, second] = [await poolOf(shop, 0), await poolOf(shop, 0)];
    expect(await addCodes(shop.scope, first, "code\na-1\nA-1\nb 2\nc-3")).toEqual({
      added: 2,
      repeated: 1,
      bad: [{ line: 4, text: "b 2", problem: expect.stringContaining("space") }],
    });
    const ana = await shop.advocate("Ana");
    await give(shop, ana.customerId, first);
    expect(await addCodes(shop.scope, second, "A-1\nD-4")).toMatchObject({
      added: 1,
      bad: [{ line: 1, problem: expect.stringContaining("another pool") }],
    });
    expect(await addCodes(shop.scope, first, "c-3\n=x")).toMatchObject({
      added: 0,
      repeated: 1,
      bad: [{ line: 2 }],
    });
    expect(await poolById(shop.scope, first)).toMatchObject({ left: 1, taken: 1 });
    expect(
      (await listPoolCodes(shop.scope, first, { limit: 50, state: "taken" })).rows,
    ).toMatchObject([{ code: "A-1", customerName: "Ana" }]);
    // Two at once put each code in once.
    const both = await Promise.all([
      addCodes(shop.scope, first, codes(300, "E")),
      addCodes(shop.scope, first, codes(300, "E")),
    ]);
    expect(both.reduce((sum, { added }) => sum + added, 0)).toBe(300);
    await expect(addCodes(shop.scope, first, " \n")).rejects.toMatchObject({
      code: "invalid_request",
    });
    await expect(addCodes(shop.scope, "pol_nowhere", "A-9")).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("handing out", () => {
  it("issues each code once, however many ask at once, and lets the others wait", async () => {
    const shop = await story();
    const poolId = await poolOf(shop, 5);
    const ana = await shop.advocate("Ana");
    const given = await Promise.all(
      Array.from({ length: 8 }, () => give(shop, ana.customerId, poolId)),
    );
    const coupons = await couponsOf(shop.scope);
    expect(coupons).toHaveLength(5);
    expect(new Set(coupons.map(({ rewardId }) => rewardId)).size).toBe(5);
    const states = await Promise.all(given.map(({ rewardId }) => rewardOf(shop, rewardId)));
    expect(states.filter(({ state }) => state === "issued")).toHaveLength(5);
    const waiting = states.filter(({ reason }) => reason === "waiting_for_code");
    expect(waiting.map(({ state }) => state)).toEqual(["available", "available", "available"]);
    expect(await poolById(shop.scope, poolId)).toMatchObject({ left: 0, taken: 5, waiting: 3 });
    expect((await lowPools(shop.scope)).map(({ id }) => id)).toEqual([poolId]);

    await addCodes(shop.scope, poolId, "NEW-1");
    const [byHand, byWorker] = await Promise.all([
      issueWaitingCoupons(shop.scope, poolId),
      issueJob.run({ merchantId: shop.scope.merchantId }),
    ]);
    expect(byHand + byWorker).toBe(1);
    await addCodes(shop.scope, poolId, "NEW-2\nNEW-3\nNEW-4");
    expect(await issueWaitingCoupons(shop.scope, poolId)).toBe(2);
    expect(await poolById(shop.scope, poolId)).toMatchObject({ left: 1, waiting: 0 });
    const emails = await inScope(shop.scope, ({ db }) =>
      db.message.count({
        where: { merchantId: shop.scope.merchantId, template: "reward_available" },
      }),
    );
    expect(emails).toBe(8);
  });

  it("emails owners and admins once when few are left, and again after a refill", async () => {
    const shop = await story();
    const app = prismaFor("goodword_app");
    const email = `${shop.scope.merchantId}@example.com`;
    await testMember(shop.scope, "owner", { email });
    const emails = () =>
      app.userMessage.count({ where: { recipient: email, template: "pool_low" } });
    const poolId = await poolOf(shop, 4, 3);
    const ana = await shop.advocate("Ana");
    await give(shop, ana.customerId, poolId);
    expect(await emails()).toBe(0);
    await Promise.all([give(shop, ana.customerId, poolId), give(shop, ana.customerId, poolId)]);
    expect(await emails()).toBe(1);
    await addCodes(shop.scope, poolId, "X-01\nX-02\nX-03");
    await give(shop, ana.customerId, poolId);
    expect(await emails()).toBe(1);
    await give(shop, ana.customerId, poolId);
    expect(await emails()).toBe(2);
  });

  it("makes codes up in test mode, and to a pattern where a rule names one", async () => {
    const shop = await story();
    const poolId = await poolOf(shop, 1);
    const { id } = await createProgram(shop.scope, {
      name: "Pools",
      terms: testTerms({
        rules: [
          advocateCredit(),
          friendCoupon({
            benefit: { kind: "free_shipping", unitCost: "4.90", codes: { kind: "pool", poolId } },
            calculator: { kind: "none" },
          }),
          friendCoupon({
            id: "friend2",
            benefit: { kind: "amount_off", codes: { kind: "pattern", pattern: "SPRING-######" } },
          }),
        ],
      }),
    });
    await publishProgram(shop.scope, id);
    const sandbox = await testSandbox(shop.scope);
    const mirrored = await inScope(sandbox, ({ db, merchantId }) =>
      db.program.findUniqueOrThrow({ where: { merchantId_id: { merchantId, id } } }),
    );
    const test = storyIn(sandbox, mirrored);
    const ana = await test.advocate("Ana");
    await test.claim("Ben", ana.code);
    await test.settle();
    expect((await couponsOf(sandbox)).map(({ code }) => code.replace(/-[0-9A-Z-]+$/, ""))).toEqual([
      "SPRING",
      "TEST",
    ]);
    expect(await poolById(shop.scope, poolId)).toMatchObject({ left: 1 });
  });
});

it("publishes no program whose pool is not there, and deletes no pool that is needed", async () => {
  const shop = await story();
  const rules = (poolId: string) => [
    advocateCredit(),
    friendCoupon({ benefit: { kind: "amount_off", codes: { kind: "pool", poolId } } }),
  ];
  const lost = await createProgram(shop.scope, {
    name: "Lost",
    terms: testTerms({ rules: rules("pol_nowhere") }),
  });
  await expect(publishProgram(shop.scope, lost.id)).rejects.toMatchObject({
    code: "invalid_request",
  });

  const poolId = await poolOf(shop, 2);
  const kept = await createProgram(shop.scope, {
    name: "Kept",
    terms: testTerms({ rules: rules(poolId) }),
  });
  await publishProgram(shop.scope, kept.id);
  await expect(deletePool(shop.scope, { poolId })).rejects.toThrow(/still has codes/);
  expect(await emptyPool(shop.scope, { poolId })).toEqual({ removed: 2 });
  await expect(deletePool(shop.scope, { poolId })).rejects.toThrow(/Kept/);

  const spare = await poolOf(shop, 0);
  await editPool(shop.scope, { poolId: spare, name: "Spare", lowAt: 7 });
  await expect(createPool(shop.scope, { name: "Spare", lowAt: 1 })).rejects.toMatchObject({
    code: "conflict",
    path: "name",
  });
  await deletePool(shop.scope, { poolId: spare });
  await expect(poolById(shop.scope, spare)).rejects.toMatchObject({ code: "not_found" });
});
