import { apiRoute } from "@/lib/auth/api-route";
import { boardsOf, seasonsOf } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { boardToJson, seasonToJson } from "@/lib/loyalty/leaderboards/json";
import { findProgram } from "@/lib/programs/queries";
import { listLeaderboards } from "../leaderboard/contract";

export const GET = apiRoute(listLeaderboards, async (scope, { query }) => {
  const { id } = await findProgram(scope, query.program);
  const boards = await boardsOf(scope, id);
  const data = [];
  for (const board of boards)
    data.push({
      ...boardToJson(board),
      seasons: (await seasonsOf(scope, board.id)).map(seasonToJson),
    });
  return { data, nextCursor: null };
});
