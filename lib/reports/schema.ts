import { z } from "zod";
import { scopeNow, type Scope } from "@/lib/merchants/scope";
import { DomainError } from "@/lib/core/errors";
import { daySchema } from "@/lib/core/values/day";
import { firstOf, type Query } from "@/lib/core/query-string";
import {
  areDays,
  type BucketUnit,
  type Days,
  drawnUnitFor,
  lastDays,
  lengthOf,
  unitsFor,
} from "./days";
import { requireLength } from "./limits";

const day = daySchema();

/** `?from&to`: calendar days of the shop, both counted. Left out: the 30 days up to today. */
const range = {
  from: day.optional(),
  to: day.optional(),
};

export const metricQuery = z.strictObject({
  ...range,
  compare: z.enum(["previous", "year"]).optional(),
  /** Also the course over time. */
  series: z.stringbool().default(true),
  /** What the course is cut into. */
  by: z.enum(["day", "week", "month"]).optional(),
});

export const cohortQuery = z.strictObject({
  ...range,
  unit: z.enum(["day", "week", "month"]).default("month"),
  mode: z.enum(["exact", "unbounded"]).default("exact"),
  cohorts: z.enum(["first", "recurring"]).default("first"),
  who: z.enum(["all", "referred", "other"]).default("all"),
});

export const rangeQuery = z.strictObject(range);

/**
 * The range that was asked for, or the shop's last `count` days.
 * @throws DomainError invalid_request, with path "to" when it ends before it begins, "from" when it
 * is longer than any report covers
 */
export function daysFrom(
  query: { from?: string | undefined; to?: string | undefined },
  scope: Scope,
  count = 30,
): Days {
  const usual = lastDays(scopeNow(scope), scope.timeZone, count);
  const to = query.to ?? (query.from && query.from > usual.to ? query.from : usual.to);
  const from = query.from ?? lastDays(new Date(`${to}T12:00:00Z`), "UTC", count).from;
  if (from > to)
    throw new DomainError("invalid_request", "A range ends on or after the day it begins.", "to");
  requireLength(lengthOf({ from, to }), "from");
  return { from, to };
}

const pageQuery = z.object({
  from: day.optional(),
  to: day.optional(),
  compare: z.enum(["none", "previous", "year"]).default("previous"),
});

/** What a page's course is cut into, as its address says where that suits the range. */
export function pageUnit(query: Query, days: Days): BucketUnit {
  const by = firstOf(query.by);
  return unitsFor(days).find((unit) => unit === by) ?? drawnUnitFor(days);
}

/**
 * The range and comparison in a page's address; what does not fit is as good as absent, since
 * addresses are typed and shared. Without one: the last 30 days against the period before.
 */
export function pageRange(
  query: Query,
  scope: Scope,
): { days: Days; compare: "previous" | "year" | null } {
  const usual = lastDays(scopeNow(scope), scope.timeZone, 30);
  const {
    from = usual.from,
    to = usual.to,
    compare,
  } = pageQuery.catch({ compare: "previous" }).parse(query);
  return {
    days: areDays({ from, to }) ? { from, to } : usual,
    compare: compare === "none" ? null : compare,
  };
}
