import { notFound } from "@/lib/core/errors";
import type { LocalizedText } from "@/lib/core/i18n/localized";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type {
  Leaderboard as LeaderboardRecord,
  Season as SeasonRecord,
} from "@/prisma/generated/client";
import {
  type Leaderboard,
  type Cadence,
  type Metric,
  prizesSchema,
  type Season,
} from "../schema/leaderboard";
import { type Ranking, ranking } from "./ranking";

/** A program's leaderboards, oldest first. @param all including disabled ones */
export async function leaderboardsOf(
  scope: Scope,
  programId: string,
  { all = false } = {},
): Promise<Leaderboard[]> {
  const rows = await inScope(scope, ({ db }) =>
    db.leaderboard.findMany({
      where: { merchantId: scope.merchantId, programId, ...(all ? {} : { state: "active" }) },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
  );
  return rows.map(readLeaderboard);
}

/** A leaderboard's seasons that have begun or are to come, latest first. */
export async function seasonsOf(
  scope: Scope,
  leaderboardId: string,
  limit = 24,
): Promise<Season[]> {
  const rows = await inScope(scope, ({ db }) =>
    db.season.findMany({
      where: { merchantId: scope.merchantId, leaderboardId: leaderboardId },
      orderBy: { startsAt: "desc" },
      take: limit,
    }),
  );
  return rows.map(readSeason);
}

/** A leaderboard by its id. @throws DomainError not_found */
export async function leaderboardById(scope: Scope, id: string): Promise<Leaderboard> {
  const row = await inScope(scope, ({ db }) =>
    db.leaderboard.findUnique({ where: { merchantId_id: { merchantId: scope.merchantId, id } } }),
  );
  if (!row) throw notFound("leaderboard");
  return readLeaderboard(row);
}

export type SeasonRanking = Ranking & {
  leaderboard: Leaderboard;
  season: Season;
  /** Of this leaderboard, latest first. */
  seasons: Season[];
};

export type RankingRequest = {
  programId: string;
  /** Id of a leaderboard; the program's oldest active one by default. */
  leaderboardId?: string | undefined;
  /** Id of a season; the current one by default, else the latest. */
  seasonId?: string | undefined;
  /** Whose neighbourhood to show. */
  aroundAdvocateId?: string | null;
  /** How many rows at the top. */
  limit?: number;
};

/**
 * A program's leaderboard in one of its seasons; null when the program has none.
 * @throws DomainError not_found for a leaderboard or season that is not this program's
 */
export async function seasonRanking(
  scope: Scope,
  { programId, leaderboardId, seasonId, ...how }: RankingRequest,
): Promise<SeasonRanking | null> {
  return inScope(scope, async (tx) => {
    const leaderboards = await leaderboardsOf(tx, programId);
    const leaderboard =
      leaderboardId === undefined
        ? leaderboards[0]
        : leaderboards.find(({ id }) => id === leaderboardId);
    if (!leaderboard) {
      if (leaderboardId === undefined) return null;
      throw notFound("leaderboard");
    }
    const seasons = await seasonsOf(tx, leaderboard.id);
    const season =
      seasonId === undefined
        ? currentOf(seasons, scopeNow(tx))
        : seasons.find(({ id }) => id === seasonId);
    if (!season) {
      if (seasonId === undefined) return null;
      throw notFound("season");
    }
    return { leaderboard, season, seasons, ...(await ranking(tx, season.id, how)) };
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

export function readLeaderboard(row: LeaderboardRecord): Leaderboard {
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
    state: row.state as Leaderboard["state"],
    createdAt: row.createdAt,
  };
}

export function readSeason(row: SeasonRecord): Season {
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
