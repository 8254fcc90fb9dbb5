import { Prisma } from "@/lib/core/db";
import { dateInZone } from "@/lib/core/time";
import { clockSql } from "@/lib/core/zones/sql";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import {
  bucketsOf,
  type BucketUnit,
  type Days,
  firstDayOfBucket,
  lastDayOfBucket,
  spanOf,
} from "../days";
import { type Limit, limitText, withinGrid } from "../limits";
import { inReport, referredTable, type ReportScope } from "../sql";

/** A year of days and more; a row is as long as its future, so half a square. */
const LIMIT: Limit = { of: "cells", most: 100_000 };

export const definition = {
  name: "retention_cohorts",
  title: "Cohort retention",
  formula:
    "Share of a cohort that ordered in period N (exact), or in period N or later " + "(unbounded).",
  numerator: "Customers of the cohort with an order in period N, or in it or a later one shown.",
  denominator:
    "Customers whose first order is in the cohort’s period. Recurring cohorts: customers " +
    "who ordered in it.",
  window:
    "Calendar months, ISO weeks or days in the shop’s time zone. Periods are always " +
    "counted whole.",
  exclusions: "Refunded orders still count.",
  limit: limitText(LIMIT),
};

export type CohortQuestion = {
  days: Days;
  unit: BucketUnit;
  mode: "exact" | "unbounded";
  cohorts: "first" | "recurring";
  who: "all" | "referred" | "other";
};

type CohortRow = {
  /** The bucket's days. */
  days: Days;
  size: number;
  /**
   * Customers active k buckets later; column 0 is the cohort itself. As long as its future in view.
   */
  active: number[];
  /** The column that is still filling, if it is in view. */
  fillingAt: number | null;
};
export type CohortGrid = CohortQuestion & { rows: CohortRow[] };

/**
 * Retention by start bucket, counted in SQL over every order ever, so that a cohort is who really
 * began in it.
 * @throws DomainError invalid_request (path "from") beyond the limit of cells
 */
export async function cohortGrid(scope: Scope, question: CohortQuestion): Promise<CohortGrid> {
  const { unit } = question;
  const days = {
    from: firstDayOfBucket(question.days.from, unit),
    to: lastDayOfBucket(question.days.to, unit),
  };
  const today = dateInZone(scopeNow(scope), scope.timeZone);
  // Buckets that have not begun are unknown: there is nothing to count.
  const thisBucket = lastDayOfBucket(today, unit);
  const begun = { from: days.from, to: days.to < thisBucket ? days.to : thisBucket };
  const bounded = withinGrid(LIMIT, begun, unit);
  const buckets = bucketsOf(begun, unit);
  const rows = await inReport(scope, bounded, (tx) => count(tx, { ...question, days: begun }));
  const active = buckets.map((_, start) => Array.from({ length: buckets.length - start }, () => 0));
  for (const { start, later, customers } of rows) {
    const row = active[start];
    if (!row || row[later] === undefined) continue;
    if (question.mode === "exact") row[later] = customers;
    // Counted at their last bucket: they are still there in every one up to it.
    else for (let k = 0; k <= later; k += 1) row[k] = (row[k] ?? 0) + customers;
  }
  const running = buckets.findIndex((bucket) => bucket.from <= today && today <= bucket.to);
  return {
    ...question,
    days,
    rows: buckets.map((bucket, start) => ({
      days: bucket,
      size: active[start]?.[0] ?? 0,
      active: active[start] ?? [],
      fillingAt: running >= start ? running - start : null,
    })),
  };
}

async function count(
  scope: ReportScope,
  { days, unit, mode, cohorts, who }: CohortQuestion,
): Promise<{ start: number; later: number; customers: number }[]> {
  const span = spanOf(days, scope.timeZone);
  const day = Prisma.sql`${clockSql(Prisma.sql`o.occurred_at`, scope.timeZone)}::date`;
  // Buckets are numbered from the range's first one; activity before it has a negative number.
  const bucket = {
    day: Prisma.sql`${day} - ${days.from}::date`,
    week: Prisma.sql`floor((${day} - ${days.from}::date) / 7.0)::int`,
    month: Prisma.sql`(12 * (EXTRACT(year FROM ${day}) - EXTRACT(year FROM ${days.from}::date))
      + EXTRACT(month FROM ${day}) - EXTRACT(month FROM ${days.from}::date))::int`,
  }[unit];
  const wanted = {
    all: Prisma.sql`true`,
    referred: Prisma.sql`EXISTS (SELECT
    FROM referred f WHERE f.customer_id = a.customer_id AND f.came_new)`,
    other: Prisma.sql`NOT EXISTS (SELECT
    FROM referred f WHERE f.customer_id = a.customer_id AND f.came_new)`,
  }[who];
  const starts =
    cohorts === "recurring"
      ? Prisma.sql`SELECT customer_id, bucket AS start FROM active`
      : Prisma.sql`SELECT customer_id, MIN(bucket) AS start FROM active GROUP BY customer_id`;
  const reached = mode === "exact" ? Prisma.sql`a.bucket` : Prisma.sql`MAX(a.bucket)`;
  const each = mode === "exact" ? Prisma.empty : Prisma.sql`GROUP BY s.customer_id, s.start`;
  return scope.db.$queryRaw`
    WITH ${referredTable(scope)},
    active AS (
      SELECT DISTINCT o.customer_id, ${bucket} AS bucket FROM shop_order o
      WHERE o.merchant_id = ${scope.merchantId} AND o.occurred_at < ${span.to}
    ),
    cohort AS (${starts}),
    reached AS (
      SELECT s.start, ${reached} - s.start AS later
      FROM cohort s JOIN active a ON a.customer_id = s.customer_id AND a.bucket >= s.start
      WHERE s.start >= 0 AND ${wanted}
      ${each}
    )
    SELECT start, later, count(*)::int AS customers FROM reached GROUP BY start, later`;
}
