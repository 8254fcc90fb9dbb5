import { randomFillSync, timingSafeEqual } from "node:crypto";
import { cookieName } from "@/lib/core/address";
import { macOf } from "@/lib/core/sealing";

/**
 * The name of the first-party cookie that names a browser: random, readable by the server only,
 * tied to nobody by itself.
 */
export function visitorCookie(): string {
  return cookieName("gw_v");
}

/** How long our pages name it: as an invitation is good for where the shop says nothing else. */
export const VISITOR_DAYS = 90;

const VISITOR = /^[A-Za-z0-9_-]{22}$/;
const RANDOM_BYTES = 10;
const SIGNED_BYTES = 6;
const pool = Buffer.alloc(RANDOM_BYTES * 256);
let poolAt = pool.length;

/**
 * 80 random bits, and 48 by which we know again that we made it. Drawn in bulk: the system's source
 * costs more per call than per byte.
 */
export function newVisitorId(): string {
  if (poolAt === pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  const random = pool.subarray(poolAt, poolAt + RANDOM_BYTES);
  poolAt += RANDOM_BYTES;
  return Buffer.concat([random, signatureOf(random)]).toString("base64url");
}

/** The visitor that the cookie names; null without one, or where it cannot be one. */
export function visitorOf(cookieHeader: string | null | undefined): string | null {
  const start = `${visitorCookie()}=`;
  const named = (cookieHeader ?? "").split(/; */).flatMap((text) => {
    const id = text.startsWith(start) ? text.slice(start.length) : "";
    return VISITOR.test(id) ? [id] : [];
  });
  return named[0] ?? null;
}

/** The same, but only one that was made here: anybody can invent the rest. */
export function ownVisitorOf(cookieHeader: string | null | undefined): string | null {
  const visitorId = visitorOf(cookieHeader);
  if (visitorId === null) return null;
  const bytes = Buffer.from(visitorId, "base64url");
  const [random, signature] = [bytes.subarray(0, RANDOM_BYTES), bytes.subarray(RANDOM_BYTES)];
  return timingSafeEqual(signature, signatureOf(random)) ? visitorId : null;
}

function signatureOf(random: Uint8Array): Uint8Array {
  return macOf(random, "visitor").subarray(0, SIGNED_BYTES);
}
