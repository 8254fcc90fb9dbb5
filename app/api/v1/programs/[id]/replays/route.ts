import { apiRoute, asList } from "@/lib/auth/api-route";
import { startReplay } from "@/lib/pipeline/replay/commands";
import { replayToJson } from "@/lib/pipeline/replay/json";
import { findReplay, listReplays } from "@/lib/pipeline/replay/queries";
import { findProgram } from "@/lib/programs/queries";
import { getReplays, postReplays } from "./contract";

/** The replays of a program, newest first. */
export const GET = apiRoute(getReplays, async (scope, { params, query }) => {
  const { id } = await findProgram(scope, params.id);
  return asList(await listReplays(scope, { programId: id, ...query }), (replay) =>
    replayToJson(scope, replay),
  );
});

/** Asks for one more; the worker does it. */
export const POST = apiRoute(postReplays, async (scope, { params, body }) => {
  const { id } = await findProgram(scope, params.id);
  const { replayId } = await startReplay(scope, id, body);
  return replayToJson(scope, await findReplay(scope, id, replayId));
});
