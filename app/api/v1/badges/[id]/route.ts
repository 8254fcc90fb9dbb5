import { apiRoute } from "@/lib/auth/api-route";
import { editBadge } from "@/lib/loyalty/badges/commands/edit-badges";
import { listBadges } from "@/lib/loyalty/badges/queries/badges";
import { badgeToJson } from "@/lib/loyalty/badges/json";
import { putBadge } from "../contract";

export const PUT = apiRoute(putBadge, async (scope, { params: { id }, body }) => {
  await editBadge(scope, id, body);
  return badgeToJson((await listBadges(scope)).find((badge) => badge.id === id)!);
});
