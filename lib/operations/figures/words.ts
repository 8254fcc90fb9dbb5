import type { Source } from "./sources";

/** A word of the README's table that is not to be used, and the one that stands for it. */
export type BannedWord = { word: string; instead: string };

/**
 * Places where a word of the list has to stay: names that other software gave, or that stored JSON
 * and the published API have carried since before the list. Each is a whole word as it is written.
 */
const ALLOWED = new Set([
  "confirmed_referrals",
  "confirmedFriends",
  "costPerConfirmed",
  "nobody_confirmed",
  "fulfil",
  "undo_fulfil",
  "kept_back",
  "called_back",
  "taken_back",
  "doings",
  "handing_over_undone",
]);

/**
 * Reads the last column of the README's table of words. Rows look like `| use | meaning | never |`;
 * several words are divided by commas.
 */
export function bannedWords(readme: string): BannedWord[] {
  const section = /\n## The words\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .flatMap((line) => {
      const [instead = "", , never = ""] = line
        .split("|")
        .slice(1)
        .map((cell) => cell.trim());
      return never
        .split(",")
        .map((word) => word.trim())
        .filter(Boolean)
        .map((word) => ({ word, instead: instead.replaceAll("**", "") }));
    });
}

/** Each use of a banned word: "path:line: word (use …)". Words inside names count: `takeBack`. */
export function usesOf(banned: readonly BannedWord[], sources: readonly Source[]): string[] {
  const patterns = banned.map((entry) => ({
    ...entry,
    pattern: new RegExp(`(?<![a-z])${entry.word.replaceAll(/[ -]/g, "[ -]")}(?![a-z])`, "i"),
  }));
  return sources.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => {
      const plain = inWords(line);
      return patterns
        .filter(({ pattern }) => pattern.test(plain))
        .map(({ word, instead }) => `${path}:${index + 1}: "${word}" (use ${instead})`);
    }),
  );
}

/** A line with its names taken apart: `takeBackAll` reads "take back all". */
function inWords(line: string): string {
  return line
    .replace(/[\w$]+/g, (name) => (ALLOWED.has(name) ? "" : name))
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ");
}
