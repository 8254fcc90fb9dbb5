import { z } from "zod";
import type { Review } from "./queries/questions";
import { REVIEW_OUTCOMES, REVIEW_STATES } from "./schema";

/** A question about a reward as the API answers it. */
export const reviewJsonSchema = z
  .object({
    id: z.string(),
    reward: z.string(),
    state: z.enum(REVIEW_STATES),
    message: z.string(),
    createdAt: z.string(),
    answer: z.string().nullable(),
    outcome: z.enum(REVIEW_OUTCOMES).nullable(),
    answeredAt: z.string().nullable(),
  })
  .meta({ id: "Review" });

export function reviewToJson({
  id,
  rewardId,
  state,
  message,
  createdAt,
  answer,
  outcome,
  answeredAt,
}: Review): z.infer<typeof reviewJsonSchema> {
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
