import { apiRoute } from "@/lib/auth/api-route";
import { deliverReward } from "@/lib/rewards/commands";
import { receiptToJson } from "@/lib/rewards/json";
import { receipt } from "@/lib/rewards/queries/rewards";
import { deliver } from "../../contract";

export const POST = apiRoute(deliver, async (scope, { params, body }) => {
  await deliverReward(scope, { rewardId: params.id, note: body?.note });
  return receiptToJson(await receipt(scope, params.id));
});
