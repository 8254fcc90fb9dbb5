import { DomainError } from "@/lib/core/errors";
import { hashPassword } from "./password";

/** Whom a password is for: what others would try first. */
export type PasswordOwner = { email: string; name?: string; shopName?: string };

/**
 * What anybody would try at an account of this product, besides its owner's own words. A password
 * may hold them; what is left without them has to be one by itself.
 */
const WORDS_OF_THE_PLACE = [
  ..."goodword referral referrals refer reward rewards loyalty points coupon invite friend".split(
    " ",
  ),
  ..."shop store merchant dashboard customer owner admin administrator analyst support".split(" "),
  ..."password passwort kennwort fjalekalim welcome letmein secret login signin changeme".split(
    " ",
  ),
];

/** A shorter word, such as a first name of three letters, is in too many others. */
const SHORTEST_WORD = 4;
const LITTLE_MORE =
  "This is little more than a word that anyone would guess, like your name or your shop’s.";
const LEAST_LEFT = 8;
const LEAST_DIFFERENT = 5;

/**
 * Why a password is refused that is long enough: it is among those that leaked most often, has few
 * different characters, or consists of what anybody would guess. Null for any other, whatever it is
 * made of.
 */
export async function weaknessOf(password: string, owner: PasswordOwner): Promise<string | null> {
  const spelled = unspelled(password);
  if (new Set(spelled).size < LEAST_DIFFERENT) return "Use more different characters.";
  if (await isCommon(password))
    return "Many people use this password, so it is tried first. Choose another one.";
  const words = wordsAround(owner);
  for (const text of [password.toLowerCase(), spelled]) {
    const left = without(text, words);
    if (left !== text && (left.length < LEAST_LEFT || (await isCommon(left)))) return LITTLE_MORE;
  }
  return null;
}

/**
 * Checks a password that somebody chooses, and hashes it.
 * @throws DomainError invalid_request for one that is too easy to guess
 */
export async function hashChosenPassword(password: string, owner: PasswordOwner): Promise<string> {
  const weakness = await weaknessOf(password, owner);
  if (weakness !== null) throw new DomainError("invalid_request", weakness, "password");
  return hashPassword(password);
}

async function isCommon(password: string): Promise<boolean> {
  // Loaded when it is first asked for: it unpacks itself.
  const { default: list } = await import("fxa-common-password-list");
  const small = password.toLowerCase();
  const spelled = unspelled(password);
  // "Basketball1!" is "basketball" to whoever guesses.
  return [password, small, small.replace(/[\d\p{P}\p{S}\s]+$/u, ""), spelled].some(
    (text) => text.length >= LEAST_LEFT && list.test(text),
  );
}

const SPELLINGS: Readonly<Record<string, string>> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
  "@": "a",
  $: "s",
  "!": "i",
};

/** "G00dw0rd" → "goodword": other signs for letters make a word no better. */
function unspelled(text: string): string {
  return text.toLowerCase().replace(/[013457@$!]/g, (sign) => SPELLINGS[sign] ?? sign);
}

function wordsAround({ email, name = "", shopName = "" }: PasswordOwner): string[] {
  const own = [name, shopName, ...email.split("@")].flatMap((text) => {
    const parts = unspelled(text).split(/[^\p{L}\p{N}]+/u);
    return [parts.join(""), ...parts];
  });
  return [...new Set([...own, ...WORDS_OF_THE_PLACE])]
    .filter((word) => word.length >= SHORTEST_WORD)
    .sort((one, other) => other.length - one.length);
}

/** The letters and digits of a text without these words. */
function without(text: string, words: readonly string[]): string {
  const plain = text.replace(/[^\p{L}\p{N}]/gu, "");
  let left = plain;
  for (const word of words) left = left.replaceAll(word, "");
  return left === plain ? text : left;
}
