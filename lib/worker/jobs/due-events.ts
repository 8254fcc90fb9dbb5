import { Prisma } from "@/lib/core/db";
import { systemNow } from "@/lib/core/time";
import { BATCH, type WorkFilter } from "../due";

/**
 * Events whose next try has come, with the columns of `DueItem`, whose they are (`person`), and
 * `turn`: their place among those of their merchant. Taken by turn, merchants share a round: one
 * merchant's import does not delay another's single event. No more of a merchant is read than a
 * round takes, however much waits.
 */
export function dueEvents({ merchantId, realTimeOnly }: WorkFilter): Prisma.Sql {
  const most = realTimeOnly ? 1 : BATCH;
  const shops =
    merchantId === undefined
      ? SHOPS_WITH_EVENTS
      : Prisma.sql`shops AS (SELECT ${merchantId}::text AS merchant_id)`;
  return Prisma.sql`
    WITH RECURSIVE ${shops}
    SELECT d.*, row_number() OVER (
      PARTITION BY d."merchantId" ORDER BY d."dueAt", d.id
    )::int AS turn
    FROM shops s CROSS JOIN LATERAL (
      SELECT i.merchant_id AS "merchantId", i.event_id AS id, i.next_try_at AS "dueAt",
        e.lane AS person
      FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
      WHERE i.merchant_id = s.merchant_id AND i.next_try_at <= ${systemNow()}
        AND i.set_aside_at IS NULL
      ORDER BY i.next_try_at, i.event_id LIMIT ${most}
    ) d`;
}

/** Found by skipping through the index from one merchant to the next, not by reading it. */
const SHOPS_WITH_EVENTS = Prisma.sql`
  shops AS (
    (SELECT merchant_id FROM event_inbox ORDER BY merchant_id LIMIT 1)
    UNION ALL
    SELECT (
      SELECT i.merchant_id FROM event_inbox i WHERE i.merchant_id > s.merchant_id
      ORDER BY i.merchant_id LIMIT 1
    ) FROM shops s WHERE s.merchant_id IS NOT NULL
  )`;
