/**
 * Joins class names, leaving out what is falsy. Variants are chosen, never overridden, so nothing
 * merges.
 */
export function cx(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
