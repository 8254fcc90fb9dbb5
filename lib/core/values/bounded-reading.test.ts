import { expect, it } from "vitest";

/**
 * A reader meets whatever somebody sends. Its time may grow with the length of a text, but not much
 * faster: a pattern that looks back from each letter would hold the process over a page of dashes.
 */
type Reader = (text: string) => unknown;

const modules = import.meta.glob<Record<string, unknown>>(
  [
    "/lib/core/{address,time,money}.ts",
    "/lib/core/values/*.ts",
    "/lib/events/rules/{click,visitor}.ts",
    "/lib/customers/rules/{contact,names}.ts",
    "/lib/merchants/rules/{api-key,slug}.ts",
    "/lib/operations/{client-address,request-target}.ts",
    "!**/*.test.ts",
  ],
  { eager: true },
);
const readers = Object.entries(modules).flatMap(([file, exported]) =>
  Object.entries(exported).flatMap(([name, value]) =>
    // What writes gets values of ours.
    typeof value === "function" && !/^class|^write/.test(name) && !String(value).startsWith("class")
      ? [[`${file} ${name}`, value as Reader] as const]
      : [],
  ),
);

const LETTERS = ' \t\u00a0-.01aA%;,/\\[@"_:+é\u0301\u200b٣一ﷺ，';
const PARTS = ["a.", "1 ", "- ", "a@", "0.", "x dot ", "one ", "1W", '"a,', "gw_v="];
const UNITS = [...LETTERS, ...PARTS];
const AROUND: readonly [before: string, after: string][] = [
  ["", ""],
  ["", "!"],
  ["a", "a"],
  ["1", "x"],
  ["https://", "!"],
];
const SHORT = 10_000;
const TIMES_LONGER = 4;
/** Linear is 4, and each letter with each other 16. */
const MOST_GROWTH = 10;
/** What is done in less says nothing about growth. */
const TOO_QUICK_MS = 300;

function took(read: Reader, text: string): number {
  // Of this process only: what else the machine does makes no text longer.
  const before = process.cpuUsage();
  try {
    const made = read(text);
    if (made instanceof Promise) made.catch(() => {});
  } catch {
    // A refusal is an answer.
  }
  return process.cpuUsage(before).user / 1000;
}

/** How many times longer a longer text takes; 1 where neither takes any time worth measuring. */
function growth(read: Reader, of: (length: number) => string): number {
  const long = took(read, of(SHORT * TIMES_LONGER));
  if (long < TOO_QUICK_MS) return 1;
  const least = (length: number) =>
    Math.min(...Array.from({ length: 3 }, () => took(read, of(length))));
  return least(SHORT * TIMES_LONGER) / least(SHORT);
}

it("knows the readers", () => {
  expect(readers.length).toBeGreaterThan(60);
});

it.each(readers)("%s takes no longer by the letter, however long a text is", (_name, read) => {
  for (const unit of UNITS) {
    for (const [before, after] of AROUND) {
      const of = (length: number) => before + unit.repeat(length / unit.length) + after;
      expect(growth(read, of), JSON.stringify([before, unit, after])).toBeLessThan(MOST_GROWTH);
    }
  }
});
