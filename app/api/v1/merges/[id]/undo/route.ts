import { apiRoute } from "@/lib/auth/api-route";
import { inScope } from "@/lib/merchants/scope";
import { undoMerge } from "@/lib/pipeline/merge/commands";
import { mergeToJson } from "@/lib/pipeline/merge/json";
import { mergeById } from "@/lib/pipeline/merge/queries";
import { postUndoMerge } from "../../contract";

export const POST = apiRoute(postUndoMerge, (scope, { params }) =>
  inScope(scope, async (tx) => {
    await undoMerge(tx, { mergeId: params.id });
    return mergeToJson(await mergeById(tx, params.id));
  }),
);
