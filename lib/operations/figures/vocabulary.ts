import type { Source } from "./sources";

/** Folders of lib that hold no noun: their files are named for what each of them holds. */
const NO_NOUNS = new Set(["core", "worker", "reports", "auth", "operations"]);

/** What a file directly inside a noun, or inside a noun within it, may be called. */
const FILES = new Set([
  "schema.ts",
  "rules.ts",
  "queries.ts",
  "commands.ts",
  "json.ts",
  "words.ts",
  "testing.ts",
  "index.ts",
  /** The story of an event, and the proof of tenancy: one of each in the product. */
  "process-event.ts",
  "scope.ts",
]);

/** Folders whose files are named for what each of them holds. */
const COLLECTIONS = new Set([
  "schema",
  "rules",
  "queries",
  "commands",
  "json",
  "words",
  "testing",
  "kinds",
  "conditions",
  "triggers",
  "benefits",
  "calculators",
  "signals",
  "models",
  "templates",
  "intake",
  "read",
  "decide",
  "write",
  "process",
  "replay",
  "jobs",
  "hot-path",
]);

export const MOST_SIBLINGS = 14;

/** How many files of nouns there are, and those whose name is not of the list. */
export function strangersIn(sources: readonly Source[]): { files: number; strangers: string[] } {
  const files = sources
    .filter(({ path, isTest }) => !isTest && isInNoun(path))
    .map(({ path }) => path);
  return { files: files.length, strangers: files.filter((path) => !keepsVocabulary(path)) };
}

function isInNoun(path: string): boolean {
  const [top, folder] = path.split("/");
  return top === "lib" && !NO_NOUNS.has(folder!);
}

function keepsVocabulary(path: string): boolean {
  const folders = path.split("/").slice(2, -1);
  return folders.some((name) => COLLECTIONS.has(name)) || FILES.has(path.split("/").at(-1)!);
}

/** A folder of kinds is a list, a file each: it grows with what the product can. */
const LISTS_OF_KINDS = /^lib\/(terms\/kinds\/\w+|fraud\/signals)$/;

/** Folders with more source files of their own than one takes in at a glance; tests apart. */
export function crowdedFolders(sources: readonly Source[]): string[] {
  const counts = new Map<string, number>();
  for (const { path, isTest } of sources) {
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".";
    if (!isTest && folder !== ".") counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].flatMap(([folder, count]) =>
    count > MOST_SIBLINGS && !LISTS_OF_KINDS.test(folder) ? [`${folder} (${count} files)`] : [],
  );
}
