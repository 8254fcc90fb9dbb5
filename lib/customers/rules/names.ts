import { maskEmail } from "./email";

const HAN_ONLY = /^\p{Script=Han}{2,4}$/u;

/**
 * What a friend may read of someone's name: the first word; of a Chinese name written as one, what
 * follows the family name. Null when nothing usable was given.
 */
export function firstNameOf(name: string | null | undefined): string | null {
  const clean = (name ?? "")
    .normalize("NFC")
    .replace(/[\p{C}]/gu, "")
    .trim();
  // An address typed into the name's field must not be shown to others.
  if (clean === "" || clean.includes("@")) return null;
  if (HAN_ONLY.test(clean)) return clean.slice(clean.length === 4 ? 2 : 1);
  return clean.split(/\s+/)[0]!.slice(0, 40);
}

/**
 * How an advocate sees a friend: by first name, else by masked address; null when we know neither.
 */
export function friendLabel(friend: { name: string | null; email: string | null }): string | null {
  return firstNameOf(friend.name) ?? (friend.email ? maskEmail(friend.email) : null);
}
