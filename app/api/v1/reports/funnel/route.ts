import { apiRoute } from "@/lib/auth/api-route";
import { definition, funnel } from "@/lib/reports/growth/funnel";
import { daysFrom, rangeQuery } from "@/lib/reports/schema";

/** How far customers and friends came who began in a range. */
export const GET = apiRoute({ key: "secret", query: rangeQuery }, async (scope, { query }) => {
  const days = daysFrom(query, scope);
  return { ...days, timeZone: scope.timeZone, definition, ...(await funnel(scope, days)) };
});
