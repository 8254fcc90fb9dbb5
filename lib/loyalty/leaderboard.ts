import { inScope, type Scope } from "@/lib/merchants/scope";

/** Someone's standing on a program's leaderboard. */
export type Standing = {
  advocateId: string;
  /** The name they chose to be seen under. */
  alias: string;
  /** 1 for the top; who has as many confirmed friends shares the place, and the next one counts on behind them (1, 1, 3). */
  place: number;
  confirmed: number;
};

export type Leaderboard = {
  top: Standing[];
  /** The asking advocate with those just ahead and behind, unless they are within the top anyway. */
  near: Standing[];
  /** The asking advocate's own standing; null when they are not on the board. */
  own: Standing | null;
};

const TOP = 10;
const AROUND = 2;

/**
 * A program's leaderboard: only advocates who chose a name for it, only friends who are confirmed, never filled up.
 * @param aroundAdvocateId whose neighbourhood to show
 * @param limit how many places at the top; ten unless told
 */
export async function leaderboard(
  scope: Scope,
  { programId, aroundAdvocateId = null, limit = TOP }: { programId: string; aroundAdvocateId?: string | null; limit?: number },
): Promise<Leaderboard> {
  const rows = await inScope(scope, (db) => db.$queryRaw<(Standing & { row: number })[]>`
    WITH board AS (
      SELECT id AS "advocateId", alias, confirmed_count AS confirmed,
        rank() OVER (ORDER BY confirmed_count DESC)::int AS place,
        row_number() OVER (ORDER BY confirmed_count DESC, id)::int AS row
      FROM advocate
      WHERE merchant_id = ${scope.merchantId} AND program_id = ${programId} AND alias IS NOT NULL AND confirmed_count > 0
    ), me AS (SELECT row FROM board WHERE "advocateId" = ${aroundAdvocateId})
    SELECT * FROM board
    WHERE row <= ${limit} OR row BETWEEN (SELECT row FROM me) - ${AROUND} AND (SELECT row FROM me) + ${AROUND}
    ORDER BY row`);
  const standings = rows.map(({ row, ...standing }) => ({ row, standing }));
  const own = standings.find(({ standing }) => standing.advocateId === aroundAdvocateId) ?? null;
  const near = own && own.row > limit ? standings.filter(({ row }) => Math.abs(row - own.row) <= AROUND) : [];
  return {
    top: standings.filter(({ row }) => row <= limit).map(({ standing }) => standing),
    near: near.map(({ standing }) => standing),
    own: own?.standing ?? null,
  };
}
