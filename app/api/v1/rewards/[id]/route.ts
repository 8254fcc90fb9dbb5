import { apiRoute } from "@/lib/auth/api-route";
import { receiptToJson } from "@/lib/rewards/json";
import { receipt } from "@/lib/rewards/queries/rewards";
import { getReward } from "../contract";

export const GET = apiRoute(getReward, async (scope, { params }) =>
  receiptToJson(await receipt(scope, params.id)),
);
