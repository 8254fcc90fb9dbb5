import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvHead, csvLine } from "./csv";

const SIGNS = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫"];

/**
 * The cells of the lines that a spreadsheet finds when it divides them at this sign. Quotes count
 * at the beginning of a cell only; what follows the closing one belongs to the cell.
 */
function read(text: string, delimiter: string): string[][] {
  const lines: string[][] = [[""]];
  let isQuoted = false;
  let isNew = true;
  for (let i = text.startsWith("\ufeff") ? 1 : 0; i < text.length; i += 1) {
    const sign = text[i]!;
    const line = lines.at(-1)!;
    const add = () => line.push(line.pop()! + sign);
    if (isQuoted && sign === '"' && text[i + 1] === '"') {
      add();
      i += 1;
    } else if (isQuoted && sign === '"') isQuoted = false;
    else if (isQuoted) add();
    else if (sign === '"' && isNew) isQuoted = true;
    else if (sign === delimiter) line.push("");
    else if (sign === "\r" || sign === "\n") lines.push([""]);
    else add();
    isNew = !isQuoted && (sign === delimiter || sign === "\r" || sign === "\n");
  }
  return lines;
}

describe("a line of CSV", () => {
  it("is read back by spreadsheets, and nothing of it is run", () => {
    expect(csvLine(["Ana", 12, null, "-3.50"])).toBe("Ana,12,,-3.50\r\n");
    expect(csvLine(['She said "yes"', "a, b", "two\nlines"])).toBe(
      '"She said ""yes""","a, b","two\nlines"\r\n',
    );
    expect(csvLine(['=HYPERLINK("http://x")', "+1-2", "@SUM(A1)", "-2+3"])).toBe(
      '"\'=HYPERLINK(""http://x"")",\'+1-2,\'@SUM(A1),\'-2+3\r\n',
    );
    expect(csvLine([" =1", "\t=1", "\u00a0@x"])).toBe("' =1,\"'\t'=1\",'\u00a0@x\r\n");
    expect(csvLine(["\r=1"])).toBe("\"'\r'=1\"\r\n");
  });

  it.each(SIGNS)("begins no cell with %s, full-width or hidden behind what nobody sees", (sign) => {
    for (const before of ["", " ", "\u200b", "\ufeff", "\u202e", "\u0000", '"'])
      expect(csvLine([`${before}${sign}1+1`])).toMatch(/^"?'/);
  });

  it.each([
    [";", "Ana;=1+1"],
    [";", "Ana; \u200b＝1+1"],
    [";", 'x";=1+1'],
    [";", 'Ana;"=1+1"'],
    [";", "Ana\n@SUM(A1)"],
    ["\t", "Ana\t-2+3"],
    ["\t", "Ana\r＠SUM(A1)"],
  ])("gives a reader that divides at %j no formula in %j", (delimiter, cell) => {
    const cells = read(csvLine(["first", cell, "last"]), delimiter).flat();
    expect(cells.filter((one) => /^[\s"\u200b]*[=+\-@＝＋－＠]/.test(one))).toEqual([]);
  });

  it("is safe for commas, semicolons and tabs, and comes back whole, whatever is in it", () => {
    const letters = fc.constantFrom(...SIGNS, ";", "\t", ",", '"', "\n", "\r", " ", "a", "1", "é");
    const text = fc.string({ unit: letters, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 4 }), (cells) => {
        const line = csvLine(cells);
        for (const delimiter of [",", ";", "\t"])
          for (const cell of read(line, delimiter).flat())
            expect(
              /^[\s"]*[=+\-@＝＋－＠﹦﹢﹣﹫]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell),
            ).toBe(false);
        const back = read(line, ",")[0]!;
        expect(back.map((cell) => cell.replaceAll("'", ""))).toEqual(cells);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("a file of CSV", () => {
  it("begins with a byte order mark and its columns", () => {
    expect(csvHead(["name", "amount"])).toBe("\ufeffname,amount\r\n");
  });

  it("is written by this writer only", () => {
    const sources = ["app", "components", "lib"].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: "utf8" })
        .filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
        .map((path) => `${folder}/${path}`)
        .filter((path) => !path.startsWith("lib/core/values/")),
    );
    const telling = (pattern: RegExp) =>
      sources.filter((path) => pattern.test(readFileSync(path, "utf8"))).sort();
    // Another's line would have to end as CSV lines do, or to double its quotes.
    expect(telling(/replaceAll\('"', '""'\)/)).toEqual([]);
    // Who writes lines writes the head first.
    expect(telling(/\bcsvLine\b/)).toEqual(telling(/\bcsvHead\b/));
    // Routes that answer with CSV take it from those.
    for (const path of telling(/"text\/csv/))
      expect(readFileSync(path, "utf8"), path).toMatch(
        /\b(?:exportLedger|exportPayout|replayCsv|csvOfList)[(<]/,
      );
  });
});
