import { randomFillSync } from "node:crypto";
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
  | "net"
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
  | "pdt"
  | "pol"
  | "rpl"
  | "rvw"
  | "nom"
  | "idn"
  | "mrg"
  | "viw";

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
  const time = encode(lastMs, 10) + encode(counter, 4);
  return `${prefix}_${time}${randomCharacters(12)}`;
}

// Drawn in bulk: the system's secure source costs more per call than per byte.
const pool = Buffer.alloc(4_096);
let poolAt = pool.length;

/** `count` random characters of the id alphabet (5 bits each), from the system's secure source. */
export function randomCharacters(count: number): string {
  let text = "";
  for (let index = 0; index < count; index += 1) text += ALPHABET[randomByte() & 31];
  return text;
}

function randomByte(): number {
  if (poolAt === pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  const byte = pool[poolAt]!;
  // None is ever given twice, to whoever may read this memory later either.
  pool[poolAt] = 0;
  poolAt += 1;
  return byte;
}

/** @param value below 2^53 */
function encode(value: number, length: number): string {
  let text = "";
  for (let index = 0; index < length; index += 1) {
    text = ALPHABET[value % 32] + text;
    value = Math.floor(value / 32);
  }
  return text;
}
