import type { Tx } from "@/lib/merchants/scope";
import type { Action } from "@/lib/terms/facts/actions";
import type { LoadedAdvocate } from "../advocates";

type VisitRow = { eventId: string; visitorId: string; at: Date; channel: string | null };

/**
 * The visits to an advocate's links among these clicks: each visitor once, and never the advocate's
 * own browser.
 */
export async function readVisits(
  { db, merchantId }: Tx,
  advocate: LoadedAdvocate,
  eventIds: readonly string[],
): Promise<Action[]> {
  const visits = await db.$queryRaw<VisitRow[]>`
    SELECT DISTINCT ON (e.visitor_id) e.id AS "eventId", e.visitor_id AS "visitorId",
      e.occurred_at AS at, e.channel
    FROM event e
    WHERE e.merchant_id = ${merchantId} AND e.id = ANY(${[...eventIds]}::text[])
      AND e.visitor_id IS NOT NULL
      AND NOT EXISTS (SELECT FROM customer_visitor v
        WHERE v.merchant_id = e.merchant_id AND v.visitor_id = e.visitor_id
          AND v.customer_id = ${advocate.customerId})
      AND NOT EXISTS (SELECT FROM event f
        WHERE f.merchant_id = e.merchant_id AND f.visitor_id = e.visitor_id
          AND f.advocate_id = e.advocate_id AND f.type = 'click'
          AND (f.occurred_at, f.id) < (e.occurred_at, e.id))
    ORDER BY e.visitor_id, e.occurred_at, e.id`;
  return visits
    .toSorted((one, other) => one.at.getTime() - other.at.getTime())
    .map((visit) => ({ kind: "visit", ...visit }));
}
