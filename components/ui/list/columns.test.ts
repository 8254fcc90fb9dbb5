import { describe, expect, it } from "vitest";
import { hiddenIn, withHidden } from "./columns";

describe("the columns that a browser leaves out", () => {
  it("are kept for each list", () => {
    const one = withHidden(undefined, "customers", ["id", "last"]);
    const two = withHidden(one, "rewards", ["program"]);
    expect(hiddenIn(two, "customers")).toEqual(["id", "last"]);
    expect(hiddenIn(two, "rewards")).toEqual(["program"]);
    expect(hiddenIn(two, "events")).toEqual([]);
  });

  it("are forgotten when all are shown again", () => {
    const text = withHidden(withHidden("", "customers", ["id"]), "customers", []);
    expect(text).toBe("");
  });

  it("are none for what is no list of keys", () => {
    expect(hiddenIn("customers.<b>.id", "customers")).toEqual(["id"]);
    expect(hiddenIn("~~.", "customers")).toEqual([]);
  });
});
