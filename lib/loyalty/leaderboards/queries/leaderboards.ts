import { notFound } from "@/lib/core/errors";
import type { LocalizedText } from "@/lib/core/i18n/localized";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Leaderboard as BoardRow, Season as SeasonRow } from "@/prisma/generated/client";
import {
  type Board,
  type Cadence,
  type Metric,
  prizesSchema,
  type Season,
} from "../schema/leaderboard";
import { type Standings, standings } from "./ranking";

/** A program's boards, oldest first. @param all with those that are disabled */
export async function boardsOf(
  scope: Scope,
  programId: string,
  { all = false } = {},
): Promise<Board[]> {
  const rows = await inScope(scope, (db) =>
    db.leaderboard.findMany({
      where: { merchantId: scope.merchantId, programId, ...(all ? {} : { state: "active" }) },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
  );
  return rows.map(readBoard);
}

/** A board's seasons that have begun or are to come, latest first. */
export async function seasonsOf(scope: Scope, boardId: string, limit = 24): Promise<Season[]> {
  const rows = await inScope(scope, (db) =>
    db.season.findMany({
      where: { merchantId: scope.merchantId, leaderboardId: boardId },
      orderBy: { startsAt: "desc" },
      take: limit,
    }),
  );
  return rows.map(readSeason);
}

/** A board by its id. @throws DomainError not_found */
export async function boardById(scope: Scope, id: string): Promise<Board> {
  const row = await inScope(scope, (db) =>
    db.leaderboard.findUnique({ where: { merchantId_id: { merchantId: scope.merchantId, id } } }),
  );
  if (!row) throw notFound("leaderboard");
  return readBoard(row);
}

export type Leaderboard = Standings & {
  board: Board;
  season: Season;
  /** Of this board, latest first. */
  seasons: Season[];
};

export type LeaderboardAsked = {
  programId: string;
  /** Id of a board; the program's oldest that is not disabled unless told. */
  board?: string | undefined;
  /** Id of a season; the one that runs now unless told, else the latest. */
  season?: string | undefined;
  /** Whose neighbourhood to show. */
  aroundAdvocateId?: string | null;
  /** How many rows at the top. */
  limit?: number;
};

/**
 * A program's leaderboard in one of its seasons; null when the program has none.
 * @throws DomainError not_found for a board or season that is not this program's
 */
export async function leaderboard(
  scope: Scope,
  { programId, board: boardId, season: seasonId, ...how }: LeaderboardAsked,
): Promise<Leaderboard | null> {
  return inScope(scope, async (_, scope) => {
    const boards = await boardsOf(scope, programId);
    const board = boardId === undefined ? boards[0] : boards.find(({ id }) => id === boardId);
    if (!board) {
      if (boardId === undefined) return null;
      throw notFound("leaderboard");
    }
    const seasons = await seasonsOf(scope, board.id);
    const season =
      seasonId === undefined
        ? currentOf(seasons, scopeNow(scope))
        : seasons.find(({ id }) => id === seasonId);
    if (!season) {
      if (seasonId === undefined) return null;
      throw notFound("season");
    }
    return { board, season, seasons, ...(await standings(scope, season.id, how)) };
  });
}

/** The season that an instant lies in; else the latest that has begun, else the first that will. */
export function currentOf(seasons: readonly Season[], now: Date): Season | undefined {
  return (
    seasons.find(({ startsAt, endsAt }) => startsAt <= now && (endsAt === null || now < endsAt)) ??
    seasons.find(({ startsAt }) => startsAt <= now) ??
    seasons.at(-1)
  );
}

export function readBoard(row: BoardRow): Board {
  return {
    id: row.id,
    programId: row.programId,
    name: row.name as LocalizedText,
    metric: row.metric as Metric,
    cadence: row.cadence as Cadence,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    graceHours: row.graceHours,
    prizes: prizesSchema.parse(row.prizes),
    state: row.state as Board["state"],
    createdAt: row.createdAt,
  };
}

export function readSeason(row: SeasonRow): Season {
  return {
    id: row.id,
    leaderboardId: row.leaderboardId,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    closesAt: row.closesAt,
    state: row.state as Season["state"],
    closedAt: row.closedAt,
    prizes: row.prizes === null ? null : prizesSchema.parse(row.prizes),
  };
}
