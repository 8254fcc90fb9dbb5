import { expect, it } from "vitest";
import { atOnce, inTurns, type Steps } from "./in-turns";

/** Counts until it is told to stop, as a computation that nobody else could end. */
function* countUntil(isOver: () => boolean): Steps<number> {
  let count = 0;
  for (; !isOver(); count += 1) yield;
  return count;
}

it("gives what it computes, at once or in turns", async () => {
  let left = 100;
  expect(atOnce(countUntil(() => (left -= 1) < 0))).toBe(100);
  left = 100;
  expect(await inTurns(countUntil(() => (left -= 1) < 0))).toBe(100);
});

it("lets others have their turn before it is done", async () => {
  let isOver = false;
  // Without a turn of its own, this would never end the computation.
  setImmediate(() => (isOver = true));
  expect(await inTurns(countUntil(() => isOver))).toBeGreaterThan(0);
});

it("passes on what a step throws", async () => {
  function* broken(): Steps<never> {
    yield;
    throw new RangeError("no");
  }
  await expect(inTurns(broken())).rejects.toThrow("no");
});
