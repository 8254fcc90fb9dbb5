import { Prisma } from "@/lib/core/db";
import { inScope, type Scope } from "@/lib/merchants/scope";

/**
 * How many of a season's leaderboard are ahead of a score, as SQL: along the tally's levels, the
 * buckets beside and above the score's own within the same parent, and the changes that are not
 * folded in yet. Each level is one short range of the index, so that the effort grows with the
 * digits of a score and not with the people. Exact, as one statement reads both.
 */
export function aheadSql(merchantId: string, seasonId: string, score: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    SELECT COALESCE(sum(y.people), 0) FROM generate_series(0, 12) AS step (level)
    JOIN season_tally y ON y.merchant_id = ${merchantId} AND y.season_id = ${seasonId}
      AND y.level = step.level
      AND y.bucket > (${score} >> (5 * step.level))
      AND y.bucket < (((${score} >> (5 * step.level)) >> 5) + 1) << 5
  ) + (
    SELECT COALESCE(sum((c.now > ${score})::int - (c.was > ${score})::int), 0) FROM season_change c
    WHERE c.merchant_id = ${merchantId} AND c.season_id = ${seasonId}
  )`;
}

/**
 * Folds all that has changed on a season's leaderboard into its tally: no bucket falls below 0 on
 * the way. One at a time for a season; who finds another at it leaves it to them. @returns how many
 * changes were folded in
 */
export async function foldChanges(scope: Scope, seasonId: string): Promise<number> {
  return inScope(scope, async ({ db, merchantId }) => {
    const [season] = await db.$queryRaw<unknown[]>`
      SELECT 1 FROM season WHERE merchant_id = ${merchantId} AND id = ${seasonId}
        FOR NO KEY UPDATE SKIP LOCKED`;
    if (!season) return 0;
    const [folded] = await db.$queryRaw<[{ count: number }]>`
      WITH taken AS (
        DELETE FROM season_change WHERE merchant_id = ${merchantId} AND season_id = ${seasonId}
          RETURNING was, now
      ), moved AS (
        SELECT was AS score, -1 AS people FROM taken UNION ALL SELECT now, 1 FROM taken
      ), buckets AS (
        SELECT level, score >> (5 * level) AS bucket, sum(people) AS people
          FROM moved, generate_series(0, 12) AS step (level)
        WHERE score >> (5 * level) > 0 GROUP BY 1, 2 HAVING sum(people) <> 0
      ), told AS (
        INSERT INTO season_tally (merchant_id, season_id, level, bucket, people)
        SELECT ${merchantId}, ${seasonId}, b.level, b.bucket, COALESCE(y.people, 0) + b.people
          FROM buckets b
        LEFT JOIN season_tally y ON y.merchant_id = ${merchantId} AND y.season_id = ${seasonId}
          AND y.level = b.level AND y.bucket = b.bucket
        ON CONFLICT (merchant_id, season_id, level, bucket) DO UPDATE SET people = excluded.people
      )
      SELECT count(*)::int AS count FROM taken`;
    return folded.count;
  });
}
