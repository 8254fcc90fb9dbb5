import { apiRoute } from "@/lib/auth/api-route";
import { refsOfAdvocates } from "@/lib/customers/queries";
import { leaderboard } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { boardToJson, seasonToJson, standingToJson } from "@/lib/loyalty/leaderboards/json";
import { findProgram } from "@/lib/programs/queries";
import { getLeaderboard } from "./contract";

export const GET = apiRoute(getLeaderboard, async (scope, { query }) => {
  const { id } = await findProgram(scope, query.program);
  const found = await leaderboard(scope, {
    programId: id,
    board: query.board,
    season: query.season,
    limit: query.limit,
  });
  if (!found) return { data: [], nextCursor: null, board: null, season: null, people: 0 };
  const { board, season, top, people } = found;
  const customers = await refsOfAdvocates(
    scope,
    top.map(({ advocateId }) => advocateId),
  );
  return {
    data: top.map((standing) => standingToJson(standing, board.metric, scope.asset, customers)),
    nextCursor: null,
    board: boardToJson(board),
    season: seasonToJson(season),
    people,
  };
});
