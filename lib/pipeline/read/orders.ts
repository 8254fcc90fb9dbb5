import { Prisma } from "@/lib/core/db";
import { bigintOf, dateOf, type JsonRow, type Query, readRows } from "@/lib/core/statements/query";
import type { Tx } from "@/lib/merchants/scope";
import type { OrderFact, OrderLineFact } from "@/lib/terms/facts/referrals";
import type { Asked } from "@/lib/terms/rules/asked";
import { type PeopleThen, peopleThenSql } from "./people";

/** An order and whose it is. */
export type CustomerOrder = OrderFact & { customerId: string };

/** What of orders is read beside their totals. */
export type AskedOfOrders = Pick<Asked, "lines" | "event"> & {
  /** The people of their events as they were then: see `PeopleThen`. */
  people: boolean;
};

type OrderRow = CustomerOrder & { people: PeopleThen | null };

/**
 * Orders with what the terms ask of them, oldest first.
 * @param from tables and joins, with shop_order o among them
 * @param where a condition on them
 */
export function ordersQuery(
  { merchantId }: Pick<Tx, "merchantId">,
  asked: AskedOfOrders,
  from: Prisma.Sql,
  where: Prisma.Sql,
): Query<OrderRow> {
  const context = asked.event
    ? Prisma.sql`e.body->'context'->>'country' AS country,
      COALESCE(e.channel, e.body->'context'->>'channel') AS channel`
    : Prisma.sql`NULL::text AS country, NULL::text AS channel`;
  const lines = asked.lines ? linesSql(merchantId) : Prisma.sql`NULL::json`;
  return {
    sql: Prisma.sql`
      SELECT o.id AS "orderId", o.customer_id AS "customerId", o.event_id AS "eventId",
        o.occurred_at AS "occurredAt", o.recorded_at AS "recordedAt", o.currency,
        (CASE WHEN o.stands THEN o.total_minor - o.refunded_minor ELSE 0 END)::text
          AS "remainingMinor",
        o.total_minor::text AS "totalMinor", ${context}, ${lines} AS lines,
        ${peopleThenSql(asked.people, merchantId, Prisma.sql`o.event_id`)} AS people
      FROM ${from} ${asked.event ? JOIN_EVENT : Prisma.empty}
      WHERE o.merchant_id = ${merchantId} AND ${where}
      ORDER BY o.occurred_at, o.event_id`,
    row: ({ occurredAt, recordedAt, remainingMinor, totalMinor, lines: found, ...order }) => ({
      ...order,
      occurredAt: dateOf(occurredAt),
      recordedAt: dateOf(recordedAt),
      remainingMinor: bigintOf(remainingMinor),
      totalMinor: bigintOf(totalMinor),
      lines: asked.lines ? (found ?? []).map(lineFact) : null,
    }),
  };
}

const JOIN_EVENT = Prisma.sql`
  JOIN event e ON e.merchant_id = o.merchant_id AND e.id = o.event_id`;

/** The lines of order o as they are now. */
function linesSql(merchantId: string): Prisma.Sql {
  return Prisma.sql`(
    SELECT json_agg(json_build_object('sku', l.sku, 'category', l.category,
      'totalMinor', l.total_minor::text,
      'remainingMinor', (l.total_minor - l.refunded_minor)::text,
      'cameBack', l.came_back) ORDER BY l.line)
    FROM order_line l WHERE l.merchant_id = ${merchantId} AND l.order_id = o.id
  )`;
}

function lineFact({ totalMinor, remainingMinor, ...line }: JsonRow): OrderLineFact {
  return {
    ...line,
    totalMinor: bigintOf(totalMinor),
    remainingMinor: bigintOf(remainingMinor),
  };
}

/**
 * Reads orders with what the terms ask of them, oldest first.
 * @param where a condition on shop_order o
 */
export async function readOrders(
  tx: Tx,
  asked: Pick<Asked, "lines" | "event">,
  where: Prisma.Sql,
): Promise<CustomerOrder[]> {
  const query = ordersQuery(tx, { ...asked, people: false }, Prisma.sql`shop_order o`, where);
  return (await readRows(tx.db, query)).map(({ people: _, ...order }) => order);
}

/** An order with what is asked of it, and nothing else. */
export function askedOrder(
  order: OrderFact,
  { lines, event }: Pick<Asked, "lines" | "event">,
): OrderFact {
  return {
    orderId: order.orderId,
    eventId: order.eventId,
    occurredAt: order.occurredAt,
    recordedAt: order.recordedAt,
    remainingMinor: order.remainingMinor,
    totalMinor: order.totalMinor,
    currency: order.currency,
    lines: lines ? order.lines : null,
    country: event ? order.country : null,
    channel: event ? order.channel : null,
  };
}

/** Sorts facts by when they happened; at the same instant, the lower event id came first. */
export function byTime(
  one: { occurredAt: Date; eventId: string },
  other: { occurredAt: Date; eventId: string },
): number {
  return (
    one.occurredAt.getTime() - other.occurredAt.getTime() || (one.eventId < other.eventId ? -1 : 1)
  );
}
