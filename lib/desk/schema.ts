import { z } from "zod";

export const QUESTION_STATES = ["open", "answered"] as const;
export type QuestionState = (typeof QUESTION_STATES)[number];

/**
 * What an answer did: nothing, ended the hold, took the reward back, or gave another one for it.
 */
export const QUESTION_OUTCOMES = ["kept", "released", "voided", "replaced"] as const;
export type QuestionOutcome = (typeof QUESTION_OUTCOMES)[number];

/** What staff call them. */
export const QUESTION_OUTCOME_LABELS: Record<QuestionOutcome, string> = {
  kept: "Leave it as it is",
  released: "End the hold now",
  voided: "Take it back",
  replaced: "Give it again",
};

/** How often one reward can be asked about. */
export const MOST_QUESTIONS = 3;

export const askQuestionSchema = z.object({
  rewardId: z.string().min(1).max(40),
  message: z.string().trim().min(3, "Say what seems wrong.").max(1_000),
});
export type AskQuestion = z.infer<typeof askQuestionSchema>;

export const answerQuestionSchema = z.object({
  questionId: z.string().min(1).max(40),
  outcome: z.enum(QUESTION_OUTCOMES, "Choose what to do."),
  answer: z
    .string("Write an answer.")
    .trim()
    .min(3, "Write an answer; the customer reads it.")
    .max(1_000),
});
export type AnswerQuestion = z.infer<typeof answerQuestionSchema>;

export const questionFilterSchema = z.object({
  state: z.enum(QUESTION_STATES).default("open"),
  /** Part of a name, an address or what was asked. */
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type QuestionFilter = z.infer<typeof questionFilterSchema>;
