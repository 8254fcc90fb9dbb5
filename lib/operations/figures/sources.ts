import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A file that people write and read: its path from the root, with slashes, and its lines. */
export type Source = { path: string; lines: readonly string[]; isTest: boolean };

const PLACES = ["app", "components", "e2e", "lib", "prisma", "public"];
const CODE = /\.(ts|tsx|js|mjs|cjs)$/;
const TEST = /\.(test|spec)\.tsx?$/;
/** Written by programs, or never changed once it has run. */
const LEFT_OUT = /^(prisma\/(generated|migrations)|public\/readme)\//;

/** Every source file below `root`, sorted by path. Files at the root itself belong to it. */
export function readSources(root: string): Source[] {
  const inside = PLACES.flatMap((place) =>
    readdirSync(path.join(root, place), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
  );
  const atRoot = readdirSync(root).filter((name) => name !== "next-env.d.ts");
  return [...atRoot, ...inside]
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => CODE.test(name) && !LEFT_OUT.test(name))
    .sort()
    .map((name) => sourceOf(name, readFileSync(path.join(root, name), "utf8")));
}

/** @param text the whole file; the newline at its end begins no further line */
export function sourceOf(name: string, text: string): Source {
  return { path: name, lines: text.replace(/\n$/, "").split("\n"), isTest: TEST.test(name) };
}
