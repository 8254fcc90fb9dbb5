import { apiRoute } from "@/lib/auth/api-route";
import { voidReward } from "@/lib/rewards/commands";
import { receiptToJson } from "@/lib/rewards/json";
import { receipt } from "@/lib/rewards/queries/rewards";
import { voidEndpoint } from "../../contract";

export const POST = apiRoute(voidEndpoint, async (scope, { params, body }) => {
  await voidReward(scope, { rewardId: params.id, reason: body.reason });
  return receiptToJson(await receipt(scope, params.id));
});
