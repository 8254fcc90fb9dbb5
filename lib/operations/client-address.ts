import type { IncomingMessage } from "node:http";

/** Headers with which a proxy speaks about the one before it, and which anybody can write. */
const HEARSAY = ["forwarded", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-real-ip"];

/**
 * The address of who asks. Each proxy adds, at the end of X-Forwarded-For, who spoke to it; so with `trustedProxies`
 * in front, the entry that many places from the end was written by the first of them, and those before it by anyone.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const socket = request.socket.remoteAddress?.replace(/^::ffff:/, "") ?? "unknown";
  if (trustedProxies === 0) return socket;
  const chain = String(request.headers["x-forwarded-for"] ?? "").split(",").map((entry) => entry.trim()).filter(Boolean);
  return chain.at(-trustedProxies) ?? chain[0] ?? socket;
}

/** Leaves in the headers only what can be trusted: everything behind reads X-Forwarded-For as this one address. */
export function settleForwarding(request: IncomingMessage, address: string, trustedProxies: number): void {
  request.headers["x-forwarded-for"] = address;
  if (trustedProxies === 0) for (const name of HEARSAY) delete request.headers[name];
}
