import { type Db, Prisma } from "@/lib/core/db";
import { defineWrite } from "@/lib/core/statements/pending-writes";
import { lockKey } from "@/lib/merchants/locks";
import { gathered, inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import { scoreSql } from "../queries/score-facts";

/**
 * Notes whose scores may have changed, with those of the people who referred them: the worker
 * recalculates them in groups a moment later, so that no event waits for a leaderboard.
 */
export function noteScores(tx: Tx, customerIds: Iterable<string>): void {
  const noted = gathered(
    tx,
    "scores",
    () => new Set<string>(),
    async (ids) => tx.later(notedScores, ...[...ids].map((customerId) => ({ customerId }))),
  );
  for (const id of customerIds) noted.add(id);
}

/**
 * Notes customers for the seasons that run by now. It waits for whoever opens one, and whoever
 * counts what was earned before waits for it: so one of them has what is being written.
 */
const notedScores = defineWrite<{ customerId: string }>({
  name: "noted_scores",
  locks: null,
  sql: (rows, merchantId) => Prisma.sql`
    INSERT INTO season_due (merchant_id, customer_id, noted_in)
    SELECT ${merchantId}, n."customerId", pg_current_xact_id()::text::bigint
    FROM json_to_recordset(${rows}) AS n ("customerId" text)
    WHERE CASE
      WHEN (SELECT pg_advisory_xact_lock_shared(${lockKey(merchantId, "season")})::text) IS NULL
        THEN FALSE
      ELSE EXISTS (
        SELECT FROM season s WHERE s.merchant_id = ${merchantId} AND s.state = 'running'
      ) END
    ON CONFLICT DO NOTHING
    RETURNING 1`,
});

/** Recalculates the scores of customers who were noted, and removes their notes. */
export async function rescoreNoted(scope: Scope, customerIds: readonly string[]): Promise<void> {
  await inScope(scope, async (tx) => {
    const { db, merchantId } = tx;
    await db.seasonDue.deleteMany({ where: { merchantId, customerId: { in: [...customerIds] } } });
    await rescore(tx, customerIds);
  });
}

/**
 * Recalculates at once, from what is on record, the scores of these customers and of those who
 * referred them (rewards go up two levels at most), in every running season.
 */
export async function rescore(tx: Tx, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return;
  await writeScores(tx.db, tx.merchantId, await lockAdvocates(tx, customerIds));
}

/**
 * Locks those whose scores may change, each against others who would work them out at the same
 * time: whoever comes second reads what the first one committed. Seasons neither open nor close
 * meanwhile: whoever does that has them alone.
 */
async function lockAdvocates(tx: Tx, customerIds: readonly string[]): Promise<string[]> {
  const { db, merchantId } = tx;
  await tx.lock.together("season");
  const rows = await db.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE came_through (id, level) AS (
      SELECT unnest(${[...customerIds]}::text[]), 0
      UNION
      SELECT a.customer_id, c.level + 1 FROM came_through c
      JOIN referral r ON r.merchant_id = ${merchantId} AND r.friend_id = c.id
      JOIN advocate a ON a.merchant_id = r.merchant_id AND a.id = r.advocate_id
      WHERE c.level < 2
    ), touched AS MATERIALIZED (
      SELECT DISTINCT a.id, hashtextextended(a.merchant_id || a.id, 8) AS key FROM came_through c
      JOIN advocate a ON a.merchant_id = ${merchantId} AND a.customer_id = c.id
      ORDER BY key
    )
    SELECT t.id, pg_advisory_xact_lock(t.key) IS NULL AS locked FROM touched t`;
  const ids = rows.map(({ id }) => id);
  tx.lock.took("score", ids);
  return ids;
}

/**
 * Writes the scores of advocates as the facts have them and notes what that changes on the
 * leaderboards. The caller holds their locks, in a statement before this one: what this one sees is
 * then the latest.
 * @param seasonId only this one; all running seasons by default
 */
export async function writeScores(
  db: Db,
  merchantId: string,
  advocateIds: readonly string[],
  seasonId: string | null = null,
): Promise<void> {
  if (advocateIds.length === 0) return;
  const there = seasonId === null ? Prisma.empty : Prisma.sql`AND s.id = ${seasonId}`;
  await db.$executeRaw`
    WITH fresh AS (
      SELECT s.id AS season_id, a.id AS advocate_id, a.alias IS NOT NULL AS listed,
        ${scoreSql} AS score
      FROM advocate a
      JOIN leaderboard b ON b.merchant_id = a.merchant_id AND b.program_id = a.program_id
      JOIN season s ON s.merchant_id = b.merchant_id AND s.leaderboard_id = b.id
        AND s.state = 'running' ${there}
      WHERE a.merchant_id = ${merchantId} AND a.id = ANY(${[...advocateIds]}::text[])
    ), changed AS (
      SELECT f.*, CASE WHEN o.listed THEN o.score ELSE 0 END AS was, CASE WHEN f.listed THEN f.score
        ELSE 0 END AS now
      FROM fresh f
      LEFT JOIN season_score o ON o.merchant_id = ${merchantId} AND o.season_id = f.season_id
        AND o.advocate_id = f.advocate_id
      WHERE (o.score IS NULL AND f.score > 0) OR o.score <> f.score OR o.listed <> f.listed
    ), written AS (
      INSERT INTO season_score (merchant_id, season_id, advocate_id, score, listed)
      SELECT ${merchantId}, season_id, advocate_id, score, listed FROM changed
      ON CONFLICT (merchant_id, season_id, advocate_id) DO UPDATE
        SET score = excluded.score, listed = excluded.listed
    )
    INSERT INTO season_change (merchant_id, season_id, was, now)
    SELECT ${merchantId}, season_id, was, now FROM changed WHERE was <> now`;
}
