import { expect, it } from "vitest";
import { delayOf } from "./limits";

it("a try is delayed from the eleventh on, each longer than the one before, within bounds", () => {
  const delays = Array.from({ length: 50 }, (_, i) => delayOf(i + 1));
  expect(delays.slice(0, 10)).toEqual(Array(10).fill(0));
  expect(delays.slice(10, 17)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000]);
  expect(Math.max(...delays)).toBe(8_000);
});
