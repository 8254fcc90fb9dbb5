import { apiRoute } from "@/lib/auth/api-route";
import { refsOfAdvocates } from "@/lib/customers/queries/customers";
import { seasonRanking } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import {
  leaderboardToJson,
  seasonToJson,
  rankedAdvocateToJson,
} from "@/lib/loyalty/leaderboards/json";
import { findProgram } from "@/lib/programs/queries";
import { getLeaderboard } from "./contract";

export const GET = apiRoute(getLeaderboard, async (scope, { query }) => {
  const { id } = await findProgram(scope, query.program);
  const found = await seasonRanking(scope, {
    programId: id,
    leaderboardId: query.board,
    seasonId: query.season,
    limit: query.limit,
  });
  if (!found) return { data: [], nextCursor: null, board: null, season: null, people: 0 };
  const { leaderboard, season, top, people } = found;
  const customers = await refsOfAdvocates(
    scope,
    top.map(({ advocateId }) => advocateId),
  );
  return {
    data: top.map((ranked) =>
      rankedAdvocateToJson(ranked, leaderboard.metric, scope.asset, customers),
    ),
    nextCursor: null,
    board: leaderboardToJson(leaderboard),
    season: seasonToJson(season),
    people,
  };
});
