import { apiRoute } from "@/lib/auth/api-route";
import { answerQuestion } from "@/lib/desk/commands";
import { questionToJson } from "@/lib/desk/json";
import { questionById } from "@/lib/desk/queries/questions";
import { postAnswer } from "../../contract";

export const POST = apiRoute(postAnswer, async (scope, { params, body }) => {
  await answerQuestion(scope, { questionId: params.id, ...body });
  return questionToJson(await questionById(scope, params.id));
});
