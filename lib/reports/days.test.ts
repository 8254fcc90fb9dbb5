import { describe, expect, test } from "vitest";
import {
  areDays,
  bucketsOf,
  bucketUnitFor,
  comparisonOf,
  firstDayOfBucket,
  lastDays,
  lengthOf,
  spanOf,
} from "./days";

describe("ranges of days", () => {
  test.each([
    [
      { from: "2026-05-01", to: "2026-05-31" },
      { from: "2026-03-27", to: "2026-04-26" },
    ],
    [
      { from: "2026-05-04", to: "2026-05-10" },
      { from: "2026-04-27", to: "2026-05-03" },
    ],
    [
      { from: "2026-05-04", to: "2026-05-04" },
      { from: "2026-04-27", to: "2026-04-27" },
    ],
  ])("%o is compared with %o: as long, and the same weekdays", (days, before) => {
    expect(comparisonOf(days, "previous")).toEqual(before);
    expect(lengthOf(before)).toBe(lengthOf(days));
    expect(new Date(before.from).getUTCDay()).toBe(new Date(days.from).getUTCDay());
  });

  test("a year before has the same dates; 29 February stands against the 28th", () => {
    expect(comparisonOf({ from: "2024-02-29", to: "2024-03-31" }, "year")).toEqual({
      from: "2023-02-28",
      to: "2023-03-31",
    });
  });

  test("buckets cover the range once; weeks begin on Monday", () => {
    expect(bucketsOf({ from: "2026-05-01", to: "2026-05-12" }, "week")).toEqual([
      { from: "2026-05-01", to: "2026-05-03" },
      { from: "2026-05-04", to: "2026-05-10" },
      { from: "2026-05-11", to: "2026-05-12" },
    ]);
    expect(
      bucketsOf({ from: "2024-01-31", to: "2024-03-01" }, "month").map(({ to }) => to),
    ).toEqual(["2024-01-31", "2024-02-29", "2024-03-01"]);
    expect(firstDayOfBucket("2026-05-03", "week")).toBe("2026-04-27");
    expect(bucketUnitFor({ from: "2026-01-01", to: "2026-01-31" })).toBe("day");
    expect(bucketUnitFor({ from: "2026-01-01", to: "2026-03-31" })).toBe("week");
    expect(bucketUnitFor({ from: "2026-01-01", to: "2026-12-31" })).toBe("month");
  });

  test("days become instants in the zone", () => {
    expect(spanOf({ from: "2026-03-29", to: "2026-03-29" }, "Europe/Tirane")).toEqual({
      from: new Date("2026-03-28T23:00:00Z"),
      to: new Date("2026-03-29T22:00:00Z"),
    });
    expect(lastDays(new Date("2026-05-01T03:00:00Z"), "America/New_York", 7)).toEqual({
      from: "2026-04-24",
      to: "2026-04-30",
    });
  });

  test.each([
    [{ from: "2026-02-30", to: "2026-03-01" }],
    [{ from: "2026-03-02", to: "2026-03-01" }],
    [{ from: "1600-01-01", to: "2026-03-01" }],
    [{ from: "x", to: "2026-03-01" }],
  ])("%o is no range", (days) => expect(areDays(days)).toBe(false));
});
