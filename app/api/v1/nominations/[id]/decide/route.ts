import { apiRoute } from "@/lib/auth/api-route";
import { decideNomination } from "@/lib/nominations/commands/decide-nomination";
import { nominationToJson } from "@/lib/nominations/json";
import { nominationById } from "@/lib/nominations/queries/nominations";
import { decideNominationSchema } from "@/lib/nominations/schema";
import { postDecide } from "../../contract";

export const POST = apiRoute(postDecide, async (scope, { params, body }) => {
  await decideNomination(scope, decideNominationSchema.parse({ nominationId: params.id, ...body }));
  return nominationToJson(await nominationById(scope, params.id));
});
