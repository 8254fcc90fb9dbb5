/**
 * An ILIKE pattern for texts that contain these words as they are typed: no character of them is a
 * wildcard.
 */
export function containing(words: string): string {
  return `%${words.replaceAll(/[\\%_]/g, "\\$&")}%`;
}
