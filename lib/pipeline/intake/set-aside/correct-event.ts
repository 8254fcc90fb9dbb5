import { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { emailSchema } from "@/lib/core/values/email";
import { customerByRef } from "@/lib/customers/queries/customers";
import { storeEvent } from "@/lib/events/commands/store-event";
import type { EventBody } from "@/lib/events/schema";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, type Tx } from "@/lib/merchants/scope";
import { processEvent } from "../../process-event";
import { discard, lockFailed } from "./discard-event";
import { failedAgain } from "./retry-event";

export const correctEventSchema = z.object({
  eventId: z.string().min(1).max(40),
  /** An email address, or the shop's or our id of a known customer. */
  customer: z.string("Enter the customer.").trim().min(1, "Enter the customer.").max(254),
});

/** Where the sender may have been wrong about whom it is about; our own pages know. */
const CORRECTABLE: ReadonlySet<string> = new Set(["api", "browser", "dashboard"]);

/** Whether an event says itself whom it is about. A refund is about whose order it was. */
export function isCorrectable({ source, type }: { source: string; type: string }): boolean {
  return CORRECTABLE.has(source) && type !== "refund";
}

/**
 * Says whom an event that failed is about. What was received stays as it is, on record as
 * corrected; the same fact with the right customer is recorded by whoever corrects it, and
 * processed at once.
 * @returns the event that counts instead
 * @throws DomainError not_found when it is not in the inbox; conflict when it has not failed, or
 * fails again: then nothing has changed
 */
export async function correctEvent(
  scope: Scope,
  { eventId, customer }: z.infer<typeof correctEventSchema>,
): Promise<{ eventId: string }> {
  requirePermission(scope, "event.enter");
  return inScope(scope, async (tx) => {
    await lockFailed(tx, eventId);
    const event = await tx.db.event.findUniqueOrThrow({
      where: { merchantId_id: { merchantId: tx.merchantId, id: eventId } },
    });
    if (!isCorrectable(event))
      throw new DomainError("conflict", "This event does not name its customer.");
    const body = event.body as EventBody;
    const corrected = await storeEvent(tx, {
      source: "dashboard",
      dedupeKey: `correction:${eventId}`,
      occurredAt: event.occurredAt,
      body: { ...body, customer: await whoIsMeant(tx, customer, body) },
      ...(event.visitorId && { visitorId: event.visitorId }),
      ...(event.channel && { channel: event.channel }),
    });
    const message = `Corrected by ${tx.actor.label}. Another event counts instead.`;
    await discard(tx, eventId, [{ code: "corrected", message, correctedAs: corrected.eventId }]);
    await processEvent(tx, corrected.eventId).catch(failedAgain);
    await recordAudit(tx, {
      action: "event.correct",
      subjectType: "event",
      subjectId: eventId,
      summary: "Corrected the customer of an event",
      detail: { correctedAs: corrected.eventId },
    });
    return { eventId: corrected.eventId };
  });
}

/** A customer who is known keeps their name; one who is new has what the event told of them. */
async function whoIsMeant(
  tx: Tx,
  ref: string,
  { customer }: EventBody,
): Promise<NonNullable<EventBody["customer"]>> {
  const known = await customerByRef(tx, ref).catch((error: unknown) => {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  });
  if (known?.externalId) return { id: known.externalId };
  if (known?.email) return { email: known.email };
  const email = emailSchema.safeParse(ref);
  if (!email.success) {
    const message = "No customer has this id. An email address works for new ones.";
    throw new DomainError("invalid_request", message, "customer");
  }
  const { id: _, email: __, ...told } = customer ?? {};
  const isKnown = await tx.db.customer.findFirst({
    where: { merchantId: tx.merchantId, email: email.data },
    select: { id: true },
  });
  return isKnown ? { email: email.data } : { ...told, email: email.data };
}
