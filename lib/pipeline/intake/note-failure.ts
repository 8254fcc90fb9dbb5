import { DomainError } from "@/lib/core/errors";
import { inScope, type Scope } from "@/lib/merchants/scope";

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 3_600_000;

/**
 * Notes on an event in the inbox why it failed, and when it is tried again: each time after twice
 * as long, up to an hour.
 */
export async function noteFailure(scope: Scope, eventId: string, error: unknown): Promise<void> {
  const message =
    error instanceof DomainError
      ? error.message
      : error instanceof Error
        ? `${error.name}: ${error.message}`
        : String(error);
  await inScope(
    scope,
    (db) => db.$executeRaw`
    UPDATE event_inbox SET attempts = attempts + 1, last_error = ${message.slice(0, 2_000)},
      next_try_at = now() + interval '1 millisecond'
        * LEAST(${FIRST_RETRY_MS} * power(2, LEAST(attempts, 20)), ${LONGEST_RETRY_MS})
    WHERE merchant_id = ${scope.merchantId} AND event_id = ${eventId}`,
  );
}
