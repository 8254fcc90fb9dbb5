import { expect, it } from "vitest";
import { idSchema, readId } from "./own-id";

it.each([
  ["c-1", "c-1"],
  [" c-1\n", "c-1"],
  ["\u200bc-1\ufeff", "c-1"],
  ["c 1", "c 1"],
  ["客户 7", "客户 7"],
])("reads %j", (text, id) => {
  expect(readId(text)).toBe(id);
  expect(idSchema.parse(text)).toBe(id);
});

it.each(["", "  ", "\u200b", "\u00a0\u2003", "\ufeff \u2060", "\u3164", "\u0000", "x".repeat(201)])(
  "refuses %j",
  (text) => {
    expect(readId(text)).toBeNull();
    expect(idSchema.safeParse(text).success).toBe(false);
  },
);
