import { z } from "zod";

export const REVIEW_STATES = ["open", "answered"] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/**
 * What an answer did: nothing, ended the hold, took the reward back, or gave another one for it.
 */
export const REVIEW_OUTCOMES = ["kept", "released", "voided", "replaced"] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

/** What staff call them. */
export const REVIEW_OUTCOME_LABELS: Record<ReviewOutcome, string> = {
  kept: "Leave it as it is",
  released: "End the hold now",
  voided: "Take it back",
  replaced: "Give it again",
};

/** How often one reward can be asked about. */
export const MOST_REVIEWS = 3;

export const askReviewSchema = z.object({
  rewardId: z.string().min(1).max(40),
  message: z.string().trim().min(3, "Say what seems wrong.").max(1_000),
});
export type AskReview = z.infer<typeof askReviewSchema>;

export const answerReviewSchema = z.object({
  reviewId: z.string().min(1).max(40),
  outcome: z.enum(REVIEW_OUTCOMES, "Choose what to do."),
  answer: z
    .string("Write an answer.")
    .trim()
    .min(3, "Write an answer; the customer reads it.")
    .max(1_000),
});
export type AnswerReview = z.infer<typeof answerReviewSchema>;

export const reviewFilterSchema = z.object({
  state: z.enum(REVIEW_STATES).default("open"),
  /** Part of a name, an address or what was asked. */
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ReviewFilter = z.infer<typeof reviewFilterSchema>;
