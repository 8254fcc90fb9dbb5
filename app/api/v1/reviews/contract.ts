import { z } from "zod";
import { listQuery } from "@/lib/auth/api-route";
import { endpoint } from "@/lib/auth/endpoint";
import { jsonList } from "@/lib/core/json";
import { questionJsonSchema } from "@/lib/desk/json";
import { answerQuestionSchema, questionFilterSchema } from "@/lib/desk/schema";
import { exampleReward } from "../examples";

const group = "Questions";
const filters = questionFilterSchema.shape;
const open = {
  id: "rvw_01j9z3k2m4n5p6q7r8s9t0v1w2",
  reward: exampleReward.id,
  state: "open" as const,
  message: "Ben kept his order.",
  createdAt: "2026-11-20T09:00:00.000Z",
  answer: null,
  outcome: null,
  answeredAt: null,
};
const answered = {
  ...open,
  state: "answered" as const,
  answer: "You are right, and we have released it.",
  outcome: "released" as const,
  answeredAt: "2026-11-21T10:00:00.000Z",
};

export const getReviews = endpoint({
  method: "GET",
  path: "/reviews",
  group,
  key: "secret",
  summary: "List questions about rewards",
  description: "Open ones oldest first, answered ones latest first.",
  query: listQuery
    .extend({
      state: filters.state,
      search: filters.search.meta({
        description: "Part of a name, an email address or the question.",
      }),
    })
    .strict(),
  response: jsonList(questionJsonSchema),
  example: { query: "?state=open", response: { data: [open], nextCursor: null } },
});

export const postAnswer = endpoint({
  method: "POST",
  path: "/reviews/{id}/answer",
  group,
  key: "secret",
  summary: "Answer a question about a reward",
  description:
    "`kept` changes nothing, `released` ends the hold, `voided` voids or reverses the reward, " +
    "and `replaced` grants the same again. The customer is told.",
  params: z.object({ id: z.string().min(1).max(40) }),
  body: z.strictObject({
    outcome: answerQuestionSchema.shape.outcome,
    answer: answerQuestionSchema.shape.answer.meta({ description: "The customer reads it." }),
  }),
  response: questionJsonSchema,
  errors: ["not_found", "conflict"],
  example: { body: { outcome: "released", answer: answered.answer }, response: answered },
});
