import { describe, expect, it } from "vitest";
import { foldAlike, lineKind, monthsBetween } from "./rules";

describe("a line of someone's points", () => {
  const line = (
    other: "pending" | "funding" | "spent",
    incoming: boolean,
    source: Parameters<typeof lineKind>[0]["source"] = null,
    causeKey = "x",
  ) => lineKind({ causeKey, other, incoming, source });

  it("is told from where it came and where it went", () => {
    expect(line("pending", true, "rule")).toBe("earned");
    expect(line("pending", true, "season")).toBe("given");
    expect(line("funding", true, "goodwill")).toBe("given");
    expect(line("spent", false)).toBe("redeemed");
    expect(line("spent", true)).toBe("returned");
    expect(line("funding", false, "rule")).toBe("called_back");
    expect(line("funding", false, "rule", "lot:lot_1:expire")).toBe("expired");
    expect([line("funding", true), line("funding", false)]).toEqual(["adjusted", "adjusted"]);
  });
});

it("counts months over the end of a year", () => {
  expect(monthsBetween("2026-11", "2027-02")).toEqual(["2026-11", "2026-12", "2027-01", "2027-02"]);
  expect(monthsBetween("2026-11", "2026-10")).toEqual([]);
});

describe("foldAlike", () => {
  const line = (kind: string, minor: bigint) => ({ kind, minor });
  const fold = (...lines: { kind: string; minor: bigint }[]) =>
    foldAlike(lines, ({ kind }) => kind);

  it("adds up what is alike, where its newest stood, and loses no line", () => {
    const lines = [line("visit", 5n), line("gift", 200n), line("visit", 5n), line("gift", 500n)];
    const folds = fold(...lines);
    expect(folds.map(({ sum, each }) => [sum, each])).toEqual([
      [10n, 5n],
      [700n, null],
    ]);
    expect(folds.flatMap((one) => one.lines)).toEqual([lines[0], lines[2], lines[1], lines[3]]);
  });

  it("leaves what is alone alone", () => {
    expect(fold()).toEqual([]);
    expect(fold(line("visit", -5n))).toEqual([
      { lines: [line("visit", -5n)], sum: -5n, each: -5n },
    ]);
  });
});
