import { apiRoute } from "@/lib/auth/api-route";
import { recordByRef } from "@/lib/customers/queries/customers";
import { inScope } from "@/lib/merchants/scope";
import { mergeCustomers } from "@/lib/pipeline/merge/commands";
import { mergeToJson } from "@/lib/pipeline/merge/json";
import { mergeById } from "@/lib/pipeline/merge/queries";
import { postMerge } from "../../../merges/contract";

export const POST = apiRoute(postMerge, (scope, { params, body }) =>
  inScope(scope, async (tx) => {
    // The records as they are named, also where one was merged before: that is refused.
    const { id: fromId } = await recordByRef(tx, params.id);
    const { id: intoId } = await recordByRef(tx, body.into);
    const { mergeId } = await mergeCustomers(tx, { fromId, intoId, why: "api" });
    return mergeToJson(await mergeById(tx, mergeId));
  }),
);
