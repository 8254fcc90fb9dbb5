import { apiRoute, asList } from "@/lib/auth/api-route";
import { rewardToJson } from "@/lib/rewards/json";
import { listRewards, stepsOfRewards } from "@/lib/rewards/queries/rewards";
import { getRewards } from "./contract";

export const GET = apiRoute(getRewards, async (scope, { query }) => {
  const page = await listRewards(scope, query);
  const steps = await stepsOfRewards(
    scope,
    page.rows.map(({ id }) => id),
  );
  return asList(page, (row) => rewardToJson(row, steps.get(row.id) ?? []));
});
