import { z } from "zod";
import type { Question } from "./queries/questions";
import { QUESTION_OUTCOMES, QUESTION_STATES } from "./schema";

/** A question about a reward as the API answers it. */
export const questionJsonSchema = z
  .object({
    id: z.string(),
    reward: z.string(),
    state: z.enum(QUESTION_STATES),
    message: z.string(),
    createdAt: z.string(),
    answer: z.string().nullable(),
    outcome: z.enum(QUESTION_OUTCOMES).nullable(),
    answeredAt: z.string().nullable(),
  })
  .meta({ id: "Review" });

export function questionToJson({
  id,
  rewardId,
  state,
  message,
  createdAt,
  answer,
  outcome,
  answeredAt,
}: Question): z.infer<typeof questionJsonSchema> {
  return {
    id,
    reward: rewardId,
    state,
    message,
    createdAt: createdAt.toISOString(),
    answer,
    outcome,
    answeredAt: answeredAt?.toISOString() ?? null,
  };
}
