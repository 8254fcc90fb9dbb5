import fc from "fast-check";
import { expect, it } from "vitest";
import { codeFrom, readCodes } from "./rules";

it("fills a pattern with characters that are not misread", () => {
  for (let round = 0; round < 200; round += 1)
    expect(codeFrom("SUMMER-####-##")).toMatch(
      /^SUMMER-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}$/,
    );
});

it("reads pasted lines and CSV files, and tells of each line that is no code", () => {
  const read = readCodes(
    '\uFEFFcode;value\r\nabc-1;10\r\n"abc-2","x"\n\n  ABC-1 \nfree ship\n=1+1\nab\n,5\nabc-3\t1',
  );
  expect(read.codes).toEqual([
    { code: "ABC-1", line: 2 },
    { code: "ABC-2", line: 3 },
    { code: "ABC-3", line: 10 },
  ]);
  expect(read.repeated).toBe(1);
  expect(read.bad.map(({ line }) => line)).toEqual([6, 7, 8, 9]);
});

it("loses no line: each is a code, a repeat, bad or empty", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(fc.string({ maxLength: 50 }), fc.constantFrom("A-1", "a-1", "B 2", "", "CODE")),
      ),
      (lines) => {
        const flat = lines.map((line) => line.replaceAll(/[\r\n]/g, ""));
        const { codes, repeated, bad } = readCodes(["code", ...flat].join("\n"));
        // The byte order mark and other invisible space is trimmed as space is.
        expect(codes.length + repeated + bad.length).toBe(
          flat.filter((line) => line.trim() !== "").length,
        );
        expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
      },
    ),
  );
});
