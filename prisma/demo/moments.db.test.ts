import { afterAll, beforeAll, expect, it } from "vitest";
import { addDays, dateInZone, DAY_MS, systemNow, turnClock } from "@/lib/core/time";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { experimentResults } from "@/lib/reports/experiments/experiment";
import { funnel } from "@/lib/reports/growth/funnel";
import { type Known, momentsOf } from "./live";
import { openLoyalty } from "./loyalty-offers";
import { letHappen } from "./moments";
import { demoTerms } from "./terms";
import type { DemoPerson, DemoWorld } from "./world";

const now = systemNow();
const start = new Date(now.getTime() - 80 * DAY_MS);
const on = (day: number) => addDays(start, day);
const known: Known = {
  programId: "",
  codes: new Map(),
  advocates: new Map(),
  clickIds: new Map(),
};
let scope: Scope;

const person = (key: string, more: Partial<DemoPerson>): DemoPerson => ({
  key,
  name: `${key} Example`,
  email: `${key}@example.com`,
  locale: "en",
  arrivedAt: on(1),
  joinedAt: null,
  shares: [],
  invitedBy: null,
  orders: [],
  ...more,
});
const order = (id: string, day: number) => ({
  id,
  at: on(day),
  lines: [{ sku: "tea", name: "Tea", category: "tea", price: "24.00", quantity: 2 }],
  refunded: false,
});
const world: DemoWorld = {
  start,
  programStart: on(2),
  people: [
    person("ana", {
      joinedAt: on(3),
      shares: [{ at: on(4), channel: "whatsapp" }],
      orders: [order("o-1", 1)],
    }),
    person("ben", {
      arrivedAt: on(5),
      invitedBy: { key: "ana", clickAt: on(5), channel: "whatsapp", claimedAt: on(6) },
      orders: [order("o-2", 8)],
    }),
  ],
  strayClicks: [{ advocate: "ana", at: on(9), channel: "whatsapp" }],
  views: [{ visitor: "v", at: on(10) }],
};

beforeAll(async () => {
  turnClock(start);
  scope = await createTestMerchant();
  const open = async () => {
    const program = await createProgram(scope, { name: "Tea", terms: demoTerms(on(2)) });
    await publishProgram(scope, program.id);
    await openLoyalty(scope, program.id);
    known.programId = program.id;
  };
  await letHappen(scope, [{ at: on(1.5), happen: open }, ...momentsOf(scope, world, known)], {
    dueFrom: on(1.5),
    until: now,
  });
});
afterAll(() => turnClock(null));

const near = (at: Date | null | undefined, day: number) => {
  expect(at).toBeInstanceOf(Date);
  const days = (at!.getTime() - start.getTime()) / DAY_MS;
  expect(days).toBeGreaterThanOrEqual(day - 0.001);
  expect(days).toBeLessThanOrEqual(day + 1);
};

it("the invented past is dated by its own days: people, terms, referrals, releases", async () => {
  const { merchantId } = scope;
  const [people, referral, rewards, version, waiting] = await inScope(scope, async ({ db }) => [
    await db.customer.findMany({ where: { merchantId }, orderBy: { externalId: "asc" } }),
    await db.referral.findFirstOrThrow({ where: { merchantId }, include: { steps: true } }),
    await db.reward.findMany({ where: { merchantId }, include: { steps: true } }),
    await db.programVersion.findFirstOrThrow({ where: { merchantId } }),
    await db.eventInbox.count({ where: { merchantId } }),
  ]);
  expect(waiting).toBe(0);
  near(version.publishedAt, 1.5);
  near(people[0]!.createdAt, 1);
  near(people[1]!.createdAt, 6);
  for (const { createdAt, firstOrderAt } of people)
    expect(createdAt.getTime()).toBeLessThanOrEqual(firstOrderAt!.getTime());
  near(referral.rewardedAt, 8 + 14);
  expect(referral.state).toBe("rewarded");
  const credit = rewards.find(({ ruleId }) => ruleId === "advocate")!;
  near(credit.grantedAt, 8);
  near(credit.issuedAt, 8 + 14);
  // A month's prizes come in the week after its end; nothing is left for today.
  for (const { at, recordedAt } of rewards.flatMap(({ steps }) => steps)) {
    expect(recordedAt.getTime() - at.getTime()).toBeLessThanOrEqual(8 * DAY_MS);
    expect(recordedAt.getTime()).toBeLessThan(now.getTime() - 10 * DAY_MS);
  }
  // Their first purchase took the coupon that joining brought.
  expect(rewards.find(({ side }) => side === "friend")).toMatchObject({ state: "used" });
});

it("so past ranges have rewards, and the experiment runs since its first day", async () => {
  const days = [5, 30].map((day) => dateInZone(on(day), scope.timeZone));
  expect((await funnel(scope, { from: days[0]!, to: days[1]! })).friends).toMatchObject({
    came: 2,
    joined: 1,
    qualified: 1,
    rewarded: 1,
  });
  near((await experimentResults(scope, known.programId))!.since, 1.5);
});

it("the clock is the machine's own again", () => {
  turnClock(null);
  expect(Math.abs(systemNow().getTime() - Date.now())).toBeLessThan(1_000);
});
