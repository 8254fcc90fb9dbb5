import { apiRoute } from "@/lib/auth/api-route";
import { rejectReferral } from "@/lib/pipeline/process/decide-referral";
import { referralStoryToJson } from "@/lib/referrals/json";
import { referralStory } from "@/lib/referrals/queries/referrals";
import { reject } from "../../contract";

export const POST = apiRoute(reject, async (scope, { params, body }) => {
  await rejectReferral(scope, { referralId: params.id, reason: body.reason });
  return referralStoryToJson(await referralStory(scope, params.id));
});
