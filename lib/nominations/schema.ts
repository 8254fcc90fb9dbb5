import { z } from "zod";
import { idSchema } from "@/lib/core/own-id";

/**
 * asked: the advocate is to confirm. waiting: a member is to decide. unmatched: nobody fits what
 * the friend wrote, and a member is to decide as well. accepted, declined (by the advocate) and
 * rejected (by a member or the program) are ends.
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

/** What staff call them. */
export const NOMINATION_STATE_LABELS: Record<NominationState, string> = {
  asked: "Asked the advocate",
  waiting: "Waiting for you",
  unmatched: "Nobody found",
  accepted: "Accepted",
  declined: "Advocate said no",
  rejected: "Rejected",
};

export const nominateSchema = z.object({
  /** A code, an address, or a name. */
  said: z.string("Say who it was.").trim().min(2, "Write a code, an address or a name.").max(200),
  /** The order it is about; the friend's first unless told. */
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
     * Whose friend it is, where nobody was found or somebody else is meant: the advocate's code.
     */
    code: z.string().trim().max(400).optional(),
    reason: z.string().trim().max(300).optional(),
  })
  .superRefine((input, context) => {
    if (input.decision === "reject" && (input.reason?.length ?? 0) < 3) {
      context.addIssue({ code: "custom", path: ["reason"], message: "Say why, in a few words." });
    }
  });
export type DecideNomination = z.infer<typeof decideNominationSchema>;

export const nominationFilterSchema = z.object({
  /** `open`: whatever waits for a member. */
  state: z.enum(["open", ...NOMINATION_STATES]).default("open"),
  search: z.string().trim().max(200).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type NominationFilter = z.infer<typeof nominationFilterSchema>;
