import fc from "fast-check";
import { expect, it } from "vitest";
import { trimUnseen, withoutUnseen } from "./invisible";

it("takes what nobody sees off the ends, or out of all of it", () => {
  expect(trimUnseen("\u200b  a\u200bb \ufeff\u2800")).toBe("a\u200bb");
  expect(withoutUnseen("\u200b  a\u200bb \ufeff")).toBe("ab");
  expect(trimUnseen(" \u00ad\u3164\u2060\ufe0f ")).toBe("");
  expect(trimUnseen("👩‍👩‍👧")).toBe("👩‍👩‍👧");
});

it("leaves what it read as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(trimUnseen(trimUnseen(text))).toBe(trimUnseen(text));
      expect(withoutUnseen(withoutUnseen(text))).toBe(withoutUnseen(text));
    }),
  );
});

it("takes no longer than the text is long", () => {
  const long = `a${" ".repeat(200_000)}b`;
  const began = performance.now();
  expect(trimUnseen(long)).toBe(long);
  expect(performance.now() - began).toBeLessThan(2_000);
});
