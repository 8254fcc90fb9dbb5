import type { IncomingMessage } from "node:http";
import { readIpAddress } from "@/lib/core/internet/ip-address";

/**
 * Headers by which a proxy describes the one before it; without a trusted proxy anybody can set
 * them.
 */
const UNTRUSTED_HEADERS = [
  "forwarded",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/**
 * The client's address, for rate limits. Each proxy appends the address that connected to it to
 * X-Forwarded-For; so with `trustedProxies` in front, the entry that many from the end was written
 * by the outermost of them, and those before it by anyone. An IPv6 address, which its owner can
 * change at will, is cut to its /64 network; a port is dropped.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const socket = request.socket.remoteAddress ?? "unknown";
  if (trustedProxies === 0) return readIpAddress(socket);
  const chain = String(request.headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
  return readIpAddress(chain.at(-trustedProxies) ?? chain[0] ?? socket);
}

/**
 * Leaves only what can be trusted in the headers: everything behind reads X-Forwarded-For as this
 * one address.
 */
export function stripUntrustedForwarding(
  request: IncomingMessage,
  address: string,
  trustedProxies: number,
): void {
  request.headers["x-forwarded-for"] = address;
  if (trustedProxies === 0) for (const name of UNTRUSTED_HEADERS) delete request.headers[name];
}

/**
 * Lets Next know its own address, whatever a proxy in front makes of it: nginx by itself sends on
 * its own name for us as `Host`. Next refuses a form whose `Origin` is another than the host, and
 * asks itself over `X-Forwarded-Proto` for the page that an action leads to, where we speak no TLS.
 * @param appUrl the public address; from there, and from nowhere else, the host is corrected
 */
export function useOwnAddress(request: IncomingMessage, appUrl: string): void {
  delete request.headers["x-forwarded-proto"];
  const { origin, host } = new URL(appUrl);
  if (request.headers.origin !== origin) return;
  request.headers.host = host;
  delete request.headers["x-forwarded-host"];
}
