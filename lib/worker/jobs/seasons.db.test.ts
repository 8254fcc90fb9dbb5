import { describe, expect, it } from "vitest";
import { addDays, HOUR_MS } from "@/lib/core/time";
import { seasonsOf } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import {
  createLeaderboard,
  editLeaderboard,
  setLeaderboardState,
} from "@/lib/loyalty/leaderboards/commands/edit-leaderboards";
import type {
  LeaderboardInput,
  Prize,
  Season,
} from "@/lib/loyalty/leaderboards/schema/leaderboard";
import { rescore } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { ranking } from "@/lib/loyalty/leaderboards/queries/ranking";
import { qualifyFriend, createField, type Field } from "@/lib/loyalty/leaderboards/testing";
import { systemScope } from "@/lib/merchants/queries/directory";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { createTestMerchant, testSandbox } from "@/lib/merchants/testing";
import {
  closeSeasons,
  countNewSeasons,
  grantPrizes,
  openNextSeasons,
  rescoreCustomers,
} from "./seasons";

/** One round of the jobs that care for seasons. @returns how much was done */
async function runSeasonJobs(filter: { merchantId: string }): Promise<number> {
  let done = 0;
  for (const job of [rescoreCustomers, countNewSeasons, openNextSeasons, closeSeasons, grantPrizes])
    done += await job.run(filter);
  return done;
}

const points = (fromRank: number, toRank: number, amount: string): Prize => ({
  fromRank,
  toRank,
  benefit: { kind: "points" },
  calculator: { kind: "fixed", amount },
});

/** A shop in test mode, so that its clock can be moved. */
async function begin(change: Partial<LeaderboardInput> = {}) {
  const scope = await testSandbox(await createTestMerchant({ timeZone: "Europe/Tirane" }));
  const field = await createField(scope, 6);
  const { id: leaderboardId } = await createLeaderboard(scope, {
    programId: field.programId,
    name: { en: "This week", sq: "", zh: "" },
    metric: "referrals",
    cadence: "week",
    startsAt: null,
    endsAt: null,
    graceHours: 0,
    prizes: [points(1, 1, "500"), points(2, 3, "100")],
    ...change,
  });
  return { scope, field, leaderboardId, filter: { merchantId: scope.merchantId } };
}

async function bring(
  scope: Scope,
  field: Field,
  friends: readonly number[],
  at: Date,
): Promise<string[]> {
  return inScope(scope, async (tx) => {
    const made: string[] = [];
    for (const [who, count] of friends.entries()) {
      for (let index = 0; index < count; index += 1)
        made.push((await qualifyFriend(tx, field, who, at)).referralId);
    }
    await rescore(
      tx,
      field.advocates.map(({ customerId }) => customerId),
    );
    return made;
  });
}

/** Moves the clock just past an instant. */
async function goTo(scope: Scope, at: Date): Promise<Scope> {
  const by = BigInt(at.getTime() - scopeNow(scope).getTime() + 1_000);
  await inScope(scope, ({ db }) =>
    db.merchant.update({
      where: { id: scope.merchantId },
      data: { clockOffsetMs: { increment: by } },
    }),
  );
  return systemScope(scope.merchantId);
}

const winnersOf = (scope: Scope, season: Season) =>
  inScope(
    scope,
    async ({ db }) =>
      await db.seasonWinner.findMany({
        where: { merchantId: scope.merchantId, seasonId: season.id },
        orderBy: { advocateId: "asc" },
      }),
  );
const pointsOf = (scope: Scope) =>
  inScope(scope, async ({ db }) =>
    (
      await db.reward.findMany({
        where: { merchantId: scope.merchantId },
        orderBy: { customerId: "asc" },
      })
    ).map(({ amountMinor, state, ruleId }) => [amountMinor, state, ruleId.split(":")[0]]),
  );

describe("a season's end", () => {
  it("grants each rank its prize once, with many workers, and opens the next season", async () => {
    const { scope, field, leaderboardId, filter } = await begin();
    const [season] = (await seasonsOf(scope, leaderboardId)) as [Season];
    await bring(scope, field, [3, 2, 2, 1], season.startsAt);
    const later = await goTo(scope, season.endsAt!);
    await Promise.all(Array.from({ length: 4 }, () => runSeasonJobs(filter)));
    await runSeasonJobs(filter);

    const [next, closed] = (await seasonsOf(later, leaderboardId)) as [Season, Season];
    expect([next.startsAt, next.state, closed.state, closed.prizes?.length]).toEqual([
      season.endsAt,
      "running",
      "closed",
      2,
    ]);
    expect(
      (await winnersOf(later, closed)).map(({ rank, prize, state }) => [rank, prize, state]),
    ).toEqual([
      [1, 0, "given"],
      [2, 1, "given"],
      [2, 1, "given"],
    ]);
    expect(await pointsOf(later)).toEqual([
      [500n, "issued", "season"],
      [100n, "issued", "season"],
      [100n, "issued", "season"],
    ]);

    // What comes in for it now comes too late, and prizes of one season are no points of the next.
    await bring(later, field, [0, 0, 0, 5], season.startsAt);
    expect((await ranking(later, closed.id)).top.map(({ score, rank }) => [score, rank])).toEqual([
      [3n, 1],
      [2n, 2],
      [2n, 2],
      [1n, 4],
    ]);
    expect((await ranking(later, next.id)).people).toBe(0);
  });

  it("waits for its grace, in which late facts count, while the next season runs", async () => {
    const { scope, field, leaderboardId, filter } = await begin({ graceHours: 24 });
    const [season] = (await seasonsOf(scope, leaderboardId)) as [Season];
    await bring(scope, field, [1, 0], season.startsAt);
    const after = await goTo(scope, season.endsAt!);
    await runSeasonJobs(filter);
    await bring(after, field, [0, 2], season.startsAt);
    await bring(after, field, [1, 0], season.endsAt!);
    expect((await seasonsOf(after, leaderboardId)).map(({ state }) => state)).toEqual([
      "running",
      "running",
    ]);
    const closing = await goTo(after, new Date(season.endsAt!.getTime() + 24 * HOUR_MS));
    await runSeasonJobs(filter);
    expect(
      (await winnersOf(closing, season)).map(({ advocateId, rank }) => [advocateId, rank]),
    ).toEqual([
      [field.advocates[0]!.id, 2],
      [field.advocates[1]!.id, 1],
    ]);
  });

  it("withholds a prize during a review, and for good after a rejection", async () => {
    const { scope, field, leaderboardId, filter } = await begin();
    const [season] = (await seasonsOf(scope, leaderboardId)) as [Season];
    const [first, second] = (await bring(scope, field, [1, 1], season.startsAt)) as [
      string,
      string,
    ];
    const set = (scope: Scope, id: string, data: { reviewAt?: Date | null; state?: string }) =>
      inScope(scope, async ({ db }) => {
        await db.referral.update({
          where: { merchantId_id: { merchantId: scope.merchantId, id } },
          data,
        });
        if (data.state) {
          await db.referralStep.create({
            data: {
              merchantId: scope.merchantId,
              referralId: id,
              id: `stp_${id}`,
              state: data.state,
              reason: "",
              at: scopeNow(scope),
              recordedAt: scopeNow(scope),
              actor: "test",
            },
          });
        }
      });
    for (const id of [first, second]) await set(scope, id, { reviewAt: season.startsAt });
    let now = await goTo(scope, season.endsAt!);
    await runSeasonJobs(filter);
    expect((await winnersOf(now, season)).map(({ state, reason }) => [state, reason])).toEqual([
      ["due", "in_review"],
      ["due", "in_review"],
    ]);

    await set(now, first, { reviewAt: null });
    await set(now, second, { reviewAt: null, state: "rejected" });
    now = await goTo(now, new Date(scopeNow(now).getTime() + HOUR_MS));
    await runSeasonJobs(filter);
    expect((await winnersOf(now, season)).map(({ state, reason }) => [state, reason])).toEqual([
      ["given", "given"],
      ["withheld", "referral_rejected"],
    ]);
    expect(await pointsOf(now)).toEqual([[500n, "issued", "season"]]);
  });

  it("comes for every week that was missed, and not for disabled leaderboards", async () => {
    const { scope, leaderboardId, filter, field } = await begin();
    const [season] = (await seasonsOf(scope, leaderboardId)) as [Season];
    const later = await goTo(scope, addDays(season.endsAt!, 21));
    while (await runSeasonJobs(filter));
    expect((await seasonsOf(later, leaderboardId)).map(({ state }) => state)).toEqual([
      "running",
      "closed",
      "closed",
      "closed",
      "closed",
    ]);
    const [running] = (await seasonsOf(later, leaderboardId)) as [Season];
    await bring(later, field, [1], running.startsAt);
    await setLeaderboardState(later, { leaderboardId, state: "disabled" });
    const end = await goTo(later, running.endsAt!);
    while (await runSeasonJobs(filter));
    expect((await seasonsOf(end, leaderboardId)).map(({ state }) => state)[0]).toBe("closed");
    expect(await winnersOf(end, running)).toEqual([]);
    await setLeaderboardState(end, { leaderboardId, state: "active" });
    expect((await seasonsOf(end, leaderboardId)).map(({ state }) => state).slice(0, 2)).toEqual([
      "running",
      "closed",
    ]);
  });

  it("can be moved while it is to come, with other prizes", async () => {
    const start = new Date();
    const { scope, leaderboardId, field, filter } = await begin({
      cadence: "custom",
      startsAt: addDays(start, -5),
      endsAt: addDays(start, 2),
    });
    await bring(scope, field, [1], addDays(start, -1));
    const edit = {
      leaderboardId,
      name: { en: "Autumn", sq: "", zh: "" },
      graceHours: 0,
      prizes: [points(1, 1, "7")],
    };
    await expect(
      editLeaderboard(scope, { ...edit, endsAt: addDays(start, -1) }),
    ).rejects.toMatchObject({
      path: "endsAt",
    });
    await editLeaderboard(scope, { ...edit, endsAt: addDays(start, 1) });
    const end = await goTo(scope, addDays(start, 1));
    while (await runSeasonJobs(filter));
    expect(await pointsOf(end)).toEqual([[7n, "issued", "season"]]);
    expect((await seasonsOf(end, leaderboardId)).length).toBe(1);
  });
});
