import { apiRoute } from "@/lib/auth/api-route";
import { answerReview } from "@/lib/rewards/reviews/commands";
import { reviewToJson } from "@/lib/rewards/reviews/json";
import { reviewById } from "@/lib/rewards/reviews/queries";
import { postAnswer } from "../../contract";

export const POST = apiRoute(postAnswer, async (scope, { params, body }) => {
  await answerReview(scope, { reviewId: params.id, ...body });
  return reviewToJson(await reviewById(scope, params.id));
});
