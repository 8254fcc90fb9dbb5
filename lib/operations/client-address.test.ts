import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { clientAddress, stripUntrustedForwarding, useOwnAddress } from "./client-address";

const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
  ({ socket: { remoteAddress }, headers }) as unknown as IncomingMessage;

test("without a trusted proxy nobody can choose their address", () => {
  const request = from("::ffff:10.0.0.9", {
    "x-forwarded-for": "1.2.3.4",
    "x-forwarded-proto": "https",
  });
  expect(clientAddress(request, 0)).toBe("10.0.0.9");
  stripUntrustedForwarding(request, "10.0.0.9", 0);
  expect(request.headers).toEqual({ "x-forwarded-for": "10.0.0.9" });
});

test("behind proxies it is what the outermost trusted one saw, whatever the sender wrote", () => {
  const request = from("10.0.0.1", {
    "x-forwarded-for": "6.6.6.6, 1.2.3.4, 10.0.0.2",
    "x-forwarded-proto": "https",
  });
  expect(clientAddress(request, 2)).toBe("1.2.3.4");
  expect(clientAddress(from("10.0.0.1", { "x-forwarded-for": "1.2.3.4" }), 2)).toBe("1.2.3.4");
  expect(clientAddress(from("10.0.0.1"), 1)).toBe("10.0.0.1");
  stripUntrustedForwarding(request, "1.2.3.4", 2);
  expect(request.headers).toEqual({ "x-forwarded-for": "1.2.3.4", "x-forwarded-proto": "https" });
});

test.each([
  ["2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["[2001:db8:1:2::9]:4711", "2001:db8:1:2::/64"],
  ["1.2.3.4:4711", "1.2.3.4"],
  ["::ffff:1.2.3.4", "1.2.3.4"],
  ["1.2.3.4", "1.2.3.4"],
  ["unknown", "unknown"],
])(
  "counts %s as %s, so that nobody gets a fresh start by changing what is theirs to change",
  (written, counted) => {
    expect(clientAddress(from(written), 0)).toBe(counted);
    expect(clientAddress(from("10.0.0.1", { "x-forwarded-for": written }), 1)).toBe(counted);
  },
);

test("a form from the public address is at home, whatever host a proxy sends", () => {
  const sent = { host: "127.0.0.1:3000", "x-forwarded-proto": "https" };
  const own = from("10.0.0.1", {
    ...sent,
    origin: "https://refer.example.com",
    "x-forwarded-host": "elsewhere.example.com",
  });
  useOwnAddress(own, "https://refer.example.com");
  expect(own.headers).toEqual({
    host: "refer.example.com",
    origin: "https://refer.example.com",
  });
  for (const origin of ["https://evil.example.com", "http://refer.example.com", "null"]) {
    const foreign = from("10.0.0.1", { ...sent, origin });
    useOwnAddress(foreign, "https://refer.example.com");
    expect(foreign.headers).toEqual({ host: "127.0.0.1:3000", origin });
  }
});
