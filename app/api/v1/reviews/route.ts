import { apiRoute, asList } from "@/lib/auth/api-route";
import { reviewToJson } from "@/lib/desk/json";
import { listReviews } from "@/lib/desk/queries/questions";
import { getReviews } from "./contract";

export const GET = apiRoute(getReviews, async (scope, { query }) =>
  asList(await listReviews(scope, query), reviewToJson),
);
