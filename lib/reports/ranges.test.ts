import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bucketsOf, bucketUnitFor, type Days, lengthOf, MOST_DAYS } from "./days";
import { shiftDay } from "@/lib/core/values/day";
import { METRIC_LIMIT } from "./limits";
import { rangesOf } from "./ranges";

const UTC = { now: new Date("2100-01-01T00:00:00Z"), timeZone: "UTC" };
const COMPARED = ["previous", "year"] as const;

const anyDays = fc
  .record({
    from: fc.integer({ min: 0, max: 30_000 }),
    length: fc.oneof(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: MOST_DAYS })),
  })
  .map(({ from, length }): Days => {
    const first = shiftDay("1950-01-01", from);
    return { from: first, to: shiftDay(first, length - 1) };
  });

describe("what a range is compared with", () => {
  test("the n-th bucket is compared with one of its own length, however the range lies", () => {
    fc.assert(
      fc.property(anyDays, fc.constantFrom(...COMPARED), (days, compare) => {
        const asked = rangesOf(days, { compare, series: true }, UTC);
        expect(asked.comparedBuckets.map((bucket) => lengthOf(bucket.days))).toEqual(
          bucketsOf(days, bucketUnitFor(days)).map(lengthOf),
        );
        expect(asked.comparedBuckets[0]!.days.from).toBe(asked.comparison!.days.from);
        for (const { days, span, until } of asked.comparedBuckets) {
          expect(until).toBeNull();
          expect((span.to.getTime() - span.from.getTime()) / 86_400_000).toBe(lengthOf(days));
        }
      }),
    );
  });

  test("against the days before, the buckets follow each other without a gap", () => {
    const days = { from: "2026-04-08", to: "2026-06-17" };
    const { comparedBuckets, comparison } = rangesOf(
      days,
      { compare: "previous", series: true },
      UTC,
    );
    for (const [index, { days: bucket }] of comparedBuckets.entries())
      if (index > 0) expect(bucket.from).toBe(shiftDay(comparedBuckets[index - 1]!.days.to, 1));
    expect(comparedBuckets.at(-1)!.days.to).toBe(comparison!.days.to);
  });

  test("no range within the limit of days is too many ranges for a metric", () => {
    fc.assert(
      fc.property(anyDays, (days) => {
        const { buckets, comparedBuckets } = rangesOf(days, { compare: "year", series: true }, UTC);
        expect(2 + buckets.length + comparedBuckets.length).toBeLessThanOrEqual(METRIC_LIMIT.most);
      }),
    );
  });
});

describe("a day that is still running", () => {
  const asked = (
    days: Days,
    now: string,
    timeZone = "UTC",
    compare: "previous" | "year" = "previous",
  ) => rangesOf(days, { compare, series: true }, { now: new Date(now), timeZone });

  test("is compared with the same part of the day that it stands against", () => {
    const today = { from: "2026-05-20", to: "2026-05-20" };
    const { range, comparison, comparedBuckets } = asked(today, "2026-05-20T09:30:00Z");
    expect(range).toMatchObject({ until: null });
    expect(comparison).toEqual({
      days: { from: "2026-05-13", to: "2026-05-13" },
      span: { from: new Date("2026-05-13T00:00:00Z"), to: new Date("2026-05-13T09:30:00Z") },
      until: new Date("2026-05-13T09:30:00Z"),
    });
    expect(comparedBuckets).toEqual([comparison]);
  });

  test("ends the compared range there, and only the bucket that runs", () => {
    const days = { from: "2026-05-14", to: "2026-05-22" };
    const { comparison, comparedBuckets } = asked(days, "2026-05-20T18:00:00Z");
    // Nine days, moved by two weeks: the 20th stands against the 6th.
    expect(comparison!.until).toEqual(new Date("2026-05-06T18:00:00Z"));
    expect(comparedBuckets.map(({ until }) => until)).toEqual([
      ...Array.from({ length: 6 }, () => null),
      new Date("2026-05-06T18:00:00Z"),
      null,
      null,
    ]);
  });

  test("in the shop's zone, and never beyond the end of a day that was shorter", () => {
    // 8 March 2026 has 23 hours in New York; a week later it is half past eleven at night.
    const { comparison } = asked(
      { from: "2026-03-15", to: "2026-03-15" },
      "2026-03-16T03:30:00Z",
      "America/New_York",
    );
    expect(comparison!.until).toBeNull();
    expect(comparison!.span.to).toEqual(new Date("2026-03-09T04:00:00Z"));
    expect(
      asked({ from: "2026-02-28", to: "2026-02-28" }, "2026-02-28T12:00:00Z", "UTC", "year")
        .comparison!.until,
    ).toEqual(new Date("2025-02-28T12:00:00Z"));
  });

  test("what is over, or has not begun, is compared whole", () => {
    for (const now of ["2026-06-30T12:00:00Z", "2026-01-01T12:00:00Z"])
      expect(asked({ from: "2026-05-01", to: "2026-05-07" }, now).comparison!.until).toBeNull();
  });
});
