import { z } from "zod";
import type { NominationRow } from "./queries/nominations";
import { NOMINATION_STATES } from "./schema";

/** A friend's "who told you" as the API answers it. */
export const nominationJsonSchema = z
  .object({
    id: z.string(),
    program: z.string(),
    friend: z.string(),
    advocate: z.string().nullable(),
    said: z.string(),
    order: z.string().nullable(),
    state: z.enum(NOMINATION_STATES),
    reason: z.string().nullable(),
    at: z.string(),
    confirmedAt: z.string().nullable(),
    decidedAt: z.string().nullable(),
  })
  .meta({ id: "Nomination" });

export function nominationToJson(row: NominationRow): z.infer<typeof nominationJsonSchema> {
  return {
    id: row.id,
    program: row.programId,
    friend: row.friendExternalId ?? row.friendId,
    advocate: row.advocateExternalId ?? row.advocateCustomerId,
    said: row.said,
    order: row.orderId,
    state: row.state,
    reason: row.reason,
    at: row.at.toISOString(),
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}
