import { withoutUnseen } from "./invisible";

export const MAX_CODE_LENGTH = 40;
/** Longer texts are refused unread, since normalising takes time. */
const MAX_TYPED = 400;
const CODE = /^[A-Z0-9][A-Z0-9._-]*$/;
/** Dashes, hyphens and minus signs of any length. */
const DASHES = /[\p{Pd}\u2212\u02d7]/gu;

/**
 * The one reader of a code, of a share or a coupon, at every door and inside: capitals, full-width
 * letters as plain ones, every dash as "-", no spaces or invisible characters (" mira – 7k3p" →
 * "MIRA-7K3P"). Reading what was read changes nothing, and every stored code reads as itself: they
 * were made or checked as A-Z, 0-9 and "-", "_", ".".
 * @returns null for what cannot be a code
 */
export function readCode(text: string): string | null {
  if (text.length > MAX_TYPED) return null;
  const code = CODE.test(text)
    ? text
    : withoutUnseen(text.normalize("NFKC")).replace(DASHES, "-").toUpperCase();
  return code.length <= MAX_CODE_LENGTH && CODE.test(code) ? code : null;
}

/** What follows a link that was copied from a sentence, brackets, quotes or formatted chat. */
const BEHIND_A_LINK = /[\s\p{Pe}\p{Pf}\p{Pi}.,;:!?…'"`´*~|\\/>。、，；：！？＞＂＇]+$/u;

/** The text without punctuation that was copied along with a link or a code ("…7K3P)."). */
export function withoutTail(text: string): string {
  return text.length > MAX_TYPED ? text : text.replace(BEHIND_A_LINK, "");
}

/**
 * `readCode` for a share code. Share codes have no underscore, so one that is typed is read as a
 * dash; and they end in a letter or digit, so punctuation at the end is dropped.
 */
export function readShareCode(text: string): string | null {
  if (text.length > MAX_TYPED) return null;
  return readCode(withoutTail(text.replaceAll("_", "-")).replace(/-+$/, ""));
}
