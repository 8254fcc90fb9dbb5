import { apiRoute } from "@/lib/auth/api-route";
import { undoRejection } from "@/lib/pipeline/process/decide-referral";
import { referralStoryToJson } from "@/lib/referrals/json";
import { referralStory } from "@/lib/referrals/queries/referrals";
import { undo } from "../../contract";

export const POST = apiRoute(undo, async (scope, { params }) => {
  await undoRejection(scope, { referralId: params.id });
  return referralStoryToJson(await referralStory(scope, params.id));
});
