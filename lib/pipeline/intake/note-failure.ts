import { DomainError } from "@/lib/core/errors";
import { inScope, type Scope } from "@/lib/merchants/scope";

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 3_600_000;

/** Keeps an event in the inbox with what stood in its way, to be tried again later. */
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
      next_try_at = now() + LEAST(${FIRST_RETRY_MS} * power(2, LEAST(attempts, 20)), ${LONGEST_RETRY_MS}) * interval '1 millisecond'
    WHERE merchant_id = ${scope.merchantId} AND event_id = ${eventId}`,
  );
}
