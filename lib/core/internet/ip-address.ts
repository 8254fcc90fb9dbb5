import { isIPv4, isIPv6 } from "node:net";

/**
 * The one reader of an address of the internet, as it is counted: "1.2.3.4" of "1.2.3.4:567" and
 * "::ffff:1.2.3.4"; "2001:db8:1:2::/64" of any address in that network, since its owner can change
 * the rest at will. Reading what was read changes nothing.
 * @returns what cannot be read as it came
 */
export function readIpAddress(text: string): string {
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
 * The network that an address is in, as one household or office has it: "203.0.113.0/24" for IPv4,
 * the /64 for IPv6.
 * @returns null for what is no address
 */
export function networkOf(text: string): string | null {
  const address = readIpAddress(text);
  if (isIPv4(address)) return `${address.split(".").slice(0, 3).join(".")}.0/24`;
  return address.endsWith("::/64") ? address : null;
}
