import fc from "fast-check";
import { expect, it } from "vitest";
import { readDecimal, writeDecimal } from "./decimal";

it("reads what it wrote, exactly", () => {
  const value = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
  fc.assert(
    fc.property(value, fc.integer({ min: 0, max: 9 }), (number, scale) => {
      expect(readDecimal(writeDecimal(number, scale), scale)).toBe(number);
    }),
  );
});

it.each(["", "1.", ".5", "1,5", "1e3", "+1", "--1", "0x1", "1.234", "1 000", "x"])(
  "refuses %j at two decimals",
  (text) => {
    expect(readDecimal(text, 2)).toBeNull();
  },
);

it.each([
  ["49.9000", 2, 4990n],
  ["1000.00", 0, 1000n],
  ["0.100000000000000000", 2, 10n],
] as const)("reads %j at %i decimals: what is beyond them is nothing", (text, scale, value) => {
  expect(readDecimal(text, scale)).toBe(value);
});
