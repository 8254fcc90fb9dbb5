import { apiRoute } from "@/lib/auth/api-route";
import { customerByRef } from "@/lib/customers/queries/customers";
import { duplicateToJson } from "@/lib/pipeline/merge/json";
import { duplicatesOf } from "@/lib/pipeline/merge/queries";
import { getDuplicates } from "../../../merges/contract";

export const GET = apiRoute(getDuplicates, async (scope, { params }) => {
  const { id } = await customerByRef(scope, params.id);
  return { data: (await duplicatesOf(scope, id)).map(duplicateToJson) };
});
