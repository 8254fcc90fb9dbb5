import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Db } from "@/lib/core/db";
import { addDays, systemNow } from "@/lib/core/time";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { createLeaderboard } from "./edit-leaderboards";
import { recountSeason } from "./recount-seasons";
import { rescore } from "./update-scores";
import { ranking, rankingSql } from "../queries/ranking";
import { foldChanges } from "./fold-changes";
import {
  qualifyFriend,
  countedThrough,
  createField,
  earnPoints,
  type Field,
  placeOrder,
} from "../testing";

const NOW = systemNow();
const PEOPLE = 8;
const english = (en: string) => ({ en, sq: "", zh: "" });

async function seasonIds(scope: Scope): Promise<string[]> {
  return (
    await inScope(scope, ({ db }) =>
      db.season.findMany({ where: { merchantId: scope.merchantId }, orderBy: { id: "asc" } }),
    )
  ).map(({ id }) => id);
}

async function makeLeaderboards(scope: Scope, programId: string): Promise<void> {
  const rest = { programId, startsAt: null, endsAt: null, graceHours: 0, prizes: [] };
  await createLeaderboard(scope, {
    ...rest,
    name: english("Revenue"),
    metric: "revenue",
    cadence: "month",
  });
  await createLeaderboard(scope, {
    ...rest,
    name: english("Points"),
    metric: "points",
    cadence: "week",
  });
}

/**
 * Every leaderboard as it is read, beside what counting through comes to: tops, ranks, neighbours,
 * and how many there are.
 */
async function expectTruth(scope: Scope): Promise<void> {
  for (const seasonId of await seasonIds(scope)) {
    const counted = await countedThrough(scope, seasonId);
    const { top, people } = await ranking(scope, seasonId, { limit: 3 });
    expect([
      people,
      top.map(({ advocateId, score, rank }) => ({ advocateId, score, rank })),
    ]).toEqual([counted.length, counted.slice(0, 3)]);
    for (const [index, row] of counted.entries()) {
      const { own, near } = await ranking(scope, seasonId, {
        aroundAdvocateId: row.advocateId,
        limit: 1,
      });
      expect(own).toMatchObject(row);
      if (index > 0)
        expect(near.map(({ advocateId, rank }) => [advocateId, rank])).toEqual(
          counted
            .slice(Math.max(0, index - 2), index + 3)
            .map(({ advocateId, rank }) => [advocateId, rank]),
        );
    }
  }
}

type Made = { friends: string[]; referrals: string[]; orders: string[]; rewards: string[] };

const act = fc.record({
  kind: fc.constantFrom(
    "friend",
    "friend",
    "order",
    "order",
    "points",
    "points",
    "undo",
    "refund",
    "reverse",
    "hide",
    "show",
    "fold",
    "recount",
  ),
  who: fc.nat(PEOPLE - 1),
  pick: fc.nat(50),
  amount: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2_000_000_000 })),
  daysAgo: fc.constantFrom(0, 0, 0, 3, 10, 40),
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

async function take(
  scope: Scope,
  field: Field,
  made: Made,
  { kind, who, pick, amount, daysAgo }: Act,
): Promise<void> {
  const { merchantId } = scope;
  const at = addDays(NOW, -daysAgo);
  const one = <T>(list: T[]): T | undefined => list[pick % Math.max(list.length, 1)];
  if (kind === "fold" || kind === "recount") {
    const seasonId = one(await seasonIds(scope))!;
    await (kind === "fold" ? foldChanges(scope, seasonId) : recountSeason(scope, seasonId));
    return;
  }
  await inScope(scope, async (tx) => {
    const touched = [field.advocates[who]!.customerId];
    if (kind === "friend") {
      const { friendId, referralId } = await qualifyFriend(tx, field, who, at);
      made.friends.push(friendId);
      made.referrals.push(referralId);
    } else if (kind === "order" && made.friends.length > 0) {
      const friend = one(made.friends)!;
      made.orders.push(await placeOrder(tx, friend, BigInt(amount), at));
      touched.push(friend);
    } else if (kind === "points") {
      made.rewards.push(
        await earnPoints(tx, field, who, BigInt(amount), at, pick % 5 === 0 ? "season:x" : "rule"),
      );
    } else touched.push(...(await change(tx.db, merchantId, field, made, { kind, who, pick })));
    await rescore(tx, touched);
  });
}

/** Undoes or changes something made before. @returns the other customers whom that concerns */
async function change(
  db: Db,
  merchantId: string,
  field: Field,
  made: Made,
  { kind, who, pick }: Pick<Act, "kind" | "who" | "pick">,
): Promise<string[]> {
  const one = <T>(list: T[]): T | undefined => list[pick % Math.max(list.length, 1)];
  if (kind === "undo" && made.referrals.length > 0) {
    const row = await db.referral.update({
      where: { merchantId_id: { merchantId, id: one(made.referrals)! } },
      data: { state: pick % 2 ? "reversed" : pick % 3 ? "rewarded" : "rejected" },
      select: { friendId: true },
    });
    return [row.friendId];
  }
  if (kind === "refund" && made.orders.length > 0) {
    const id = one(made.orders)!;
    const order = await db.order.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id } },
    });
    await db.order.update({
      where: { merchantId_id: { merchantId, id } },
      data: { refundedMinor: order.totalMinor / (pick % 2 ? 1n : 3n) },
    });
    return [order.customerId];
  }
  if (kind === "reverse" && made.rewards.length > 0) {
    const id = one(made.rewards)!;
    const reward = await db.reward.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id } },
    });
    const whole = pick % 2 === 0;
    await db.reward.update({
      where: { merchantId_id: { merchantId, id } },
      data: {
        state: whole ? "reversed" : "available",
        reversedMinor: whole ? reward.amountMinor! : reward.amountMinor! / 2n,
      },
    });
    return [reward.customerId];
  }
  if (kind === "hide" || kind === "show") {
    await db.advocate.update({
      where: { merchantId_id: { merchantId, id: field.advocates[who]!.id } },
      data: { alias: kind === "hide" ? null : `R${who}` },
    });
  }
  return [];
}

describe("scores and ranks", () => {
  it("are those of a fresh count after any history, folded in or not", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { minLength: 15, maxLength: 45 }),
        fc.nat(30),
        async (acts, leaderboardsAfter) => {
          const scope = await createTestMerchant({ timeZone: "Europe/Tirane" });
          const field = await createField(scope, PEOPLE);
          const made: Made = { friends: [], referrals: [], orders: [], rewards: [] };
          for (const [index, one] of acts.entries()) {
            // Leaderboards come in the middle of things, and count what was before them.
            if (index === Math.min(leaderboardsAfter, acts.length - 1))
              await makeLeaderboards(scope, field.programId);
            await take(scope, field, made, one);
            if (index % 9 === 0) await expectTruth(scope);
          }
          await expectTruth(scope);
          for (const id of await seasonIds(scope)) await foldChanges(scope, id);
          await expectTruth(scope);
        },
      ),
      { numRuns: 6 },
    );
  });

  it("stay true while many score at once, leaderboards open and the tally is folded", async () => {
    const scope = await createTestMerchant();
    const field = await createField(scope, PEOPLE);
    const score = (index: number) =>
      inScope(scope, async (tx) => {
        // Half of all bring a friend to the same advocate.
        const who = index % 2 ? 0 : index % PEOPLE;
        const { friendId } = await qualifyFriend(tx, field, who, NOW);
        await placeOrder(tx, friendId, BigInt(100 + index), NOW);
        await earnPoints(tx, field, who, BigInt(index), NOW);
        await rescore(tx, [friendId, field.advocates[who]!.customerId]);
      });
    const fold = async () => {
      for (const id of await seasonIds(scope)) await foldChanges(scope, id);
    };
    await Promise.all([
      ...Array.from({ length: 25 }, (_, index) => score(index + 1)),
      makeLeaderboards(scope, field.programId),
      fold(),
      ...Array.from({ length: 25 }, (_, index) => score(index + 50)),
      fold(),
      fold(),
    ]);
    await fold();
    await expectTruth(scope);
    expect(await inScope(scope, ({ db }) => db.seasonChange.count())).toBe(0);
  });
});

describe("a large leaderboard", () => {
  let scope: Scope;
  let seasonId: string;

  beforeAll(async () => {
    scope = await createTestMerchant();
    const { programId } = await createField(scope, 1);
    seasonId = (await seasonIds(scope))[0]!;
    const { merchantId } = scope;
    await inScope(scope, async ({ db }) => {
      await db.$executeRaw`
        INSERT INTO customer (merchant_id, id, traits, created_at, first_seen_at)
        SELECT ${merchantId}, 'cus_' || n, '{}', now(), now() FROM generate_series(1, 4000) n`;
      await db.$executeRaw`
        INSERT INTO advocate (merchant_id, id, program_id, customer_id, joined_at, alias)
        SELECT ${merchantId}, 'adv_' || n, ${programId}, 'cus_' || n, now(), 'A' || n
          FROM generate_series(1, 4000) n`;
      await db.$executeRaw`
        INSERT INTO season_score (merchant_id, season_id, advocate_id, score, listed)
        SELECT ${merchantId}, ${seasonId}, 'adv_' || n, (n * 7919 % 1000) + 1, true
          FROM generate_series(1, 4000) n`;
      await db.$executeRaw`INSERT INTO season_change (merchant_id, season_id, was, now)
        SELECT merchant_id, season_id, 0, score FROM season_score
          WHERE merchant_id = ${merchantId}`;
    });
    await foldChanges(scope, seasonId);
  });

  it("is read by index alone, whatever the rank", async () => {
    const plan = await inScope(scope, async ({ db }) => {
      await db.$executeRaw`SELECT pg_catalog.set_config('plan_cache_mode', 'force_generic_plan',
        true)`;
      const rows = await db.$queryRaw<
        { "QUERY PLAN": string }[]
      >`EXPLAIN ${rankingSql(scope.merchantId, seasonId, "adv_900", 10)}`;
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    });
    expect(plan).toContain("season_score_board");
    expect(plan).not.toMatch(/Seq Scan on/);
    // The only sort is that of the fifteen rows that are shown.
    expect(plan.match(/Sort Key: .*/g) ?? []).toEqual(
      expect.arrayContaining([expect.stringContaining("s.part DESC")]),
    );
    const { own, people } = await ranking(scope, seasonId, { aroundAdvocateId: "adv_900" });
    const score = Number((900 * 7_919) % 1_000) + 1;
    expect([own?.rank, people]).toEqual([(1_000 - score) * 4 + 1, 4_000]);
  });
});
