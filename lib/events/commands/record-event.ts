import { DomainError, type ErrorCode } from "@/lib/core/errors";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { provenanceOf } from "../rules/provenance-of";
import { readEvent } from "../rules/read-event";
import type { EventSource } from "../schema";
import { storeEvent } from "./store-event";

/**
 * Records an event that a person of the merchant entered (a conversion by hand, a row of an
 * import): read by the same rules as the API's, stored in the scope's transaction.
 * @param raw an event of the contract, as `POST /api/v1/events` takes it
 * @returns the event's id, and whether it was there already
 * @throws DomainError with the place in the event; idempotency_conflict when its key stands for
 * something else
 */
export async function recordEvent(
  scope: Scope,
  raw: unknown,
  source: EventSource = "dashboard",
): Promise<{ eventId: string; duplicate: boolean }> {
  const event = readEvent(raw, {
    asset: scope.asset,
    now: scopeNow(scope),
    provenance: provenanceOf(source),
  });
  if ("refused" in event) {
    const { code, message, path } = event.refused;
    throw new DomainError(knownCode(code), message, path === "" ? undefined : path);
  }
  return storeEvent(scope, {
    source,
    dedupeKey: event.dedupeKey || undefined,
    occurredAt: event.occurredAt,
    body: event.body,
    bodyHash: event.bodyHash,
    visitorId: event.body.visitorId,
    channel: event.type === "share" ? event.body.context?.channel : undefined,
  });
}

function knownCode(code: string): ErrorCode {
  return code === "payload_too_large" ? code : "invalid_request";
}
