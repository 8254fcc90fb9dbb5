import { apiRoute } from "@/lib/auth/api-route";
import { answerReview } from "@/lib/desk/commands";
import { reviewToJson } from "@/lib/desk/json";
import { reviewById } from "@/lib/desk/queries/questions";
import { postAnswer } from "../../contract";

export const POST = apiRoute(postAnswer, async (scope, { params, body }) => {
  await answerReview(scope, { reviewId: params.id, ...body });
  return reviewToJson(await reviewById(scope, params.id));
});
