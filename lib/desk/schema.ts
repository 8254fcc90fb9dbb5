import { z } from "zod";

export const QUESTION_STATES = ["open", "answered"] as const;
export type QuestionState = (typeof QUESTION_STATES)[number];

/** What an answer does: nothing, end the hold, void the reward, or grant it again. */
export const QUESTION_OUTCOMES = ["kept", "released", "voided", "replaced"] as const;
export type QuestionOutcome = (typeof QUESTION_OUTCOMES)[number];

/** Labels for staff. */
export const QUESTION_OUTCOME_LABELS: Record<QuestionOutcome, string> = {
  kept: "Leave it as it is",
  released: "Release it now",
  voided: "Void it",
  replaced: "Grant it again",
};

/** How many questions a customer can ask about one reward. */
export const MOST_QUESTIONS = 3;

export const askQuestionSchema = z.object({
  rewardId: z.string().min(1).max(40),
  message: z.string().trim().min(3, "Tell the shop what seems wrong.").max(1_000),
});
export type AskQuestion = z.infer<typeof askQuestionSchema>;

export const answerQuestionSchema = z.object({
  questionId: z.string().min(1).max(40),
  outcome: z.enum(QUESTION_OUTCOMES, "Choose what happens to the reward."),
  answer: z
    .string("Enter an answer.")
    .trim()
    .min(3, "Enter an answer. The customer will read it.")
    .max(1_000),
});
export type AnswerQuestion = z.infer<typeof answerQuestionSchema>;

export const questionFilterSchema = z.object({
  state: z.enum(QUESTION_STATES).default("open"),
  /** Part of a name, an email address or the question. */
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type QuestionFilter = z.infer<typeof questionFilterSchema>;

/** The kinds of work that wait for a person. */
export type WaitingKind =
  | "ledger"
  | "event"
  | "key"
  | "question"
  | "nomination"
  | "review"
  | "delivery"
  | "payable"
  | "payout"
  | "pool"
  | "email"
  | "held_email";

/**
 * One thing that waits: `who` it is about, and `what` is known of it. A question has the `id` of
 * the reward that it is about; everything else has its own.
 */
export type WaitingItem = {
  id: string;
  /** Since when; null where nobody knows. */
  at: Date | null;
  who: string | null;
  what: string | null;
};

/** Things of one kind that wait: at most `MOST_COUNTED`, the longest waiting first. */
export type Waiting = {
  kind: WaitingKind;
  count: number;
  /** Since when the oldest waits; null where nobody knows. */
  since: Date | null;
  items: WaitingItem[];
};

/** Beyond this, a count says no more than "many". */
export const MOST_COUNTED = 100;
