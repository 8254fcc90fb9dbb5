import { randomBytes } from "node:crypto";
import { systemNow } from "./time";

/** Crockford's base 32 in lower case: sorts like the number, and has no i, l, o or u to misread. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

export type IdPrefix =
  | "usr"
  | "mer"
  | "ast"
  | "inv"
  | "key"
  | "aud"
  | "prg"
  | "cus"
  | "con"
  | "adv"
  | "evt"
  | "clk"
  | "ref"
  | "stp"
  | "rwd"
  | "acc"
  | "tra"
  | "chk"
  | "msg"
  | "ses"
  | "cam"
  | "itm"
  | "rdm"
  | "brd"
  | "sea"
  | "tir"
  | "bdg"
  | "awd"
  | "lot"
  | "pay"
  | "pol"
  | "rpl"
  | "rvw"
  | "nom"
  | "idn"
  | "mrg";

let lastMs = 0;
let counter = 0;

/**
 * A new id, "ref_" and 26 characters: 48 bits of time, a 20-bit counter within the millisecond, 60
 * random bits. Ids made by one process sort in the order they were made.
 * @param nowMs the time to encode, in milliseconds since the epoch; now by default
 */
export function newId(prefix: IdPrefix, nowMs: number = systemNow().getTime()): string {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = 0;
  } else {
    counter += 1;
  }
  const time = encode(BigInt(lastMs), 10) + encode(BigInt(counter), 4);
  return `${prefix}_${time}${randomCharacters(12)}`;
}

/** `count` random characters of the id alphabet (5 bits each), from the system's secure source. */
export function randomCharacters(count: number): string {
  let text = "";
  for (const byte of randomBytes(count)) text += ALPHABET[byte & 31];
  return text;
}

function encode(value: bigint, length: number): string {
  let text = "";
  for (let index = 0; index < length; index += 1) {
    text = ALPHABET[Number(value & 31n)] + text;
    value >>= 5n;
  }
  return text;
}
