import { apiRoute, asList } from "@/lib/auth/api-route";
import { questionToJson } from "@/lib/desk/json";
import { listQuestions } from "@/lib/desk/queries/questions";
import { getReviews } from "./contract";

export const GET = apiRoute(getReviews, async (scope, { query }) =>
  asList(await listQuestions(scope, query), questionToJson),
);
