import { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import type { Decision } from "../../decide/decision";

export const discardEventSchema = z.object({
  eventId: z.string().min(1).max(40),
  reason: z.string("Enter a reason.").trim().min(1, "Enter a reason.").max(300),
});

/**
 * Takes an event that failed out of the inbox for good: it stays on record with the reason, and
 * counts for nothing.
 * @throws DomainError not_found when it is not in the inbox; conflict when it has not failed
 */
export async function discardEvent(
  scope: Scope,
  { eventId, reason }: z.infer<typeof discardEventSchema>,
): Promise<void> {
  requirePermission(scope, "event.discard");
  await inScope(scope, async (tx) => {
    await lockFailed(tx, eventId);
    const message = `Discarded by ${tx.actor.label}: ${reason}`;
    await discard(tx, eventId, [{ code: "discarded", message }]);
    await recordAudit(tx, {
      action: "event.discard",
      subjectType: "event",
      subjectId: eventId,
      summary: "Discarded an event that could not be processed",
      detail: { reason },
    });
  });
}

/**
 * Locks an event that waits after a failure. One that nobody tried yet is not for staff to judge.
 * @throws DomainError not_found, conflict
 */
export async function lockFailed(tx: Tx, eventId: string): Promise<void> {
  await tx.lock.events(eventId);
  const [row] = await tx.db.$queryRaw<{ attempts: number }[]>`
    SELECT attempts FROM event_inbox
    WHERE merchant_id = ${tx.merchantId} AND event_id = ${eventId}`;
  if (!row) throw new DomainError("not_found", "This event is no longer waiting.");
  if (row.attempts === 0) throw new DomainError("conflict", "This event has not failed.");
}

/** Ends the story of an event that was never processed: its outcome says why. */
export async function discard(
  tx: Tx,
  eventId: string,
  decisions: readonly Decision[],
): Promise<void> {
  const { db, merchantId } = tx;
  await db.$executeRaw`
    WITH done AS (
      DELETE FROM event_inbox WHERE merchant_id = ${merchantId} AND event_id = ${eventId}
    )
    INSERT INTO event_outcome
      (merchant_id, event_id, customer_id, referral_id, type, occurred_at, processed_at, decisions)
    SELECT e.merchant_id, e.id, NULL, NULL, e.type, e.occurred_at, ${scopeNow(tx)},
      ${JSON.stringify(decisions)}::jsonb
    FROM event e WHERE e.merchant_id = ${merchantId} AND e.id = ${eventId}`;
}
