import { notFound } from "@/lib/core/errors";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { candidatesSql } from "../queries/score-facts";
import { writeScores } from "./update-scores";
import { foldChanges } from "./fold-changes";

/** How many advocates are counted while others wait. */
const BATCH = 2_000;

/**
 * Recalculates every score of a running season, with what was earned before it was opened. Others
 * may change facts and scores meanwhile; each batch holds them up for a moment.
 */
export async function recountSeason(scope: Scope, seasonId: string): Promise<void> {
  const { merchantId } = scope;
  const ids = await inScope(
    scope,
    ({ db }) => db.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM season s JOIN leaderboard b ON b.merchant_id = s.merchant_id
      AND b.id = s.leaderboard_id,
      LATERAL (${candidatesSql(merchantId)}) c
    WHERE s.merchant_id = ${merchantId} AND s.id = ${seasonId}
    UNION
    SELECT advocate_id FROM season_score WHERE merchant_id = ${merchantId}
      AND season_id = ${seasonId}`,
  );
  for (let start = 0; start < ids.length; start += BATCH) {
    const batch = ids.slice(start, start + BATCH).map(({ id }) => id);
    await inScope(scope, async (tx) => {
      await tx.lock.alone("season");
      await writeScores(tx.db, merchantId, batch, seasonId);
    });
    await foldChanges(scope, seasonId);
  }
  const { count } = await inScope(scope, ({ db }) =>
    db.season.updateMany({
      where: { merchantId, id: seasonId },
      data: { countedAt: scopeNow(scope) },
    }),
  );
  if (count === 0) throw notFound("season");
}

/**
 * Recalculates all running seasons of a merchant, each night: a missed score is corrected then.
 */
export async function recountSeasons(scope: Scope): Promise<void> {
  const seasons = await inScope(scope, ({ db }) =>
    db.season.findMany({
      where: { merchantId: scope.merchantId, state: "running" },
      select: { id: true },
    }),
  );
  for (const { id } of seasons) await recountSeason(scope, id);
}
