import { beforeAll, describe, expect, it } from "vitest";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { testSandbox } from "@/lib/merchants/testing";
import { createBadge, editBadge, setBadgeState } from "@/lib/loyalty/badges/commands/edit-badges";
import { customerBadges } from "@/lib/loyalty/badges/queries/badges";
import { badgeInputSchema, type BadgeRule } from "@/lib/loyalty/badges/schema";
import { markReachedSeen, newlyReached } from "@/lib/loyalty/queries";
import { loyaltyToJson } from "@/lib/loyalty/json";
import {
  customerTiers,
  storedCustomerTier,
  tierHistory,
} from "@/lib/loyalty/tiers/queries/customer-tier";
import { previewLadder, tierDistribution } from "@/lib/loyalty/tiers/queries/ladder";
import { tierMembers } from "@/lib/loyalty/tiers/queries/tier-members";
import { saveLadder } from "@/lib/loyalty/tiers/commands/save-tiers";
import { ladderSchema, type TierMetric } from "@/lib/loyalty/tiers/schema";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { rejectReferral, undoRejection } from "./decide-referral";
import { updateLoyalty } from "./tiers-and-badges";
import { advanceTestClock, testClockSchema } from "@/lib/worker/test-clock";
import { advocateCredit, friendCoupon, story, storyIn, type Story } from "@/lib/worker/testing";
import { testEmails } from "@/lib/messaging/testing";

const ladder = (metric: TierMetric, thresholds: Record<string, string>, change: object = {}) =>
  ladderSchema("USD").parse({
    metric,
    window: "rolling",
    windowDays: 100,
    graceDays: 10,
    tiers: Object.entries(thresholds).map(([name, threshold]) => ({
      name,
      threshold,
      color: "#b45309",
      icon: "star",
    })),
    ...change,
  });
const badge = (rule: BadgeRule) =>
  badgeInputSchema.parse({
    name: { en: "A badge" },
    about: { en: "For something" },
    icon: "star",
    color: "#b45309",
    rule,
  });

async function tierName(scope: Scope, customerId: string): Promise<string | null> {
  return (await customerTiers(scope, customerId))?.tier?.name ?? null;
}
const reasons = async (scope: Scope, customerId: string) =>
  (await tierHistory(scope, customerId))
    .map(({ toName, reason }) => `${toName} ${reason}`)
    .reverse();

/** A friend who joins and buys. */
async function bring(shop: Story, name: string, code: string, total = "50.00"): Promise<void> {
  await shop.claim(name, code);
  await shop.purchase(name, `order-${name}`, total);
}

describe("tiers by qualified friends", () => {
  let shop: Story;
  let ann: { customerId: string; code: string };

  beforeAll(async () => {
    shop = await story({ rules: [advocateCredit(), friendCoupon()] });
    await saveLadder(shop.scope, ladder("referrals", { Silver: "2", Gold: "3" }));
    await shop.settle();
    ann = await shop.advocate("Ann");
  });

  it("are reached right after the event, with an email, and say what is missing", async () => {
    await bring(shop, "Ben", ann.code);
    expect(await tierName(shop.scope, ann.customerId)).toBeNull();
    expect((await customerTiers(shop.scope, ann.customerId))?.progress).toMatchObject({
      value: 1n,
      next: { remaining: 1n },
      keep: null,
    });
    await bring(shop, "Cleo", ann.code);
    expect(await tierName(shop.scope, ann.customerId)).toBe("Silver");
    expect(await reasons(shop.scope, ann.customerId)).toEqual(["Silver reached"]);
    const emails = await testEmails(shop.scope, { template: "tier_reached" });
    expect(emails.map(({ subject }) => subject)).toEqual([expect.stringContaining("Silver")]);
  });

  it("fall when a refund takes what carried them, and not before", async () => {
    await bring(shop, "Dea", ann.code);
    expect(await tierName(shop.scope, ann.customerId)).toBe("Gold");
    await shop.refund("order-Dea");
    expect(await tierName(shop.scope, ann.customerId)).toBe("Silver");
    expect(await reasons(shop.scope, ann.customerId)).toEqual([
      "Silver reached",
      "Gold reached",
      "Silver taken_back",
    ]);
  });

  it("follow a member's decision and its undoing", async () => {
    const { id } = (await shop.referralOf("Ben"))!;
    await rejectReferral(shop.scope, { referralId: id, reason: "a test" });
    await shop.settle();
    expect(await tierName(shop.scope, ann.customerId)).toBeNull();
    await undoRejection(shop.scope, { referralId: id });
    await shop.settle();
    expect(await tierName(shop.scope, ann.customerId)).toBe("Silver");
  });

  it("are changed once by many at a time", async () => {
    const eve = await shop.advocate("Eve");
    await Promise.all(["F1", "F2", "F3", "F4"].map((name) => bring(shop, name, eve.code)));
    await Promise.all([1, 2, 3].map(() => updateLoyalty(shop.scope, eve.customerId)));
    await shop.settle();
    expect(await tierName(shop.scope, eve.customerId)).toBe("Gold");
    const steps = await tierHistory(shop.scope, eve.customerId);
    expect(new Set(steps.map(({ toName }) => toName)).size).toBe(steps.length);
    expect(steps[0]).toMatchObject({ toName: "Gold", reason: "reached" });
  });

  it("keep promises when thresholds rise, apply lower ones at once, and say so", async () => {
    const raised = ladder("referrals", { Silver: "5", Gold: "9" });
    const before = (await customerTiers(shop.scope, ann.customerId))!.ladder.tiers;
    const named = {
      ...raised,
      tiers: raised.tiers.map((tier, index) => ({ ...tier, id: before[index]!.id })),
    };
    expect(await previewLadder(shop.scope, named)).toEqual([0, 0]);
    await saveLadder(shop.scope, named);
    await shop.settle();
    expect(await tierName(shop.scope, ann.customerId)).toBe("Silver");
    const lowered = {
      ...named,
      tiers: named.tiers.map((tier, index) => ({ ...tier, threshold: BigInt(index + 1) })),
    };
    expect(await previewLadder(shop.scope, lowered)).toEqual([0, 2]);
    await saveLadder(shop.scope, lowered);
    await shop.settle();
    expect(await tierName(shop.scope, ann.customerId)).toBe("Gold");
    expect([...(await tierDistribution(shop.scope)).values()]).toEqual([2]);
    const { page } = await tierMembers(shop.scope, { tierId: before[1]!.id, limit: 1 });
    expect([page.rows.length, page.nextCursor === null]).toEqual([1, false]);
  });

  it("move people down when a tier is removed, and pause while switched off", async () => {
    const { ladder: now } = (await customerTiers(shop.scope, ann.customerId))!;
    const silver = now.tiers[0]!;
    const only = {
      ...ladder("referrals", {}, { state: "disabled" }),
      state: "active" as const,
      tiers: [{ ...silver, pointsMultiplierBp: 10_000 }],
    };
    await saveLadder(shop.scope, only);
    expect([
      await tierName(shop.scope, ann.customerId),
      (await reasons(shop.scope, ann.customerId)).at(-1),
    ]).toEqual(["Silver", "Silver rules_changed"]);
    await saveLadder(shop.scope, { ...only, state: "disabled" });
    await shop.settle();
    expect([
      await tierName(shop.scope, ann.customerId),
      await customerTiers(shop.scope, ann.customerId),
    ]).toEqual([null, null]);
    await saveLadder(shop.scope, only);
    await shop.settle();
    expect(await tierName(shop.scope, ann.customerId)).toBe("Silver");
  });

  it("are celebrated once, however many pages show them, and told over the API", async () => {
    expect(await newlyReached(shop.scope, ann.customerId)).toEqual({
      tierName: "Silver",
      badgeIds: [],
    });
    const claims = await Promise.all(
      [1, 2, 3, 4].map(() => markReachedSeen(shop.scope, ann.customerId)),
    );
    expect(claims.filter((first) => first)).toHaveLength(1);
    expect(await newlyReached(shop.scope, ann.customerId)).toBeNull();
    expect(await loyaltyToJson(shop.scope, ann.customerId)).toMatchObject({
      tier: "Silver",
      tierProgress: { metric: "referrals", value: "2", nextTier: null, inGrace: false },
      badges: [],
    });
  });

  it("are kept from other shops", async () => {
    const other = await story();
    expect([
      await storedCustomerTier(other.scope, ann.customerId),
      await tierHistory(other.scope, ann.customerId),
    ]).toEqual([null, []]);
    await expect(tierMembers(other.scope, { tierId: "tir_none", limit: 10 })).rejects.toMatchObject(
      { code: "not_found" },
    );
  });
});

describe("tiers over points and revenue", () => {
  it("count points once they are released, and no spending lowers them", async () => {
    const points = advocateCredit({
      benefit: { kind: "points" },
      calculator: { kind: "fixed", amount: "100" },
      holdDays: 0,
    });
    const shop = await story({ rules: [points, friendCoupon()] });
    await saveLadder(shop.scope, ladder("points", { Silver: "100", Gold: "300" }));
    const ann = await shop.advocate("Ann");
    await bring(shop, "Ben", ann.code);
    expect(await tierName(shop.scope, ann.customerId)).toBe("Silver");
    await postTransfers(shop.scope, [
      {
        causeKey: "spend",
        amount: { minor: 100n, asset: "PTS/0" },
        occurredAt: new Date(),
        memo: "Spent",
        from: { kind: "available", ownerId: ann.customerId, asset: "PTS/0" },
        to: { kind: "spent", ownerId: ann.customerId, asset: "PTS/0" },
      },
    ]);
    await updateLoyalty(shop.scope, ann.customerId);
    expect(await tierName(shop.scope, ann.customerId)).toBe("Silver");
  });

  it("count what friends bought, less what came back", async () => {
    const shop = await story({ rules: [advocateCredit(), friendCoupon()] });
    await saveLadder(shop.scope, ladder("revenue", { Silver: "80.00" }));
    const ann = await shop.advocate("Ann");
    await bring(shop, "Ben", ann.code, "50.00");
    await shop.purchase("Ben", "second", "40.00");
    expect(await tierName(shop.scope, ann.customerId)).toBe("Silver");
    await shop.refund("second", { amount: "15.00" });
    expect(await tierName(shop.scope, ann.customerId)).toBeNull();
  });
});

describe("badges", () => {
  let shop: Story;
  let ann: { customerId: string; code: string };
  const owned = async () =>
    (await customerBadges(shop.scope, ann.customerId, { withProgress: true })).map(
      ({ award, progress }) => award !== null || progress,
    );

  beforeAll(async () => {
    shop = await story({ rules: [advocateCredit(), friendCoupon()] });
    ann = await shop.advocate("Ann");
  });

  it("are awarded once with their cause, revoked with it, and awarded again", async () => {
    const { id } = await createBadge(shop.scope, badge({ kind: "friends", count: 1 }));
    await shop.settle();
    expect(await owned()).toEqual([{ done: 0, of: 1 }]);
    await bring(shop, "Ben", ann.code);
    const award = () =>
      inScope(shop.scope, ({ db }) =>
        db.badgeAward.findFirst({ where: { merchantId: shop.scope.merchantId, badgeId: id } }),
      );
    const referral = (await shop.referralOf("Ben"))!;
    expect(await award()).toMatchObject({
      customerId: ann.customerId,
      revokedAt: null,
      cause: { referralId: referral.id },
    });
    await shop.refund("order-Ben");
    expect(await award()).toMatchObject({ reason: "cause_reversed", revokedAt: expect.any(Date) });
    await bring(shop, "Cleo", ann.code);
    expect(await award()).toMatchObject({ reason: null, revokedAt: null });
    expect(
      await inScope(shop.scope, ({ db }) =>
        db.badgeAward.count({ where: { merchantId: shop.scope.merchantId } }),
      ),
    ).toBe(1);
  });

  it("are awarded for the past too, and stay under another rule or switched off", async () => {
    const { id } = await createBadge(shop.scope, badge({ kind: "friends", count: 1 }));
    await shop.settle();
    expect(await owned()).toEqual([true, true]);
    await editBadge(shop.scope, id, badge({ kind: "friends", count: 5 }));
    await shop.settle();
    expect(await owned()).toEqual([true, true]);
    await setBadgeState(shop.scope, { badgeId: id, state: "disabled" });
    expect(await owned()).toEqual([true, true]);
  });

  it("know a friend's friend", async () => {
    await createBadge(shop.scope, badge({ kind: "second_level", count: 1 }));
    const cleo = await shop.advocate("Cleo");
    await bring(shop, "Dea", cleo.code);
    expect(await owned()).toEqual([true, true, true]);
    await shop.refund("order-Cleo");
    expect(await owned()).toEqual([{ done: 0, of: 1 }, true, { done: 0, of: 1 }]);
  });
});

describe("by the test clock", () => {
  it("expires tiers, celebrates anniversaries once, and has the shop's definitions", async () => {
    const live = await story({ rules: [advocateCredit(), friendCoupon()] });
    await saveLadder(live.scope, ladder("referrals", { Silver: "1" }));
    await createBadge(live.scope, badge({ kind: "anniversary", years: 1 }));
    const shop = storyIn(await testSandbox(live.scope), live.program);
    const ann = await shop.advocate("Ann");
    await bring(shop, "Ben", ann.code);
    expect(await tierName(shop.scope, ann.customerId)).toBe("Silver");
    await advanceTestClock(shop.scope, testClockSchema.parse({ advance: "P105D" }));
    const grace = await testSandbox(live.scope);
    expect((await customerTiers(grace, ann.customerId))?.progress.keep).toMatchObject({
      inGrace: true,
      remaining: 1n,
    });
    await advanceTestClock(grace, testClockSchema.parse({ advance: "P300D" }));
    const later = await testSandbox(live.scope);
    expect([await tierName(later, ann.customerId), await reasons(later, ann.customerId)]).toEqual([
      null,
      ["Silver reached", "null lapsed"],
    ]);
    const [wall] = await customerBadges(later, ann.customerId, { withProgress: true });
    expect(wall?.award?.awardedAt.getTime()).toBeLessThan(wall!.award!.recordedAt.getTime());
  });
});
