import { apiRoute } from "@/lib/auth/api-route";
import { fulfilReward } from "@/lib/rewards/commands";
import { receiptToJson } from "@/lib/rewards/json";
import { receipt } from "@/lib/rewards/queries";
import { fulfil } from "../../contract";

export const POST = apiRoute(fulfil, async (scope, { params }) => {
  await fulfilReward(scope, { rewardId: params.id });
  return receiptToJson(await receipt(scope, params.id));
});
