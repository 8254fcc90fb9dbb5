import { hash } from "node:crypto";
import type { Prisma } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import { may, type Provenance } from "@/lib/merchants/rules/provenance";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { provenanceOf } from "../rules/provenance-of";
import { onceKey } from "../rules/read-event";
import type { EventBody, EventSource } from "../schema";

/**
 * A fact that the product itself records: a share, a join, a claim, a conversion entered by hand.
 */
export type NewEvent = {
  source: EventSource;
  /** Who says it; by default whoever acts, at that door. */
  provenance?: Provenance;
  /**
   * What makes it count once within the merchant, as "share:adv_…:whatsapp:2026-11-21"; left out,
   * it always counts.
   */
  dedupeKey?: string;
  /** The merchant's time now by default, and always where a browser says it. */
  occurredAt?: Date;
  body: EventBody;
  /** The SHA-256 of the canonical body where it is known already. */
  bodyHash?: string;
  visitorId?: string;
  programId?: string;
  advocateId?: string;
  channel?: string;
};

/**
 * Stores an event and its place in the inbox within the scope's transaction.
 * @returns the event's id, and whether it was there already
 * @throws DomainError idempotency_conflict when another fact stands under the same key
 */
export async function storeEvent(
  scope: Scope,
  event: NewEvent,
): Promise<{ eventId: string; duplicate: boolean }> {
  return inScope(scope, async ({ db, merchantId, actor }) => {
    const id = newId("evt");
    const dedupeKey = event.dedupeKey ?? onceKey(id);
    const recordedAt = scopeNow(scope);
    const bodyJson = canonicalJson(event.body);
    const bodyHash = event.bodyHash ?? hash("sha256", bodyJson, "hex");
    const { advocateId } = event;
    const provenance = event.provenance ?? provenanceOf(event.source, { advocateId, actor });
    const mayDate = may({ provenance, type: event.body.type }, "date");
    const { count } = await db.event.createMany({
      data: [
        {
          merchantId,
          id,
          dedupeKey,
          type: event.body.type,
          occurredAt: (mayDate && event.occurredAt) || recordedAt,
          recordedAt,
          source: event.source,
          provenance,
          bodyHash,
          body: JSON.parse(bodyJson) as Prisma.InputJsonObject,
          visitorId: event.visitorId ?? null,
          programId: event.programId ?? null,
          advocateId: advocateId ?? null,
          channel: event.channel ?? null,
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) {
      const earlier = await db.event.findUniqueOrThrow({
        where: { merchantId_dedupeKey: { merchantId, dedupeKey } },
        select: { id: true, bodyHash: true },
      });
      if (earlier.bodyHash === bodyHash) return { eventId: earlier.id, duplicate: true };
      throw new DomainError(
        "idempotency_conflict",
        "A different event was already recorded with this id.",
        "id",
      );
    }
    const queuedAt = systemNow();
    await db.eventInbox.create({
      data: { merchantId, eventId: id, queuedAt, nextTryAt: queuedAt },
    });
    return { eventId: id, duplicate: false };
  });
}

/** JSON with its keys in order at every level. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  );
}
