import { apiRoute } from "@/lib/auth/api-route";
import { cancelRedemption } from "@/lib/loyalty/catalogue/commands";
import { redemptionToJson } from "@/lib/loyalty/catalogue/json";
import { redemptionById } from "@/lib/loyalty/catalogue/queries";
import { cancel } from "../../contract";

export const POST = apiRoute(cancel, async (scope, { params, body }) => {
  await cancelRedemption(scope, { redemptionId: params.id, reason: body.reason });
  return redemptionToJson(await redemptionById(scope, params.id));
});
