import { storeEvent } from "@/lib/events/commands/store-event";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { processEvent } from "@/lib/pipeline/process-event";
import type { NominationState } from "../schema";
import { type LockedNomination, updateNomination } from "./update-nomination";

/**
 * Makes a referral of a nomination, by an event of its own that the pipeline processes at once.
 * @returns accepted, or rejected where the program's rules refuse it
 */
export async function acceptNomination(
  tx: Tx,
  nomination: LockedNomination,
  advocateId: string,
): Promise<{ state: NominationState }> {
  const { merchantId } = tx;
  const { programId, friendId } = nomination;
  const friend = await tx.db.customer.findUniqueOrThrow({
    where: { merchantId_id: { merchantId, id: friendId } },
    select: { externalId: true, email: true },
  });
  const order = await tx.db.order.findUnique({
    where: { merchantId_id: { merchantId, id: nomination.orderId ?? "" } },
    select: { occurredAt: true },
  });
  const { code } = await tx.db.shareCode.findFirstOrThrow({
    where: { merchantId, advocateId },
    orderBy: { createdAt: "asc" },
    select: { code: true },
  });
  const occurredAt = order?.occurredAt ?? scopeNow(tx);
  const { eventId } = await storeEvent(tx, {
    source: "dashboard",
    occurredAt,
    dedupeKey: `nomination:${nomination.id}:${advocateId}`,
    programId,
    advocateId,
    body: {
      type: "nomination",
      code,
      occurredAt: occurredAt.toISOString(),
      customer: {
        ...(friend.externalId && { id: friend.externalId }),
        ...(friend.email && { email: friend.email }),
      },
    },
  });
  const outcome = await processEvent(tx, eventId);
  const referral = await tx.db.referral.findFirst({
    where: { merchantId, programId, friendId },
    orderBy: { round: "desc" },
    select: { advocateId: true, state: true },
  });
  const decided = { advocateId, decidedAt: scopeNow(tx), decidedBy: tx.actor.label };
  if (referral?.advocateId === advocateId && referral.state !== "rejected")
    return updateNomination(tx, nomination.id, { ...decided, state: "accepted" });
  const reason =
    outcome?.decisions.findLast(({ code }) => code !== "customer_unproven")?.message ??
    "The program does not accept this referral.";
  return updateNomination(tx, nomination.id, {
    ...decided,
    state: "rejected",
    reason: String(reason).slice(0, 300),
  });
}
