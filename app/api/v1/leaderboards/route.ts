import { apiRoute } from "@/lib/auth/api-route";
import { leaderboardsOf, seasonsOf } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { leaderboardToJson, seasonToJson } from "@/lib/loyalty/leaderboards/json";
import { findProgram } from "@/lib/programs/queries";
import { listLeaderboards } from "../leaderboard/contract";

export const GET = apiRoute(listLeaderboards, async (scope, { query }) => {
  const { id } = await findProgram(scope, query.program);
  const leaderboards = await leaderboardsOf(scope, id);
  const data = [];
  for (const leaderboard of leaderboards)
    data.push({
      ...leaderboardToJson(leaderboard),
      seasons: (await seasonsOf(scope, leaderboard.id)).map(seasonToJson),
    });
  return { data, nextCursor: null };
});
