import { apiRoute } from "@/lib/auth/api-route";
import { decideNomination } from "@/lib/pipeline/nominations/commands";
import { nominationToJson } from "@/lib/pipeline/nominations/json";
import { nominationById } from "@/lib/pipeline/nominations/queries";
import { decideNominationSchema } from "@/lib/referrals/nomination-schema";
import { postDecide } from "../../contract";

export const POST = apiRoute(postDecide, async (scope, { params, body }) => {
  await decideNomination(scope, decideNominationSchema.parse({ nominationId: params.id, ...body }));
  return nominationToJson(await nominationById(scope, params.id));
});
