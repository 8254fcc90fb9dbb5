import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { deadPaths } from "./readme";

/** How many requirements of level 1 and of level 2 each chapter of ASVS 5.0.0 has. */
const REQUIREMENTS: Readonly<Record<number, readonly [first: number, second: number]>> = {
  1: [8, 19],
  2: [4, 7],
  3: [8, 11],
  4: [2, 8],
  5: [4, 5],
  6: [13, 22],
  7: [6, 12],
  8: [4, 3],
  9: [4, 3],
  10: [5, 24],
  11: [3, 11],
  12: [3, 6],
  13: [1, 12],
  14: [2, 7],
  15: [3, 10],
  16: [0, 16],
  17: [0, 7],
};

const table = readFileSync("docs/asvs.md", "utf8");
const ROW = /^\| (\d+)\.(\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/;
const rows = table
  .split("\n")
  .filter((line) => /^\| \d/.test(line))
  .map((line) => ROW.exec(line) ?? [line]);

describe("the table of OWASP ASVS", () => {
  it("answers every requirement of levels 1 and 2 once", () => {
    const numbers = rows.map(([, chapter, rest]) => `${chapter}.${rest}`);
    expect(numbers.filter((number, at) => numbers.indexOf(number) !== at)).toEqual([]);
    const counts = Object.keys(REQUIREMENTS).map((chapter) => [
      chapter,
      ["1", "2"].map(
        (level) => rows.filter((row) => row[1] === chapter && row[3] === level).length,
      ),
    ]);
    expect(Object.fromEntries(counts)).toEqual(REQUIREMENTS);
    expect(rows).toHaveLength(253);
  });

  it("answers with one of four words, and a file, a place or a reason", () => {
    for (const [line, , , , asks, answer, where] of rows) {
      expect(["met", "yours", "not met", "n/a"], line).toContain(answer);
      expect(asks!.length, line).toBeLessThan(80);
      expect(where!.trim(), line).not.toBe("");
    }
  });
});

it.each([
  ["SECURITY.md", "."],
  ["docs/asvs.md", "docs"],
  ["docs/security.md", "docs"],
])("%s names files that exist", (file, folder) => {
  expect(deadPaths(readFileSync(file, "utf8"), process.cwd(), folder)).toEqual([]);
});
