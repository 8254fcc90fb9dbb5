import fc from "fast-check";
import { expect, it } from "vitest";
import { refusalOfAddress } from "./unreadable-address";

it.each([
  ["/", null],
  ["/r/ANNA%20", null],
  ["/r/%zz", "not found"],
  ["/i/ANNA%", "not found"],
  ["/i/%E0%A4%A", "not found"],
  ["/refer/%ff", "not found"],
  ["/admin/shop%2/customers", "not found"],
  ["/unsubscribe/%C3%28", "not found"],
  ["/_next/static/%zz", "not found"],
  ["/%", "not found"],
  ["/r/ANNA?utm_campaign=50%", null],
  ["/refer/spring?token=%zz", null],
  ["/api/v1/customers/%zz", "bad request"],
  ["/api/v1/customers/%ED%A0%80", "bad request"],
  ["/api/v1/customers?search=%zz", "bad request"],
  ["/api/v1/events?key=%", "bad request"],
  ["/api/auth/%zz", "bad request"],
  ["/api/v1/customers?search=%2525", null],
])("%s: %s", (url, refusal) => {
  expect(refusalOfAddress(url)).toBe(refusal);
});

it("lets every address pass that was encoded as addresses are", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(refusalOfAddress(`/api/v1/${encodeURIComponent(text)}`)).toBeNull();
    }),
  );
});
