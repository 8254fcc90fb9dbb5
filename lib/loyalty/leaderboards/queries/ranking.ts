import { Prisma } from "@/lib/core/db";
import { shownAlias } from "@/lib/customers/rules";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { aheadSql } from "../commands/fold-changes";

/** An advocate's rank in a season. */
export type RankedAdvocate = {
  advocateId: string;
  /**
   * The name they chose to show; null when they have removed it since the season was closed, or
   * when it cannot be shown to others.
   */
  alias: string | null;
  /** 1 for the top; equals share a rank, and the next one counts on behind them (1, 1, 3). */
  rank: number;
  /** Friends, points, or minor units of revenue. */
  score: bigint;
};

export type Ranking = {
  top: RankedAdvocate[];
  /**
   * The asking advocate with those just ahead and behind, unless they are within the top anyway.
   */
  near: RankedAdvocate[];
  /** The asking advocate's own rank; null when they are not on the leaderboard. */
  own: RankedAdvocate | null;
  /** Who has the least of all who have more than they: the rank they would share next. */
  next: RankedAdvocate | null;
  /** How many are on the leaderboard. */
  people: number;
};

const TOP = 10;
const AROUND = 2;

/**
 * A season's leaderboard at one moment: only advocates who chose a name for it. Nothing is counted
 * through: the top and the neighbours are read off the leaderboard's index, and ranks told by the
 * tally.
 * @param aroundAdvocateId whose neighbourhood to show
 * @param limit how many rows at the top; ten by default
 */
export async function ranking(
  scope: Scope,
  seasonId: string,
  {
    aroundAdvocateId = null,
    limit = TOP,
  }: { aroundAdvocateId?: string | null; limit?: number } = {},
): Promise<Ranking> {
  const rows = await inScope(scope, ({ db }) =>
    db.$queryRaw<(RankedAdvocate & { part: "top" | "next" | "near"; people: bigint })[]>(
      rankingSql(scope.merchantId, seasonId, aroundAdvocateId, limit),
    ),
  );
  const read = (part: "top" | "next" | "near") =>
    rows
      .filter((row) => row.part === part)
      .map(({ advocateId, alias, rank, score }): RankedAdvocate => ({
        advocateId,
        alias: shownAlias(alias),
        rank,
        score,
      }));
  const [top, near] = [read("top"), read("near")];
  const own = [...top, ...near].find(({ advocateId }) => advocateId === aroundAdvocateId) ?? null;
  return {
    top,
    own,
    next: read("next")[0] ?? null,
    people: Number(rows[0]?.people ?? 0),
    near: top.some(({ advocateId }) => advocateId === aroundAdvocateId) ? [] : near,
  };
}

/** The one statement behind `ranking`; apart, so that a test can look at its plan. */
export function rankingSql(
  merchantId: string,
  seasonId: string,
  aroundAdvocateId: string | null,
  limit: number,
): Prisma.Sql {
  const onLeaderboard = Prisma.sql`o.merchant_id = ${merchantId} AND o.season_id = ${seasonId}
    AND o.listed AND o.score > 0`;
  const row = Prisma.sql`SELECT o.advocate_id, o.score FROM season_score o WHERE ${onLeaderboard}`;
  return Prisma.sql`
    WITH top AS MATERIALIZED (${row} ORDER BY o.score DESC, o.advocate_id LIMIT ${limit}),
    me AS MATERIALIZED (${row} AND o.advocate_id = ${aroundAdvocateId}),
    near AS MATERIALIZED (
      SELECT * FROM me
      UNION ALL
      SELECT x.* FROM me, LATERAL (
        (SELECT * FROM (${row} AND o.score = me.score AND o.advocate_id < me.advocate_id
          ORDER BY o.score, o.advocate_id DESC LIMIT ${AROUND}) same)
        UNION ALL
        (SELECT * FROM (${row} AND o.score > me.score ORDER BY o.score, o.advocate_id DESC
          LIMIT ${AROUND}) more)
        LIMIT ${AROUND}
      ) x
      UNION ALL
      SELECT x.* FROM me, LATERAL (
        (SELECT * FROM (${row} AND o.score = me.score AND o.advocate_id > me.advocate_id
          ORDER BY o.score DESC, o.advocate_id LIMIT ${AROUND}) same)
        UNION ALL
        (SELECT * FROM (${row} AND o.score < me.score ORDER BY o.score DESC, o.advocate_id
          LIMIT ${AROUND}) less)
        LIMIT ${AROUND}
      ) x
    ), next AS MATERIALIZED (
      SELECT x.* FROM me, LATERAL (
        SELECT * FROM (${row} AND o.score > me.score ORDER BY o.score, o.advocate_id DESC
          LIMIT 1) more
      ) x
    ), shown AS MATERIALIZED (
      SELECT 'top' AS part, advocate_id, score, rank() OVER (ORDER BY score DESC) AS rank FROM top
      UNION ALL
      SELECT 'near', advocate_id, score, NULL FROM near
      UNION ALL
      SELECT 'next', advocate_id, score, NULL FROM next
    )
    SELECT s.part, s.advocate_id AS "advocateId", a.alias, s.score,
      COALESCE(s.rank, 1 + ${aheadSql(merchantId, seasonId, Prisma.sql`s.score`)})::int AS rank,
      ${aheadSql(merchantId, seasonId, Prisma.sql`0::bigint`)} AS people
    FROM shown s JOIN advocate a ON a.merchant_id = ${merchantId} AND a.id = s.advocate_id
    ORDER BY s.part DESC, s.score DESC, s.advocate_id`;
}
