import { describe, expect, it } from "vitest";
import { safeNext } from "./safe-next";

describe("safeNext", () => {
  it.each(["/admin/bean-leaf", "/invite/abc?x=1#y", "/admin?next=https://evil.example"])(
    "follows %s",
    (path) => {
      expect(safeNext(path)).toBe(path);
    },
  );

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "javascript:alert(1)",
    "evil.example",
    "",
    "/..//evil.example",
    "/.//evil.example",
    "///evil.example",
    " /admin",
  ])("does not follow %j", (path) => expect(safeNext(path)).toBe("/admin"));

  it("has a fallback", () => {
    expect(safeNext(undefined, "/x")).toBe("/x");
    expect(safeNext(null)).toBe("/admin");
  });
});
