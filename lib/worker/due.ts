import { Prisma } from "@/lib/core/db";
import { systemNow } from "@/lib/core/time";

/** How many items a job takes on in one round, and how many of them may be one merchant's. */
export const BATCH = 1_000;
export const MOST_OF_ONE = 500;

/** What a round of work is limited to. */
export type WorkFilter = {
  /** One merchant: for its test clock. */
  merchantId?: string;
  /** Leaves out what is due only because a sandbox's clock was moved: to see what is late. */
  realTimeOnly?: boolean;
};

/** A piece of work: `dueAt` says since when, null where that is not on record. */
export type DueItem = { merchantId: string; id: string; dueAt: Date | null };

/** A condition that keeps to the merchant of the filter, if it names one. */
export function ofMerchant(
  { merchantId }: WorkFilter,
  column = Prisma.sql`merchant_id`,
): Prisma.Sql {
  return merchantId === undefined ? Prisma.sql`TRUE` : Prisma.sql`${column} = ${merchantId}`;
}

/**
 * A recursive CTE `shops (merchant_id)`: the merchants that have rows in a table, or the one that
 * is given. They are found by skipping through an index from one merchant to the next, not by
 * reading it, so that the rows of each can be read up to its share.
 * @param table a tenant table with `merchant_id` first in its key
 */
export function shopsIn(table: Prisma.Sql, merchantId?: string): Prisma.Sql {
  if (merchantId !== undefined)
    return Prisma.sql`shops AS (SELECT ${merchantId}::text AS merchant_id)`;
  return Prisma.sql`
    shops AS (
      (SELECT merchant_id FROM ${table} ORDER BY merchant_id LIMIT 1)
      UNION ALL
      SELECT (
        SELECT i.merchant_id FROM ${table} i WHERE i.merchant_id > s.merchant_id
        ORDER BY i.merchant_id LIMIT 1
      ) FROM shops s WHERE s.merchant_id IS NOT NULL
    )`;
}

/**
 * A query for the rows of a table whose time has come by their merchant's clock.
 * @param query.table a tenant table; its alias is `t`
 * @param query.at the column with the time
 * @param query.where what else must be true of a row, given that clock
 * @param query.columns what to select beside `"merchantId"` and `"dueAt"`
 */
export function dueBy(
  filter: WorkFilter,
  query: {
    table: Prisma.Sql;
    at: Prisma.Sql;
    where: Prisma.Sql | ((clock: Prisma.Sql) => Prisma.Sql);
    columns?: Prisma.Sql;
  },
): Prisma.Sql {
  const { table, at, columns = Prisma.sql`t.id` } = query;
  const where = typeof query.where === "function" ? query.where : () => query.where as Prisma.Sql;
  const selected = Prisma.sql`t.merchant_id AS "merchantId", ${columns}, ${at} AS "dueAt"`;
  const ours = ofMerchant(filter, Prisma.sql`t.merchant_id`);
  const realTime = Prisma.sql`${systemNow()}::timestamptz`;
  const dueNow = Prisma.sql`
    SELECT ${selected} FROM ${table} t
    WHERE ${where(realTime)} AND ${at} <= ${realTime} AND ${ours}`;
  if (filter.realTimeOnly) return dueNow;
  // Sandboxes whose clock was moved come apart, so that an index finds what is due for all others.
  const moved = Prisma.sql`(${realTime} + m.clock_offset_ms * interval '1 millisecond')`;
  return Prisma.sql`${dueNow}
    UNION
    SELECT ${selected} FROM merchant m JOIN ${table} t ON t.merchant_id = m.id
    WHERE m.clock_offset_ms > 0 AND ${where(moved)} AND ${at} <= ${moved} AND ${ours}`;
}
