import type { Db } from "@/lib/core/db";
import type { StoredEvent } from "../intake/stored-event";

/**
 * Takes events out of the inbox's line: locked until the transaction ends, oldest first. It enters
 * the merchant as well, so that it can be a transaction's first statement. Left out are those that
 * are not in the inbox, and those with which somebody else is at work.
 */
export async function takeEvents(
  db: Db,
  merchantId: string,
  eventIds: readonly string[],
): Promise<StoredEvent[]> {
  return db.$queryRaw<StoredEvent[]>`
    SELECT id, type, source, provenance, occurred_at AS "occurredAt",
      recorded_at AS "recordedAt", visitor_id AS "visitorId", advocate_id AS "advocateId",
      channel, body
    FROM goodword_take_events(${merchantId}, ${[...eventIds]}::text[])`;
}
