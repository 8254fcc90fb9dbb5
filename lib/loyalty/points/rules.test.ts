import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costOfPoints, lineKind, monthsBetween } from "./rules";

describe("a line of someone's points", () => {
  const line = (other: "pending" | "funding" | "spent", incoming: boolean, ruleId: string | null = null, causeKey = "x") =>
    lineKind({ causeKey, other, incoming, ruleId });

  it("is told from where it came and where it went", () => {
    expect(line("pending", true, "join")).toBe("earned");
    expect(line("pending", true, "season:brd_1")).toBe("given");
    expect(line("funding", true, "goodwill")).toBe("given");
    expect(line("spent", false)).toBe("redeemed");
    expect(line("spent", true)).toBe("returned");
    expect(line("funding", false, "join")).toBe("called_back");
    expect(line("funding", false, "join", "lot:lot_1:expire")).toBe("expired");
    expect([line("funding", true), line("funding", false)]).toEqual(["adjusted", "adjusted"]);
  });
});

describe("what points cost", () => {
  it("is rounded up, and nothing while nothing is outstanding", () => {
    expect([costOfPoints(1_000n, 250), costOfPoints(3n, 250), costOfPoints(0n, 250), costOfPoints(-5n, 250)]).toEqual([250n, 1n, 0n, 0n]);
  });

  it("is never less than the exact cost, and less than a minor unit above it", () => {
    fc.assert(fc.property(fc.bigInt(0n, 10n ** 12n), fc.nat(1_000_000), (points, milli) => {
      const exact = points * BigInt(milli);
      const rounded = costOfPoints(points, milli) * 1000n;
      expect(rounded >= exact && rounded - exact < 1000n).toBe(true);
    }));
  });
});

it("counts months over the end of a year", () => {
  expect(monthsBetween("2026-11", "2027-02")).toEqual(["2026-11", "2026-12", "2027-01", "2027-02"]);
  expect(monthsBetween("2026-11", "2026-10")).toEqual([]);
});
