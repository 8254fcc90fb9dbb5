import { Prisma } from "@/lib/core/db";
import { systemNow } from "@/lib/core/time";
import { MOST_OF_ONE, shopsIn, type WorkFilter } from "../due";

/**
 * Events whose next try has come, with the columns of `DueItem` and whose they are (`person`). No
 * more of a merchant is read than a round takes, however much waits.
 */
export function dueEvents({ merchantId, realTimeOnly }: WorkFilter): Prisma.Sql {
  const most = realTimeOnly ? 1 : MOST_OF_ONE;
  return Prisma.sql`
    WITH RECURSIVE ${shopsIn(Prisma.sql`event_inbox`, merchantId)}
    SELECT d.* FROM shops s CROSS JOIN LATERAL (
      SELECT i.merchant_id AS "merchantId", i.event_id AS id, i.next_try_at AS "dueAt",
        e.lane AS person
      FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
      WHERE i.merchant_id = s.merchant_id AND i.next_try_at <= ${systemNow()}
        AND i.set_aside_at IS NULL
      ORDER BY i.next_try_at, i.event_id LIMIT ${most}
    ) d`;
}
