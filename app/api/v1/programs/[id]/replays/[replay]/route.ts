import { apiRoute, asList } from "@/lib/auth/api-route";
import { replayPersonToJson, replayToJson } from "@/lib/pipeline/replay/json";
import { findReplay, listDifferences } from "@/lib/pipeline/replay/queries";
import { findProgram } from "@/lib/programs/queries";
import { getReplay } from "../contract";

/** A replay with the people whose rewards would be others. */
export const GET = apiRoute(getReplay, async (scope, { params, query }) => {
  const { id } = await findProgram(scope, params.id);
  const replay = await findReplay(scope, id, params.replay);
  const people = await listDifferences(scope, { replayId: replay.id, ...query });
  return {
    ...replayToJson(scope, replay),
    people: asList(people, (row) => replayPersonToJson(scope, row)),
  };
});
