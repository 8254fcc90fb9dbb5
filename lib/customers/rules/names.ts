import { withoutIgnorable } from "@/lib/core/values/invisible";
import { holdsContact } from "./contact";
import { maskEmail } from "./email";

/**
 * The one place that decides what of a person's name another person reads, in pages, emails and
 * pictures. A name is what a stranger typed: one that holds an address or a number would speak with
 * the shop's voice, so it is not shown at all.
 */

const HAN_ONLY = /^\p{Script=Han}{2,4}$/u;
const LONGEST = 40;
const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The person to show: the name they gave, and their email address. */
type Person = { name: string | null | undefined; email: string | null };

/**
 * The part of a name that others may read: the first word, or of a Chinese name written as one
 * word, what follows the family name. Null if there is none that can be shown.
 */
export function firstNameOf(name: string | null | undefined): string | null {
  const clean = oneLine(name);
  if (clean === "" || holdsContact(clean)) return null;
  if (HAN_ONLY.test(clean)) {
    const letters = [...clean];
    return letters.slice(letters.length === 4 ? 2 : 1).join("");
  }
  const [first = ""] = clean.split(" ");
  return /[\p{L}\p{N}]/u.test(first) ? cut(first.replace(/[,;:]+$/, "")) : null;
}

/**
 * How a person is named to somebody who knows no more of them: by first name, or by masked address
 * if their name cannot be shown; null if they gave no name.
 */
export function shownName({ name, email }: Person): string | null {
  const first = firstNameOf(name);
  if (first !== null || oneLine(name) === "") return first;
  return email ? maskEmail(email) : null;
}

/**
 * How an advocate sees a friend: by first name, else by masked address; null if there is neither.
 */
export function friendLabel({ name, email }: Person): string | null {
  return firstNameOf(name) ?? (email ? maskEmail(email) : null);
}

/** A colleague's name in full, or their masked address where it cannot be shown. */
export function colleagueName({ name, email }: { name: string; email: string }): string {
  const clean = oneLine(name);
  return clean === "" || holdsContact(clean) ? maskEmail(email) : cut(clean);
}

/** The name that an advocate chose for the leaderboard; null when it cannot be shown to others. */
export function shownAlias(alias: string | null): string | null {
  return alias === null || holdsContact(alias) ? null : alias;
}

/**
 * A name as one line, without what nobody sees, and with no more marks on a letter than a script
 * needs.
 */
export function oneLine(name: string | null | undefined): string {
  return withoutIgnorable(name ?? "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .normalize("NFC")
    .replace(/\p{C}/gu, "")
    .replace(/(\p{M}{3})\p{M}+/gu, "$1")
    .trim();
}

/** Cuts a name to its longest length, between letters. */
function cut(name: string): string {
  if (name.length <= LONGEST) return name;
  let kept = "";
  for (const { segment } of GRAPHEMES.segment(name.slice(0, 4 * LONGEST))) {
    if (kept.length + segment.length >= LONGEST) break;
    kept += segment;
  }
  return `${kept}…`;
}
