import { Prisma } from "@/lib/core/db";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";

/** The inbox: what process-event has not finished, and what it gave up on. */

type InboxRow = {
  eventId: string;
  type: string;
  source: string;
  orderId: string | null;
  queuedAt: Date;
  attempts: number;
  lastError: string | null;
};

/** An event that is tried, or waits for its next try. */
export type WaitingRow = InboxRow & {
  nextTryAt: Date;
  /** The event that was set aside and that it waits for: the purchase of a refund. */
  blockedBy: string | null;
};

/** An event that failed too often, and what waits for it. */
export type SetAsideRow = InboxRow & {
  setAsideAt: Date;
  /** Whom the event says it is about. */
  said: { id?: string; email?: string } | null;
  /** Events that wait for it: refunds of its order. */
  blocked: string[];
};

const COLUMNS = Prisma.sql`
  i.event_id AS "eventId", e.type, e.source,
  COALESCE(e.body->'order'->>'id', e.body->'refund'->>'orderId') AS "orderId",
  i.queued_at AS "queuedAt", i.attempts, i.last_error AS "lastError"`;

/** What process-event has not finished, what failed first; and how much of it there is. */
export async function listWaiting(
  scope: Scope,
  limit = 50,
): Promise<{ rows: WaitingRow[]; waiting: number; failed: number; setAside: number }> {
  requirePermission(scope, "event.read");
  return inScope(scope, async ({ db, merchantId }) => {
    const rows = await db.$queryRaw<WaitingRow[]>`
      SELECT ${COLUMNS}, i.next_try_at AS "nextTryAt",
        (SELECT p.id FROM event_inbox a
          JOIN event p ON p.merchant_id = a.merchant_id AND p.id = a.event_id
          WHERE a.merchant_id = i.merchant_id AND a.set_aside_at IS NOT NULL
            AND e.type = 'refund' AND p.body->'order'->>'id' = e.body->'refund'->>'orderId'
          LIMIT 1) AS "blockedBy"
      FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
      WHERE i.merchant_id = ${merchantId} AND i.set_aside_at IS NULL
      ORDER BY (i.attempts > 0) DESC, i.queued_at DESC LIMIT ${limit}`;
    const [counts] = await db.$queryRaw<[{ waiting: number; failed: number; setAside: number }]>`
      SELECT (count(*) FILTER (WHERE set_aside_at IS NULL))::int AS waiting,
        (count(*) FILTER (WHERE set_aside_at IS NULL AND attempts > 0))::int AS failed,
        count(set_aside_at)::int AS "setAside"
      FROM event_inbox WHERE merchant_id = ${merchantId}`;
    return { rows, ...counts };
  });
}

/** What failed too often and waits for a person, the longest first, with what it holds up. */
export async function listSetAside(scope: Scope, limit = 50): Promise<SetAsideRow[]> {
  requirePermission(scope, "event.read");
  return inScope(
    scope,
    ({ db, merchantId }) => db.$queryRaw<SetAsideRow[]>`
      SELECT ${COLUMNS}, i.set_aside_at AS "setAsideAt",
        jsonb_strip_nulls(jsonb_build_object('id', e.body->'customer'->'id',
          'email', e.body->'customer'->'email')) AS said,
        ARRAY(SELECT r.id FROM event_inbox w
          JOIN event r ON r.merchant_id = w.merchant_id AND r.id = w.event_id
          WHERE w.merchant_id = i.merchant_id AND r.type = 'refund' AND e.type = 'purchase'
            AND r.body->'refund'->>'orderId' = e.body->'order'->>'id'
          ORDER BY r.id LIMIT 20) AS blocked
      FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
      WHERE i.merchant_id = ${merchantId} AND i.set_aside_at IS NOT NULL
      ORDER BY i.set_aside_at, i.event_id LIMIT ${limit}`,
  );
}

/** What an event that was set aside holds up, and what holds up one that waits. */
export async function blockedWith(
  scope: Scope,
  eventId: string,
): Promise<{ blocked: string[]; blockedBy: string | null }> {
  requirePermission(scope, "event.read");
  const [row] = await inScope(
    scope,
    ({ db, merchantId }) => db.$queryRaw<{ blocked: string[]; blockedBy: string | null }[]>`
      WITH mine AS (
        SELECT e.type, COALESCE(e.body->'order'->>'id', e.body->'refund'->>'orderId') AS order_id,
          i.set_aside_at
        FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
        WHERE i.merchant_id = ${merchantId} AND i.event_id = ${eventId}
      ), others AS (
        SELECT e.id, e.type, i.set_aside_at,
          COALESCE(e.body->'order'->>'id', e.body->'refund'->>'orderId') AS order_id
        FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
        WHERE i.merchant_id = ${merchantId} AND e.type IN ('purchase', 'refund')
      )
      SELECT
        ARRAY(SELECT o.id FROM others o WHERE o.order_id = mine.order_id AND o.type = 'refund'
          AND mine.type = 'purchase' AND mine.set_aside_at IS NOT NULL ORDER BY o.id LIMIT 20
        ) AS blocked,
        (SELECT o.id FROM others o WHERE o.order_id = mine.order_id AND o.type = 'purchase'
          AND mine.type = 'refund' AND o.set_aside_at IS NOT NULL LIMIT 1) AS "blockedBy"
      FROM mine`,
  );
  return row ?? { blocked: [], blockedBy: null };
}
