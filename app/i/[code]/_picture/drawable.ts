/** Letters that Geist has: Latin with its marks, Cyrillic, punctuation and currency signs. */
const COVERED = /^[\u0020-\u024f\u0400-\u045f\u2010-\u2026\u2030-\u203a\u20a0-\u20bf]*$/u;

/**
 * A text that our font can draw whole, else null. For a letter that it lacks, the image library
 * would ask a font service on the network, and nothing leaves this machine.
 */
export function drawable(text: string | null | undefined): string | null {
  const clean = text
    ?.normalize("NFC")
    .replace(/[\u00a0\u202f]/g, " ")
    .trim();
  return clean && COVERED.test(clean) ? clean : null;
}
