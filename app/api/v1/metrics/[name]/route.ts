import { z } from "zod";
import { apiRoute } from "@/lib/auth/api-route";
import { measure } from "@/lib/reports";
import { measurementJson } from "@/lib/reports/json";
import { daysFrom, metricQuery } from "@/lib/reports/schema";

/** One metric over some days, what it is compared with, and its course. */
export const GET = apiRoute(
  { key: "secret", params: z.object({ name: z.string().max(60) }), query: metricQuery },
  async (scope, { params, query }) => {
    const { compare = null, series, by: unit } = query;
    return measurementJson(
      await measure(scope, params.name, daysFrom(query, scope), { compare, series, unit }),
      scope.timeZone,
    );
  },
);
