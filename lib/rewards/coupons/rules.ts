import { MAX_CODE_LENGTH, readCode } from "@/lib/core/values/code";
import { randomCharacters } from "@/lib/core/id";

/**
 * What codes look like unless a rule says otherwise, and those of test mode, which no shop takes.
 */
export const DEFAULT_PATTERN = "GW-####-####";
export const TEST_PATTERN = "TEST-####-####";

/**
 * A code made to a pattern: each # becomes a random letter or digit that is not easily misread (5
 * bits).
 */
export function codeFrom(pattern: string): string {
  const random = randomCharacters(pattern.length).toUpperCase();
  return pattern.replaceAll("#", (_, place: number) => random[place]!);
}

/** A line of an upload that holds no code, with its number (from 1) and why. */
export type BadLine = { line: number; text: string; problem: string };
export type ReadCodes = {
  /** Upper case, each once, in their order. */
  codes: { code: string; line: number }[];
  /** Lines that repeat a code of an earlier line. */
  repeated: number;
  bad: BadLine[];
};

const NO_CODE = "Use A-Z, 0-9, - _ and ., and begin with a letter or digit.";

/**
 * Reads codes out of pasted lines or a CSV file: the first cell of each line, also quoted. A first
 * line that says "code" is a heading. Empty lines count for nothing; whatever else is no code is
 * told by its number, so that nothing gets lost.
 */
export function readCodes(text: string): ReadCodes {
  const codes = new Map<string, number>();
  const bad: BadLine[] = [];
  let repeated = 0;
  text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\r|\n/)
    .forEach((raw, index) => {
      const line = index + 1;
      const cell = firstCell(raw);
      if (cell === "") {
        if (raw.trim() !== "")
          bad.push({ line, text: raw.trim().slice(0, 80), problem: "The first column is empty." });
        return;
      }
      if (line === 1 && /^(codes?|coupons?|coupon[ _-]?codes?|vouchers?)$/i.test(cell)) return;
      const code = readCode(cell);
      const problem = problemOf(cell, code);
      if (problem !== null || code === null)
        bad.push({ line, text: cell.slice(0, 80), problem: problem ?? NO_CODE });
      else if (codes.has(code)) repeated += 1;
      else codes.set(code, line);
    });
  return { codes: [...codes].map(([code, line]) => ({ code, line })), repeated, bad };
}

/**
 * @param cell as it is in the file: a code with a space inside is read elsewhere without it, but
 * the shop that issues codes may mean the space
 */
function problemOf(cell: string, code: string | null): string | null {
  if (cell.length > MAX_CODE_LENGTH) return `A code has at most ${MAX_CODE_LENGTH} characters.`;
  if (/\s/.test(cell)) return "The code has a space inside.";
  if (code === null) return NO_CODE;
  return code.length < 3 ? "A code has at least 3 characters." : null;
}

function firstCell(line: string): string {
  const quoted = /^\s*"((?:[^"]|"")*)"\s*(?:[,;\t]|$)/.exec(line);
  if (quoted) return quoted[1]!.replaceAll('""', '"').trim();
  return line.split(/[,;\t]/, 1)[0]!.trim();
}
