import { daysOf } from "@/lib/core/lists/day-filter";
import { dayFilter } from "@/lib/core/values/day";
import { z } from "zod";
import { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { decodeCursor, type Page, toPage } from "@/lib/core/paging";
import { DAY_MS } from "@/lib/core/time";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";

export const eventFilterSchema = z.object({
  /** Facts, or clicks on share links: there are many more of those, and they say less. */
  kind: z.enum(["facts", "clicks"]).default("facts"),
  type: z.string().max(64).optional(),
  /** Whose it was, by our id. */
  customer: z.string().max(40).optional(),
  ...dayFilter,
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type EventFilter = z.infer<typeof eventFilterSchema>;

/** What was decided over an event: a stable code and one sentence. */
export type StoredDecision = { code: string; message: string };

export type EventRow = {
  id: string;
  type: string;
  source: string;
  occurredAt: Date;
  recordedAt: Date;
  channel: string | null;
  orderId: string | null;
  customerId: string | null;
  customerName: string | null;
  customerEmail: string | null;
  referralId: string | null;
  /** Null while it waits in the inbox. */
  processedAt: Date | null;
  decisions: StoredDecision[] | null;
  /** Tries so far and the last error, while it waits. */
  attempts: number | null;
  lastError: string | null;
  /** Since when it is not tried any more. */
  setAsideAt: Date | null;
};

/** An order named by the event, of a purchase or of a refund. */
const SELECT = Prisma.sql`
  SELECT e.id, e.type, e.source, e.occurred_at AS "occurredAt", e.recorded_at AS "recordedAt",
    e.channel,
    COALESCE(e.body->'order'->>'id', e.body->'refund'->>'orderId') AS "orderId",
    o.customer_id AS "customerId", c.name AS "customerName", c.email AS "customerEmail",
      o.referral_id AS "referralId",
    o.processed_at AS "processedAt", o.decisions, i.attempts, i.last_error AS "lastError",
    i.set_aside_at AS "setAsideAt"
  FROM event e
  LEFT JOIN event_outcome o ON o.merchant_id = e.merchant_id AND o.event_id = e.id
  LEFT JOIN event_inbox i ON i.merchant_id = e.merchant_id AND i.event_id = e.id
  LEFT JOIN customer c ON c.merchant_id = o.merchant_id AND c.id = o.customer_id`;

/**
 * Events in the order we took them in, newest first: ids sort as they were made, facts and clicks
 * apart, so that the primary key is all the index it takes.
 */
export async function listEvents(scope: Scope, filter: EventFilter): Promise<Page<EventRow>> {
  requirePermission(scope, "event.read");
  const prefix = filter.kind === "clicks" ? "clk_" : "evt_";
  // Ids go on with their time in digits: "z" comes after all of them in every collation.
  const [before] = filter.cursor ? decodeCursor(filter.cursor, 1) : [];
  const where = [
    Prisma.sql`e.merchant_id = ${scope.merchantId} AND e.id >= ${prefix}`,
    Prisma.sql`e.id < ${before ?? `${prefix}z`}`,
    ...daysOf(Prisma.sql`e.recorded_at`, filter, scope.timeZone),
    ...(filter.type ? [Prisma.sql`e.type = ${filter.type}`] : []),
    ...(filter.customer ? [Prisma.sql`o.customer_id = ${filter.customer}`] : []),
  ];
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<EventRow[]>`
    ${SELECT} WHERE ${Prisma.join(where, " AND ")} ORDER BY e.id DESC LIMIT ${filter.limit + 1}`,
  );
  return toPage(rows, filter.limit, (row) => [row.id]);
}

/** One event with its body as received. @throws DomainError not_found */
export async function eventById(
  scope: Scope,
  eventId: string,
): Promise<EventRow & { body: unknown }> {
  requirePermission(scope, "event.read");
  return inScope(scope, async ({ db, merchantId }) => {
    const [row] = await db.$queryRaw<
      EventRow[]
    >`${SELECT} WHERE e.merchant_id = ${merchantId} AND e.id = ${eventId}`;
    if (!row) throw notFound("event");
    const { body } = await db.event.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: eventId } },
      select: { body: true },
    });
    return { ...row, body };
  });
}

/** Clicks that came in crowds from one network and were not stored, of the last days. */
export async function clicksLeftOut(
  scope: Scope,
  days: number,
): Promise<{ clicks: number; links: number }> {
  requirePermission(scope, "event.read");
  const since = new Date(scopeNow(scope).getTime() - days * DAY_MS);
  const [row] = await inScope(
    scope,
    ({ db }) => db.$queryRaw<{ clicks: number; links: number }[]>`
    SELECT COALESCE(sum(clicks), 0)::int AS clicks, count(DISTINCT advocate_id)::int AS links
    FROM click_left_out WHERE merchant_id = ${scope.merchantId} AND day >= ${since}::date`,
  );
  return row!;
}

/**
 * The types that facts of this merchant have had, for a filter. Found by skipping through the
 * index, not by reading it.
 */
export async function eventTypes(scope: Scope): Promise<string[]> {
  requirePermission(scope, "event.read");
  const rows = await inScope(
    scope,
    ({ db }) => db.$queryRaw<{ type: string }[]>`
    WITH RECURSIVE known AS (
      (SELECT type FROM event WHERE merchant_id = ${scope.merchantId} ORDER BY type LIMIT 1)
      UNION ALL
      SELECT (SELECT e.type FROM event e WHERE e.merchant_id = ${scope.merchantId}
        AND e.type > known.type ORDER BY e.type LIMIT 1)
      FROM known WHERE known.type IS NOT NULL
    )
    SELECT type FROM known WHERE type IS NOT NULL AND type <> 'click' LIMIT 100`,
  );
  return rows.map(({ type }) => type);
}

export type CustomerOrder = {
  id: string;
  occurredAt: Date;
  totalMinor: bigint;
  refundedMinor: bigint;
  discountCode: string | null;
  eventId: string;
  refunds: { eventId: string; occurredAt: Date; amountMinor: bigint }[];
};

/** A customer's orders, newest first, each with what went back of it. */
export async function ordersOfCustomer(
  scope: Scope,
  customerId: string,
  limit = 50,
): Promise<CustomerOrder[]> {
  requirePermission(scope, "customer.read");
  return inScope(scope, ({ db }) =>
    db.order.findMany({
      where: { merchantId: scope.merchantId, customerId },
      orderBy: { occurredAt: "desc" },
      take: limit,
      select: {
        id: true,
        occurredAt: true,
        totalMinor: true,
        refundedMinor: true,
        discountCode: true,
        eventId: true,
        refunds: {
          select: { eventId: true, occurredAt: true, amountMinor: true },
          orderBy: { occurredAt: "asc" },
        },
      },
    }),
  );
}
