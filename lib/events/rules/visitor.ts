import { randomFillSync } from "node:crypto";
import { cookieName } from "@/lib/core/address";

/**
 * The name of the first-party cookie that names a browser: random, readable by the server only,
 * tied to nobody by itself.
 */
export function visitorCookie(): string {
  return cookieName("gw_v");
}

const VISITOR = /^[A-Za-z0-9_-]{22}$/;
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
  const start = `${visitorCookie()}=`;
  const pair = cookieHeader?.split(/; */).find((text) => text.startsWith(start));
  const id = pair?.slice(start.length) ?? "";
  return VISITOR.test(id) ? id : null;
}
