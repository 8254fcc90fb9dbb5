/**
 * The one reader of a search box. What is typed is searched for literally: `%`, `_` and `\` are no
 * wildcards.
 */
function asLetters(words: string): string {
  return words.replaceAll(/[\\%_]/g, "\\$&");
}

/** An ILIKE pattern for texts that contain these words, for SQL. */
export function containing(words: string): string {
  return `%${asLetters(words)}%`;
}

/** The same as a Prisma filter, which does not escape wildcards by itself. */
export function contains(words: string): { contains: string; mode: "insensitive" } {
  return { contains: asLetters(words), mode: "insensitive" };
}

/** The same for a text inside of a JSON column. */
export function stringContains(words: string): { string_contains: string; mode: "insensitive" } {
  return { string_contains: asLetters(words), mode: "insensitive" };
}
