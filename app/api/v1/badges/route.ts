import { apiRoute } from "@/lib/auth/api-route";
import { createBadge } from "@/lib/loyalty/badges/commands/edit-badges";
import { listBadges } from "@/lib/loyalty/badges/queries/badges";
import { badgeToJson } from "@/lib/loyalty/badges/json";
import { getBadges, postBadges } from "./contract";

export const GET = apiRoute(getBadges, async (scope) => ({
  data: (await listBadges(scope)).map(badgeToJson),
  nextCursor: null,
}));

export const POST = apiRoute(postBadges, async (scope, { body }) =>
  badgeToJson({ ...(await createBadge(scope, body)), holders: 0 }),
);
