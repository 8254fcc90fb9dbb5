import { expect, it } from "vitest";
import { mergedTraits } from "./traits";

it("adds what is told, removes what is told as null, and leaves nulls out at every depth", () => {
  const known = { plan: "free", old: 1, nested: { a: 1, b: null }, list: [null, { c: null }] };
  expect(mergedTraits(known, { plan: "pro", old: null, "": 0 })).toEqual({
    plan: "pro",
    nested: { a: 1 },
    list: [null, {}],
    "": 0,
  });
});
