import { randomFillSync } from "node:crypto";

/**
 * The first-party cookie that names a browser: random, readable by the server only, tied to nobody
 * by itself.
 */
export const VISITOR_COOKIE = "gw_v";

const VISITOR_BYTES = 16;
const pool = Buffer.alloc(VISITOR_BYTES * 256);
let poolAt = pool.length;

/** 128 random bits. Drawn in bulk: the system's source costs more per call than per byte. */
export function newVisitorId(): string {
  if (poolAt === pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  poolAt += VISITOR_BYTES;
  return pool.toString("base64url", poolAt - VISITOR_BYTES, poolAt);
}

/** The visitor that the cookie names; null without one, or when it was not made here. */
export function visitorOf(cookieHeader: string | undefined): string | null {
  const match = cookieHeader
    ? /(?:^|;\s*)gw_v=([A-Za-z0-9_-]{22})(?:;|$)/.exec(cookieHeader)
    : null;
  return match?.[1] ?? null;
}
