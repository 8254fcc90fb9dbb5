import { apiRoute } from "@/lib/auth/api-route";
import { refsOfAdvocates } from "@/lib/customers/queries";
import { standingToJson } from "@/lib/loyalty/json";
import { leaderboard } from "@/lib/loyalty/leaderboard";
import { findProgram } from "@/lib/programs/queries";
import { getLeaderboard } from "./contract";

export const GET = apiRoute(getLeaderboard, async (scope, { query }) => {
  const { id } = await findProgram(scope, query.program);
  const { top } = await leaderboard(scope, { programId: id, limit: query.limit });
  const customers = await refsOfAdvocates(scope, top.map(({ advocateId }) => advocateId));
  return { data: top.map((standing) => standingToJson(standing, customers)), nextCursor: null };
});
