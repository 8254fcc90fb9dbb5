import { expect, it } from "vitest";
import { containing, contains } from "./search";

it("takes wildcards for letters", () => {
  expect(containing("50%_a\\b")).toBe("%50\\%\\_a\\\\b%");
  expect(contains("50%_a\\b")).toEqual({ contains: "50\\%\\_a\\\\b", mode: "insensitive" });
});
