import { describe, expect, it } from "vitest";
import { networkOf, readIpAddress } from "./ip-address";

describe("the network of an address", () => {
  it.each([
    ["203.0.113.77", "203.0.113.0/24"],
    ["203.0.113.77:4711", "203.0.113.0/24"],
    ["::ffff:203.0.113.77", "203.0.113.0/24"],
    ["2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::/64", "2001:db8:1:2::/64"],
    ["[2001:db8:1:2::9]:443", "2001:db8:1:2::/64"],
  ])("of %s is %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
    expect(networkOf(readIpAddress(address))).toBe(network);
  });

  it.each(["unknown", "", "tom", "999.1.1.1", "<script>", "10.0.0"])(
    "of %j is not known",
    (text) => {
      expect(networkOf(text)).toBeNull();
    },
  );
});
