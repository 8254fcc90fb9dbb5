/**
 * The one reader of a search box. Whatever is typed is looked for as it is: `%`, `_` and `\` are
 * letters, not wildcards.
 */
function asLetters(words: string): string {
  return words.replaceAll(/[\\%_]/g, "\\$&");
}

/** An ILIKE pattern for texts that contain these words, for SQL. */
export function containing(words: string): string {
  return `%${asLetters(words)}%`;
}

/** The same as a filter of Prisma, which would take wildcards for what they are in SQL. */
export function contains(words: string): { contains: string; mode: "insensitive" } {
  return { contains: asLetters(words), mode: "insensitive" };
}

/** The same for a text inside of a JSON column. */
export function stringContains(words: string): { string_contains: string; mode: "insensitive" } {
  return { string_contains: asLetters(words), mode: "insensitive" };
}
