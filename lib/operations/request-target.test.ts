import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { METHODS, readTarget } from "./request-target";

const codeOf = (target: ReturnType<typeof readTarget>) =>
  "refusal" in target ? target.refusal.code : target.url;

describe("the target of a request", () => {
  it.each([
    ["/", "/"],
    ["/r/ANNA%20", "/r/ANNA%20"],
    ["/r/ANNA?utm_campaign=50%", "/r/ANNA?utm_campaign=50%"],
    ["/refer/spring?token=%zz", "/refer/spring?token=%zz"],
    ["/api/v1/customers?search=%2525", "/api/v1/customers?search=%2525"],
    ["/api/v1/customers?search=%00", "/api/v1/customers?search=%00"],
    // What each of those behind would resolve for itself.
    ["http://shop.example.com/api/health", "/api/health"],
    ["HTTPS://other.example.com:8443", "/"],
    ["http://shop.example.com?x=1", "/?x=1"],
    ["/i/../admin/tea", "/admin/tea"],
    ["/i/%2e%2E/admin/tea", "/admin/tea"],
    ["/docs/./api", "/docs/api"],
    ["/docs\\api", "/docs/api"],
    ["/../../etc/passwd", "/etc/passwd"],
    ["/api/v1/../../i/%zz", "/not-found"],
    ["//evil.example.com/r/ANNA", "//evil.example.com/r/ANNA"],
  ])("%s is answered as %s", (url, target) => {
    expect(readTarget({ method: "GET", url })).toEqual({ url: target });
  });

  it.each([
    "/r/%zz",
    "/i/ANNA%",
    "/i/%E0%A4%A",
    "/refer/%ff",
    "/admin/shop%2/customers",
    "/unsubscribe/%C3%28",
    "/_next/static/%zz",
    "/%",
    "/i/ANNA%00",
  ])("%s is no page", (url) => {
    expect(readTarget({ url })).toEqual({ url: "/not-found" });
  });

  it.each([
    "/api/v1/customers/%zz",
    "/api/v1/customers/%ED%A0%80",
    "/api/v1/customers?search=%zz",
    "/api/v1/events?key=%",
    "/api/auth/%zz",
    "/api/v1/customers/%00",
    "/api/v1/customers#x",
    "/#x",
    "/r/ANNA#x",
    "http://shop.example.com/#x",
    "*",
    "",
    "api/health",
    "?x",
    "ftp://shop.example.com/",
    "shop.example.com:443",
  ])("%s is refused", (url) => {
    expect(codeOf(readTarget({ method: "GET", url }))).toBe("invalid_request");
  });
});

it("takes the methods that something of ours takes, and no other", () => {
  for (const method of METHODS) expect(codeOf(readTarget({ method, url: "/" }))).toBe("/");
  for (const method of ["TRACE", "CONNECT", "PROPFIND", "get", ""])
    expect(codeOf(readTarget({ method, url: "/api/health" })), method).toBe("method_not_allowed");
});

it("lets every address pass that was encoded as addresses are", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 3 }), (text) => {
      const url = `/api/v1/${encodeURIComponent(text)}`;
      fc.pre(!url.includes("%00"));
      expect(readTarget({ method: "GET", url })).toEqual({ url });
    }),
  );
});

it("reads the same again, and nobody behind reads anything else", () => {
  const piece = fc.constantFrom(
    "/",
    "..",
    ".",
    "\\",
    "%2e",
    "api",
    "r",
    "?",
    "x",
    "é",
    "%zz",
    "//",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const { url, ...rest } = readTarget({ url: `/${pieces.join("")}` });
      if ("refusal" in rest) return;
      expect(readTarget({ url })).toEqual({ url });
      expect(new URL(`http://host${url}`).pathname).toBe(url.split("?")[0]);
    }),
  );
});
