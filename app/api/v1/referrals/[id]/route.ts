import { apiRoute } from "@/lib/auth/api-route";
import { referralStoryToJson } from "@/lib/referrals/json";
import { referralStory } from "@/lib/referrals/queries/referrals";
import { getReferral } from "../contract";

export const GET = apiRoute(getReferral, async (scope, { params }) =>
  referralStoryToJson(await referralStory(scope, params.id)),
);
