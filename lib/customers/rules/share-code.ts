import { randomInt } from "node:crypto";
import { firstNameOf } from "./names";
import { isOffensive } from "./offensive";

/**
 * No vowels, so that no word forms; nothing that looks or sounds like its neighbour (0/O, 1/I/L,
 * 2/Z, 5/S, 8/B, U/V).
 */
const ALPHABET = "CDFGHJKMNPQRTWXY34679";

/** Used for names that cannot be spelt with A to Z, or are offensive. */
const PLEASANT = [
  "AMBER",
  "CEDAR",
  "CLOUD",
  "CORAL",
  "HAZEL",
  "LINDEN",
  "MAPLE",
  "OLIVE",
  "PEARL",
  "RIVER",
  "ROBIN",
  "SAGE",
] as const;

/** A random source: a whole number from 0 up to but not including `below`. */
export type Pick = (below: number) => number;

/**
 * Makes a code for a link, easy to say aloud: "MIRA-7K3P". The caller checks whether it is free.
 * @param attempt 0 for the first try; codes get longer with further ones, so that a common name
 * finds a free one
 */
export function makeShareCode(
  name: string | null | undefined,
  attempt = 0,
  pick: Pick = (below) => randomInt(below),
): string {
  const given = spell(firstNameOf(name) ?? "");
  const word = given.length >= 2 && !isOffensive(given) ? given : PLEASANT[pick(PLEASANT.length)]!;
  const length = 4 + Math.min(Math.floor(attempt / 2), 4);
  for (;;) {
    const tail = Array.from({ length }, () => ALPHABET[pick(ALPHABET.length)]).join("");
    if (!isOffensive(tail) && !isOffensive(word + tail)) return `${word}-${tail}`;
  }
}

/** Letters that Unicode does not decompose into a base letter and a mark. */
const SPELT: Record<string, string> = {
  ß: "SS",
  ø: "O",
  Ø: "O",
  ł: "L",
  Ł: "L",
  æ: "AE",
  Æ: "AE",
  œ: "OE",
  Œ: "OE",
  đ: "D",
  Đ: "D",
  þ: "TH",
  ı: "I",
};

function spell(name: string): string {
  return name
    .replace(/[ßøØłŁæÆœŒđĐþı]/g, (letter) => SPELT[letter]!)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toUpperCase()
    .replace(/[^A-Z]/g, "")
    .slice(0, 10);
}
