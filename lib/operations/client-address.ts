import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";

/** Headers with which a proxy speaks about the one before it, and which anybody can write. */
const HEARSAY = [
  "forwarded",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/**
 * The address of who asks. Each proxy adds, at the end of X-Forwarded-For, who spoke to it; so with
 * `trustedProxies` in front, the entry that many places from the end was written by the first of
 * them, and those before it by anyone. It is there to be counted by: of an IPv6 address, which its
 * owner can change at will, the network; never a port.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const socket = request.socket.remoteAddress ?? "unknown";
  if (trustedProxies === 0) return countable(socket);
  const chain = String(request.headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
  return countable(chain.at(-trustedProxies) ?? chain[0] ?? socket);
}

/** "1.2.3.4" of "1.2.3.4:567" and "::ffff:1.2.3.4"; "2001:db8:1:2::/64" of any address in it. */
function countable(text: string): string {
  const address = text
    .replace(/^\[(.*)\](:\d+)?$/, "$1")
    .replace(/^([\d.]+):\d+$/, "$1")
    .replace(/^::ffff:(?=[\d.]+$)/i, "");
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.replace(/%.*$/, "").split("::");
  const groups = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":").length : 0;
  const network =
    tail === undefined
      ? groups
      : [
          ...groups,
          ...Array<string>(Math.max(0, 8 - groups.length - after)).fill("0"),
          ...tail.split(":"),
        ];
  return `${network
    .slice(0, 4)
    .map((group) => parseInt(group || "0", 16).toString(16))
    .join(":")}::/64`;
}

/**
 * Leaves in the headers only what can be trusted: everything behind reads X-Forwarded-For as this
 * one address.
 */
export function settleForwarding(
  request: IncomingMessage,
  address: string,
  trustedProxies: number,
): void {
  request.headers["x-forwarded-for"] = address;
  if (trustedProxies === 0) for (const name of HEARSAY) delete request.headers[name];
}
