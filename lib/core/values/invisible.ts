/**
 * Invisible characters: white space, controls, what Unicode calls default-ignorable (zero-width
 * spaces, joiners, soft hyphens, byte order marks, variation selectors), and the blank of Braille.
 * They come along when a value is copied from a page, and must not make two values differ.
 */
const UNSEEN = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]/u;
const ALL_UNSEEN = /[\s\p{Cc}\p{Default_Ignorable_Code_Point}\u2800]+/gu;
const ALL_IGNORABLE = /\p{Default_Ignorable_Code_Point}+/gu;
const PLAIN = /^[\x21-\x7e]*$/;

/** The text without invisible characters. */
export function withoutUnseen(text: string): string {
  return PLAIN.test(text) ? text : text.replace(ALL_UNSEEN, "");
}

/** The text without default-ignorable characters; white space and controls stay. */
export function withoutIgnorable(text: string): string {
  return PLAIN.test(text) ? text : text.replace(ALL_IGNORABLE, "");
}

/** The text without invisible characters at its ends; those inside stay. */
export function trimUnseen(text: string): string {
  if (PLAIN.test(text)) return text;
  const letters = [...text];
  let from = 0;
  let to = letters.length;
  while (from < to && UNSEEN.test(letters[from]!)) from += 1;
  while (to > from && UNSEEN.test(letters[to - 1]!)) to -= 1;
  return to - from === letters.length ? text : letters.slice(from, to).join("");
}
