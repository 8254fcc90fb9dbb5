import { apiRoute, asList } from "@/lib/auth/api-route";
import { referFriend } from "@/lib/pipeline/intake/refer-friend";
import { referralStoryToJson, referralToJson } from "@/lib/referrals/json";
import { listReferrals, referralStory, stepsOf } from "@/lib/referrals/queries/referrals";
import { getReferrals, postReferrals } from "./contract";

export const GET = apiRoute(getReferrals, async (scope, { query }) => {
  const page = await listReferrals(scope, query);
  const steps = await stepsOf(
    scope,
    page.rows.map(({ id }) => id),
  );
  return asList(page, (row) => referralToJson(row, steps.get(row.id) ?? []));
});

export const POST = apiRoute(postReferrals, async (scope, { body }) => {
  const { referralId, created } = await referFriend(scope, body);
  return { ...referralStoryToJson(await referralStory(scope, referralId)), created };
});
