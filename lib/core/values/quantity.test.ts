import fc from "fast-check";
import { expect, it } from "vitest";
import { readQuantity, writeQuantity } from "./quantity";
import { skuKey } from "./own-id";

it.each([
  [2, 2_000_000n, "2"],
  [0.5, 500_000n, "0.5"],
  ["0.5000", 500_000n, "0.5"],
  ["1.3333333333", 1_333_333n, "1.333333"],
  [0.1 + 0.2, 300_000n, "0.3"],
  [1e-7, 0n, "0"],
  ["10", 10_000_000n, "10"],
  [-1, -1_000_000n, "-1"],
  [100, 100_000_000n, "100"],
] as const)("reads %j as a quantity", (value, millionths, text) => {
  expect(readQuantity(value)).toBe(millionths);
  expect(writeQuantity(millionths)).toBe(text);
});

it.each(["", "1,5", "many", Number.NaN, Infinity, 1e300])("reads no quantity in %j", (value) => {
  expect(readQuantity(value)).toBeNull();
});

it("reads what it wrote, as text and as a number", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), (millionths) => {
      expect(readQuantity(writeQuantity(millionths))).toBe(millionths);
      expect(readQuantity(Number(writeQuantity(millionths)))).toBe(millionths);
    }),
  );
});

it("knows an article by its SKU, whatever its case and what is around it", () => {
  expect(skuKey(" TEA-1\u200b")).toBe(skuKey("tea-1"));
  expect(skuKey("tea 1")).not.toBe(skuKey("tea1"));
});
