import { randomInt } from "node:crypto";
import { firstNameOf } from "./names";
import { isOffensive } from "./offensive";

/**
 * No vowels, so that no word forms; nothing that looks or sounds like its neighbour (0/O, 1/I/L,
 * 2/Z, 5/S, 8/B, U/V).
 */
const ALPHABET = "CDFGHJKMNPQRTWXY34679";

/** For people whose name cannot be spelt with A to Z, or should not be. */
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

/** A source of chance: a whole number from 0 to below `below`. */
export type Pick = (below: number) => number;

/**
 * A code to write in a link and to say at a counter: "MIRA-7K3P". Whether it is free is for the
 * table to say.
 * @param attempt 0 for the first try; later ones are longer, so that a common name finds its place
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

/** Letters that Unicode does not take apart into a base and a mark. */
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
