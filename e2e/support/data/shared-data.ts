import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Published reference cases and records, kept beside the repository (or where GOODWORD_SHARED
 * points) because they are not ours to ship. Tests that need them are skipped by name where the
 * folder is absent: `describe.skipIf(!sharedDataPresent)(…)`.
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
// Moved to another depth, this file would look in the wrong place, and every case would be skipped.
if (!existsSync(path.join(root, "package.json"))) throw new Error(`${root} is not the repository.`);
const folder = process.env.GOODWORD_SHARED ?? path.resolve(root, "../shared");

/**
 * False where the reference folder is absent; a line on stderr then says that the cases are
 * skipped.
 */
export const sharedDataPresent = existsSync(path.join(folder, "cases/reference-cases.json"));
if (!sharedDataPresent) {
  console.warn("Reference data not found (set GOODWORD_SHARED): the published cases are skipped.");
}

/** One published case: what goes in and what must come out. The caller names both shapes. */
export function referenceCase<Input, Expected>(id: string): { input: Input; expected: Expected } {
  const cases = JSON.parse(
    readFileSync(path.join(folder, "cases/reference-cases.json"), "utf8"),
  ) as Record<string, { input: Input; expected: Expected }>;
  const found = cases[id];
  if (!found) throw new Error(`No reference case named ${id}`);
  return found;
}

/** The text of a file under the reference data folder, for example "survival/gehan.csv". */
export function sharedDataText(file: string): string {
  return readFileSync(path.join(folder, "data", file), "utf8");
}

/** The rows of a plain CSV (no quoted commas) under the reference data folder, header left out. */
export function sharedDataRows(file: string): string[][] {
  return sharedDataText(file)
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(",").map((cell) => cell.replace(/^"|"$/g, "")));
}
