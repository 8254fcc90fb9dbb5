import { apiRoute } from "@/lib/auth/api-route";
import { approveReferral } from "@/lib/pipeline/process/decide-referral";
import { referralStoryToJson } from "@/lib/referrals/json";
import { referralStory } from "@/lib/referrals/queries/referrals";
import { approve } from "../../contract";

export const POST = apiRoute(approve, async (scope, { params }) => {
  await approveReferral(scope, { referralId: params.id });
  return referralStoryToJson(await referralStory(scope, params.id));
});
