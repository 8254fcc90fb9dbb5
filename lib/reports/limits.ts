import { DomainError } from "@/lib/core/errors";
import { DAY_MS } from "@/lib/core/time";
import { type BucketUnit, type Days, lengthOf, MOST_DAYS, type Span } from "./days";

/**
 * What one question of a report may ask for. A question is measured before any work begins, since a
 * wide one costs everybody who shares the process and the database.
 */
export type Limit = {
  /** Ranges of days (the one asked about, its comparison, their buckets), or cells of a grid. */
  of: "ranges" | "cells" | "rows";
  most: number;
};

/** Every metric: its range, the one that it is compared with, and the buckets of both. */
export const METRIC_LIMIT: Limit = { of: "ranges", most: 1_000 };

declare const proof: unique symbol;

/** The proof that a question's size was checked; `inReport` runs nothing without it. */
export type Bounded = { readonly [proof]: true };

const BOUNDED = {} as Bounded;

/** The limit in words, as a definition says it. */
export function limitText({ of, most }: Limit): string {
  const days = `ranges of up to ${MOST_DAYS.toLocaleString("en")} days`;
  if (of === "cells") return `At most ${most.toLocaleString("en")} cells; ${days}.`;
  return `At most ${most.toLocaleString("en")} ranges, buckets and comparison included; ${days}.`;
}

/**
 * @param asked how many ranges or cells a question asks for
 * @param path the field that is too wide, for the refusal
 * @throws DomainError invalid_request beyond the limit
 */
export function within({ of, most }: Limit, asked: number, path = "from"): Bounded {
  if (asked <= most) return BOUNDED;
  const narrower = { ranges: "a shorter range", cells: "a shorter range or a larger unit" };
  throw new DomainError(
    "invalid_request",
    `This asks for ${asked.toLocaleString("en")} ${of}, and at most ` +
      `${most.toLocaleString("en")} are counted. Choose ${of === "rows" ? "fewer" : narrower[of]}.`,
    path,
  );
}

/** A question about ranges: neither too many of them nor one that is too long. */
export function withinRanges(limit: Limit, spans: readonly Span[]): Bounded {
  for (const { from, to } of spans)
    requireLength(Math.floor((to.getTime() - from.getTime()) / DAY_MS), "from");
  return within(limit, spans.length);
}

/** A grid with a row per bucket, each as long as its future in the range. */
export function withinGrid(limit: Limit, days: Days, unit: BucketUnit): Bounded {
  const buckets = Math.max(0, countOfBuckets(days, unit));
  return within(limit, (buckets * (buckets + 1)) / 2);
}

/**
 * @param path the end of the range that was chosen
 * @throws DomainError invalid_request for more days than any report covers
 */
export function requireLength(days: number, path: string): void {
  if (days <= MOST_DAYS) return;
  throw new DomainError(
    "invalid_request",
    `This range has ${days.toLocaleString("en")} days; a report covers at most ` +
      `${MOST_DAYS.toLocaleString("en")}.`,
    path,
  );
}

/** How many whole buckets `days` are; worked out without making them. */
function countOfBuckets(days: Days, unit: BucketUnit): number {
  if (unit === "month") return monthOf(days.to) - monthOf(days.from) + 1;
  return Math.ceil(lengthOf(days) / (unit === "week" ? 7 : 1));
}

function monthOf(day: string): number {
  return 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7));
}
