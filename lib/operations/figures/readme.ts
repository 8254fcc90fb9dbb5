import { existsSync } from "node:fs";
import path from "node:path";

const LINK = /\]\(([^)#\s]+)(?:#[^)\s]*)?\)/g;
const NAMED = /`((?:app|components|e2e|lib|prisma|public)\/[^`\s]*)`/g;

/** Paths that a text of this repository names, by a link or in backticks. */
function pathsIn(markdown: string): string[] {
  const links = [...markdown.matchAll(LINK)].map((match) => decodeURIComponent(match[1]!));
  const named = [...markdown.matchAll(NAMED)].map((match) => match[1]!);
  return [...new Set([...links, ...named])].filter((name) => !/^https?:|[<>{}*…]/.test(name));
}

/**
 * Paths of a text that do not exist.
 * @param root where those in backticks begin
 * @param folder where links begin: the text's own, seen from the root
 */
export function deadPaths(markdown: string, root: string, folder = "."): string[] {
  return pathsIn(markdown).filter(
    (name) => !existsSync(path.join(root, name)) && !existsSync(path.join(root, folder, name)),
  );
}
