import { apiRoute, asList } from "@/lib/auth/api-route";
import { reviewToJson } from "@/lib/rewards/reviews/json";
import { listReviews } from "@/lib/rewards/reviews/queries";
import { getReviews } from "./contract";

export const GET = apiRoute(getReviews, async (scope, { query }) =>
  asList(await listReviews(scope, query), reviewToJson),
);
