import fc from "fast-check";
import { expect, it } from "vitest";
import { readMultiplier, readPercent, writeMultiplier, writePercent } from "./percent";

it.each([
  ["10", 1_000],
  ["12.5", 1_250],
  ["12,5", 1_250],
  [" 12.57 % ", 1_257],
  ["15%", 1_500],
  ["１５％", 1_500],
  ["0", 0],
  ["0.01", 1],
  ["100", 10_000],
  ["100.00", 10_000],
  // What floats get wrong: 1.15 * 100 is 114.99999999999999.
  ["1.15", 115],
])("reads %j as a percentage", (text, basisPoints) => {
  expect(readPercent(text)).toBe(basisPoints);
});

it.each(["", "%", "-1", "100.01", "1.234", "1.", ".5", "1e1", "0x1", "1000", "1,000.5", "12 5"])(
  "refuses %j as a percentage",
  (text) => {
    expect(readPercent(text)).toBeNull();
  },
);

it.each([
  ["2", 20_000],
  ["1.5", 15_000],
  ["1,25", 12_500],
  ["99.99", 999_900],
])("reads %j as a multiplier", (text, basisPoints) => {
  expect(readMultiplier(text)).toBe(basisPoints);
});

it.each(["", "100", "1.555", "-2", "x"])("refuses %j as a multiplier", (text) => {
  expect(readMultiplier(text)).toBeNull();
});

it("reads what it wrote, each of the values there are", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (basisPoints) => {
      expect(readPercent(writePercent(basisPoints))).toBe(basisPoints);
      if (basisPoints < 10_000)
        expect(readMultiplier(writeMultiplier(basisPoints * 100))).toBe(basisPoints * 100);
    }),
  );
  expect([0, 1, 10, 1_250, 2_000, 10_000].map(writePercent)).toEqual([
    "0",
    "0.01",
    "0.1",
    "12.5",
    "20",
    "100",
  ]);
  expect([10_000, 12_500, 100_000].map(writeMultiplier)).toEqual(["1", "1.25", "10"]);
});
