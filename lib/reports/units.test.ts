import fc from "fast-check";
import { expect, it } from "vitest";
import { bucketsOf, drawnUnitFor, isCut, MOST_DAYS, unitsFor } from "./days";
import { shiftDay } from "@/lib/core/values/day";

const range = fc
  .tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: MOST_DAYS }))
  .map(([start, length]) => {
    const from = shiftDay("1980-01-01", start);
    return { from, to: shiftDay(from, length - 1) };
  });

it("begins with a unit that it offers, and draws no more than can be seen", () => {
  fc.assert(
    fc.property(range, (days) => {
      const units = unitsFor(days);
      expect(units.length).toBeGreaterThan(0);
      for (const unit of units)
        expect(bucketsOf(days, unit).length).toBeLessThanOrEqual(units.length > 1 ? 125 : 500);
    }),
  );
});

it("draws a month of a small shop in weeks", () => {
  const days = { from: "2026-11-01", to: "2026-11-30" };
  expect(drawnUnitFor(days)).toBe("week");
  expect(unitsFor(days)).toEqual(["day", "week"]);
});

it("tells a first or last bucket that the range cuts short", () => {
  const days = { from: "2026-11-03", to: "2026-12-31" };
  const weeks = bucketsOf(days, "week").map((bucket) => isCut(bucket, "week"));
  expect([weeks[0], weeks[1], weeks.at(-1)]).toEqual([true, false, true]);
  expect(bucketsOf(days, "month").map((bucket) => isCut(bucket, "month"))).toEqual([true, false]);
});
