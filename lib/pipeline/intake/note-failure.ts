import { DomainError, isPassing } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { may, type Said } from "@/lib/merchants/rules/provenance";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { OrderNotYetKnown } from "./record-refund";
import { discard } from "./set-aside/discard-event";

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 3_600_000;
/** After so many failures an event is set aside. */
const MOST_ATTEMPTS = 10;

/**
 * Notes on an event in the inbox why it failed, and when it is tried again: each time after twice
 * as long, up to an hour. One that failed ten times is set aside: it is tried no more, and staff
 * see it with its reason until they retry, correct or discard it. A refund that waits for its order
 * has not failed; it waits as long as it takes. Nor has an event that the database had no time for:
 * otherwise one bad quarter of an hour would set everything aside.
 *
 * What a web page sent is discarded instead, with its reason: anybody can send it, and a shelf that
 * strangers can fill is one that nobody looks at.
 */
export async function noteFailure(scope: Scope, eventId: string, error: unknown): Promise<void> {
  const reason = reasonOf(error).slice(0, 2_000);
  if (isPassing(error)) return tryAgainSoon(scope, eventId, reason);
  const waits = error instanceof OrderNotYetKnown;
  const noted = await inScope(scope, async (tx) => {
    const [row] = await tx.db.$queryRaw<NotedRow[]>`
      UPDATE event_inbox i SET attempts = i.attempts + 1, last_error = ${reason},
        next_try_at = now() + interval '1 millisecond'
          * LEAST(${FIRST_RETRY_MS} * power(2, LEAST(i.attempts, 20)), ${LONGEST_RETRY_MS}),
        set_aside_at = CASE WHEN NOT ${waits} AND i.attempts + 1 >= ${MOST_ATTEMPTS}
          THEN COALESCE(i.set_aside_at, now()) ELSE i.set_aside_at END
      FROM event e, event_inbox before
      WHERE i.merchant_id = ${tx.merchantId} AND i.event_id = ${eventId}
        AND e.merchant_id = i.merchant_id AND e.id = i.event_id
        AND before.merchant_id = i.merchant_id AND before.event_id = i.event_id
      RETURNING i.attempts, e.provenance, e.type,
        i.set_aside_at IS NOT NULL AND before.set_aside_at IS NULL AS "isNew"`;
    if (row?.isNew && isAnybodys(row)) {
      const message = `Discarded after ${row.attempts} failed attempts: ${reason}`;
      await discard(tx, eventId, [{ code: "discarded", message }]);
    }
    return row;
  });
  if (waits) await wakeWithOrder(scope, eventId);
  if (!noted?.isNew) return;
  const about = { merchantId: scope.merchantId, eventId, reason, attempts: noted.attempts };
  if (isAnybodys(noted)) log.warn(about, "an event of a web page was discarded");
  else log.error(about, "an event was set aside");
}

type NotedRow = Said & { attempts: number; isNew: boolean };

/** Whether anybody could have sent it. */
function isAnybodys(event: Said): boolean {
  return !may(event, "identify") && event.provenance === "browser";
}

/** The order may have come while its refund failed, and found nobody asleep whom it could wake. */
async function wakeWithOrder(scope: Scope, eventId: string): Promise<void> {
  await inScope(
    scope,
    ({ db }) => db.$executeRaw`
      UPDATE event_inbox i SET next_try_at = now() FROM event e, shop_order o
      WHERE i.merchant_id = ${scope.merchantId} AND i.event_id = ${eventId}
        AND e.merchant_id = i.merchant_id AND e.id = i.event_id
        AND o.merchant_id = e.merchant_id AND o.id = e.body->'refund'->>'orderId'`,
  );
}

async function tryAgainSoon(scope: Scope, eventId: string, reason: string): Promise<void> {
  await inScope(
    scope,
    ({ db }) => db.$executeRaw`
      UPDATE event_inbox SET last_error = ${reason},
        next_try_at = now() + interval '1 millisecond' * ${FIRST_RETRY_MS}
      WHERE merchant_id = ${scope.merchantId} AND event_id = ${eventId}`,
  );
}

function reasonOf(error: unknown): string {
  if (error instanceof DomainError) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
