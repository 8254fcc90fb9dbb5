import { holdsContact } from "./contact";
import { oneLine } from "./names";
import { isOffensive } from "./offensive";

export const ALIAS_LENGTH = { least: 2, most: 24 } as const;
const MESSAGE_LENGTH = 400;

/**
 * Cleans a name for the leaderboard. Returns null if it cannot be shown: too short or too long, an
 * address or a number, a slur.
 */
export function cleanAlias(text: string): string | null {
  const alias = oneLine(text);
  const length = [...alias].length;
  if (length < ALIAS_LENGTH.least || length > ALIAS_LENGTH.most) return null;
  const isUnfit = holdsContact(alias) || isOffensive(alias) || !/[\p{L}\p{N}]/u.test(alias);
  return isUnfit ? null : alias;
}

/**
 * Cleans an advocate's own invitation text: no control characters, at most 400 characters. Returns
 * null if nothing is left.
 */
export function cleanMessage(text: string): string | null {
  const message = text
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/[^\P{C}\n]/gu, "")
    .trim();
  return message === "" ? null : [...message].slice(0, MESSAGE_LENGTH).join("");
}
