import { apiRoute } from "@/lib/auth/api-route";
import { inScope } from "@/lib/merchants/scope";
import { undoMerge } from "@/lib/pipeline/merge/commands";
import { mergeToJson } from "@/lib/pipeline/merge/json";
import { mergeById } from "@/lib/pipeline/merge/queries";
import { postUndoMerge } from "../../contract";

export const POST = apiRoute(postUndoMerge, (scope, { params }) =>
  inScope(scope, async (_, scope) => {
    await undoMerge(scope, { mergeId: params.id });
    return mergeToJson(await mergeById(scope, params.id));
  }),
);
