import { apiRoute } from "@/lib/auth/api-route";
import { cohortGrid } from "@/lib/reports/retention/cohort-grid";
import { cohortGridJson } from "@/lib/reports/json";
import { cohortQuery, daysFrom } from "@/lib/reports/schema";

/**
 * Retention by start bucket:
 * `?from&to&unit=day|week|month&mode=exact|unbounded&cohorts=first|recurring`, and
 * `&who=all|referred|other`.
 */
export const GET = apiRoute({ key: "secret", query: cohortQuery }, async (scope, { query }) => {
  const { unit, mode, cohorts, who } = query;
  return cohortGridJson(
    await cohortGrid(scope, { days: daysFrom(query, scope, 365), unit, mode, cohorts, who }),
    scope.timeZone,
  );
});
