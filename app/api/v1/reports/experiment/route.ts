import { apiRoute } from "@/lib/auth/api-route";
import { findProgram } from "@/lib/programs/queries";
import { experimentResults } from "@/lib/reports/experiments/experiment";
import { experimentJson } from "@/lib/reports/json";
import { getExperiment } from "../contract";

/** How the arms of a program's experiment do. */
export const GET = apiRoute(getExperiment, async (scope, { query }) => {
  const { id } = await findProgram(scope, query.program);
  return experimentJson(await experimentResults(scope, id), scope.asset);
});
