import { expect, it } from "vitest";
import { countsInWindow } from "./counts-in-window";

it("counts by key, from nothing in each window", () => {
  let now = 1_000;
  const count = countsInWindow(1_000, 10, () => now);
  expect([count("a"), count("a"), count("b"), count("a")]).toEqual([1, 2, 1, 3]);
  now = 1_999;
  expect(count("a")).toBe(4);
  now = 2_000;
  expect(count("a")).toBe(1);
});

it("keeps no more keys than it may", () => {
  const count = countsInWindow(1_000, 2, () => 0);
  expect([count("a"), count("b"), count("b"), count("c"), count("b")]).toEqual([1, 1, 2, 1, 1]);
});
