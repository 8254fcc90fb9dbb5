import { readFileSync } from "node:fs";
import { overweight, pageWeight } from "../pages/weight";
import { deadPaths } from "./readme";
import { readSources, type Source, sourceOf } from "./sources";
import { circles, longFunctions, unused } from "./tools";
import { misnamed, untoldLocks } from "./transactions";
import { crowdedFolders, MOST_SIBLINGS, strangersIn } from "./vocabulary";
import { bannedWords, usesOf } from "./words";

export const LIMITS = { lines: 250, testLines: 400, columns: 100, vocabularyShare: 0.95 };

/** A figure of the code, and what keeps it from its limit: every place, one a line. */
type Figure = { name: string; value: string; faults: string[] };

const PLACES = ["app", "components", "lib", "prisma", "server.ts"];

/**
 * Prints the figures of the code and every place beyond a limit; part of `npm run check`.
 * @throws Error when a figure is beyond its limit
 */
export async function main(): Promise<void> {
  const figures = await figuresOf(readSources(process.cwd()));
  for (const { name, value } of figures) console.log(`${name.padEnd(34)} ${value}`);
  const faulty = figures.filter(({ faults }) => faults.length > 0);
  for (const { name, faults } of faulty) console.error(`\n${name}\n  ${faults.join("\n  ")}`);
  if (faulty.length > 0) throw new Error(`Beyond the limit: ${faulty.map(nameOf).join(", ")}.`);
}

const readme = () => readFileSync("README.md", "utf8");
const nameOf = ({ name }: Figure) => name.toLowerCase();

async function figuresOf(sources: readonly Source[]): Promise<Figure[]> {
  const functions = await longFunctions();
  const loops = await circles(PLACES);
  const idle = await unused();
  const crowded = crowdedFolders(sources);
  return [
    sizeFigure(sources),
    countFigure(`Lines over ${LIMITS.columns} columns`, wideLines(sources)),
    countFigure("Functions over 70 lines", functions),
    countFigure("Circular imports", loops),
    countFigure("Unused files, exports, packages", idle),
    vocabularyFigure(sources),
    countFigure(`Folders of over ${MOST_SIBLINGS} files`, crowded),
    countFigure("Locks nobody is told of", untoldLocks(sources)),
    countFigure("Transactions not called tx", misnamed(sources)),
    countFigure("Words not to use", wordFaults(sources)),
    countFigure("Dead paths in the README", deadPaths(readme(), process.cwd())),
    await weightFigure(),
  ];
}

async function weightFigure(): Promise<Figure> {
  const weight = await pageWeight();
  const largest = Object.entries(weight).map(
    ([kind, bytes]) => `${kind} ${Math.max(0, ...Object.values(bytes))}`,
  );
  return {
    name: "Friend's page, bytes as sent",
    value: largest.join(", "),
    faults: overweight(weight),
  };
}

function countFigure(name: string, faults: string[]): Figure {
  return { name, value: String(faults.length), faults };
}

function sizeFigure(sources: readonly Source[]): Figure {
  const sizes = sources.map(({ lines }) => lines.length).sort((one, other) => one - other);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return {
    name: "Source files",
    value: `${sizes.length}, median ${median} lines, largest ${sizes.at(-1) ?? 0}`,
    faults: longFiles(sources),
  };
}

/** Files longer than a screen or two: "path: lines". */
export function longFiles(sources: readonly Source[]): string[] {
  return sources
    .filter(({ lines, isTest }) => lines.length > (isTest ? LIMITS.testLines : LIMITS.lines))
    .map(({ path, lines }) => `${path}: ${lines.length} lines`);
}

/** Lines that are wider than the formatter's width: "path:line". */
export function wideLines(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) =>
      line.length > LIMITS.columns ? [`${path}:${index + 1} (${line.length})`] : [],
    ),
  );
}

function vocabularyFigure(sources: readonly Source[]): Figure {
  const { files, strangers } = strangersIn(sources);
  const share = files === 0 ? 1 : (files - strangers.length) / files;
  return {
    name: "Files in nouns named by the list",
    value: `${(share * 100).toFixed(1)}% of ${files}`,
    faults: share < LIMITS.vocabularyShare ? strangers : [],
  };
}

/** What people read counts as well: pages' and emails' messages in English. */
function wordFaults(sources: readonly Source[]): string[] {
  const messages = "lib/core/i18n/messages/en.json";
  const banned = bannedWords(readme());
  // Their own test has to name words that nobody is to use.
  const read = sources.filter(({ path }) => !path.startsWith("lib/operations/figures/"));
  return usesOf(banned, [...read, sourceOf(messages, readFileSync(messages, "utf8"))]);
}
