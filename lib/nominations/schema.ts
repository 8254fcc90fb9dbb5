import { z } from "zod";
import { idSchema } from "@/lib/core/values/own-id";

/**
 * asked: the advocate has yet to answer. waiting: a member has to decide. unmatched: no advocate
 * fits what the friend wrote, and a member has to decide. accepted, declined (by the advocate) and
 * rejected (by a member or the program) are final.
 */
export const NOMINATION_STATES = [
  "asked",
  "waiting",
  "unmatched",
  "accepted",
  "declined",
  "rejected",
] as const;
export type NominationState = (typeof NOMINATION_STATES)[number];

/** Labels for staff. */
export const NOMINATION_STATE_LABELS: Record<NominationState, string> = {
  asked: "Asked the advocate",
  waiting: "Waiting for you",
  unmatched: "No match",
  accepted: "Accepted",
  declined: "Declined by the advocate",
  rejected: "Rejected",
};

export const nominateSchema = z.object({
  /** A code, an email address, or a name. */
  said: z
    .string("Enter who told you.")
    .trim()
    .min(2, "Enter a code, an email address or a name.")
    .max(200),
  /** The order it is about; by default the friend's first. */
  orderId: idSchema.optional(),
});
export type Nominate = z.infer<typeof nominateSchema>;

export const confirmNominationSchema = z.object({
  nominationId: z.string().min(1).max(40),
  answer: z.enum(["yes", "no"]),
});

export const decideNominationSchema = z
  .object({
    nominationId: z.string().min(1).max(40),
    decision: z.enum(["accept", "reject"]),
    /**
     * The advocate's code, where none was found or another one is meant.
     */
    code: z.string().trim().max(400).optional(),
    reason: z.string().trim().max(300).optional(),
  })
  .superRefine((input, context) => {
    if (input.decision === "reject" && (input.reason?.length ?? 0) < 3) {
      context.addIssue({
        code: "custom",
        path: ["reason"],
        message: "Enter a reason of at least three characters.",
      });
    }
  });
export type DecideNomination = z.infer<typeof decideNominationSchema>;

export const nominationFilterSchema = z.object({
  /** `open`: everything that is not decided. */
  state: z.enum(["open", ...NOMINATION_STATES]).default("open"),
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type NominationFilter = z.infer<typeof nominationFilterSchema>;
