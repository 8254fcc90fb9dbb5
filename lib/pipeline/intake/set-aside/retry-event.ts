import { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { requirePermission, type Scope } from "@/lib/merchants/scope";
import { processEvent } from "../../process-event";
import { noteFailure } from "../note-failure";

export const retryEventSchema = z.object({ eventId: z.string().min(1).max(40) });

/**
 * Tries an event in the inbox now instead of when its turn comes. A failure is noted like any
 * other.
 * @throws DomainError conflict when it fails again, with the reason; not_found when it is not in
 * the inbox
 */
export async function retryEvent(
  scope: Scope,
  { eventId }: z.infer<typeof retryEventSchema>,
): Promise<void> {
  requirePermission(scope, "event.enter");
  const outcome = await processEvent(scope, eventId).catch(async (error: unknown) => {
    await noteFailure(scope, eventId, error);
    return failedAgain(error);
  });
  if (outcome === null) throw new DomainError("not_found", "This event is no longer waiting.");
  await recordAudit(scope, {
    action: "event.retry",
    subjectType: "event",
    subjectId: eventId,
    summary: "Tried a waiting event again",
  });
}

/** @throws DomainError conflict, with why it failed this time */
export function failedAgain(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw new DomainError("conflict", `It failed again: ${why}`);
}
