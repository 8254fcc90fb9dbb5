import type { Db, Prisma } from "@/lib/core/db";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { lastPrizedRank, prizeOf } from "../rules";
import { type Prize, prizesSchema } from "../schema/leaderboard";
import { recountSeason } from "./recount-seasons";

/**
 * Closes a season that is over: its ranking is final from now on. Its prizes are frozen, and
 * everybody on a rank that has one is due for it; those who share a rank each get that rank's
 * prize. A leaderboard that is disabled grants none. Two calls at once close it once.
 * @returns whether this call closed it
 */
export async function closeSeason(scope: Scope, seasonId: string): Promise<boolean> {
  const { merchantId } = scope;
  const isDue = async () => {
    const season = await inScope(scope, ({ db }) =>
      db.season.findUnique({
        where: { merchantId_id: { merchantId, id: seasonId } },
        select: { state: true, closesAt: true },
      }),
    );
    return (
      season?.state === "running" && season.closesAt !== null && season.closesAt <= scopeNow(scope)
    );
  };
  if (!(await isDue())) return false;
  await recountSeason(scope, seasonId);
  return inScope(scope, async (tx) => {
    await tx.lock.alone("season");
    const season = await tx.db.season.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: seasonId } },
      include: { leaderboard: { select: { prizes: true, state: true } } },
    });
    const now = scopeNow(tx);
    if (season.state !== "running" || season.closesAt === null || season.closesAt > now)
      return false;
    const prizes =
      season.leaderboard.state === "active" ? prizesSchema.parse(season.leaderboard.prizes) : [];
    await noteWinners(tx.db, merchantId, seasonId, prizes, now);
    await tx.db.season.update({
      where: { merchantId_id: { merchantId, id: seasonId } },
      data: {
        state: "closed",
        closedAt: now,
        turnedAt: season.turnedAt ?? now,
        prizes: prizes as unknown as Prisma.InputJsonValue,
      },
    });
    return true;
  });
}

/** Everybody on a rank that has a prize is due for it. */
async function noteWinners(
  db: Db,
  merchantId: string,
  seasonId: string,
  prizes: readonly Prize[],
  now: Date,
): Promise<void> {
  const last = lastPrizedRank(prizes);
  if (last === 0) return;
  // All whose score is at least that of the one in the last row with a prize: whoever shares a
  // rank with them is among them.
  const ranked = await db.$queryRaw<{ advocateId: string; score: bigint; rank: number }[]>`
    SELECT advocate_id AS "advocateId", score, rank() OVER (ORDER BY score DESC)::int AS rank
    FROM season_score
    WHERE merchant_id = ${merchantId} AND season_id = ${seasonId} AND listed AND score > 0
      AND score >= COALESCE((
        SELECT score FROM season_score
        WHERE merchant_id = ${merchantId} AND season_id = ${seasonId} AND listed AND score > 0
        ORDER BY score DESC, advocate_id OFFSET ${last - 1} LIMIT 1), 0)`;
  await db.seasonWinner.createMany({
    data: ranked.flatMap(({ advocateId, score, rank }) => {
      const prize = prizeOf(prizes, rank);
      if (prize === null) return [];
      const due = { state: "due", reason: "closed", nextTryAt: now };
      return [{ merchantId, seasonId, advocateId, rank, score, prize, ...due }];
    }),
  });
}
