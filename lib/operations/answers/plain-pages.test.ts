import { describe, expect, it } from "vitest";
import { withoutScripts } from "./plain-pages";

describe("a page without its scripts", () => {
  it("loads none, neither now nor ahead", () => {
    const page =
      '<head><link rel="preload" as="script" fetchPriority="low" href="/_next/a.js"/>' +
      '<link rel="modulepreload" href="/_next/b.js"/><link rel="stylesheet" href="/a.css"/>' +
      '<link rel="preload" as="font" href="/a.woff2"/>' +
      '<script src="/_next/a.js" async="" nonce="n"></script></head><body><p>Hello</p>' +
      '<script nonce="n">self.__next_f.push([1,"<p>a \\u003c/script></p>\n"])</script></body>';
    expect(withoutScripts(page)).toBe(
      '<head><link rel="stylesheet" href="/a.css"/>' +
        '<link rel="preload" as="font" href="/a.woff2"/></head><body><p>Hello</p></body>',
    );
  });

  it("keeps its own, and what people wrote", () => {
    const page =
      '<script src="/invite.js" async="" nonce="n" data-plain=""></script>' +
      "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>";
    expect(withoutScripts(page)).toBe(page);
  });
});
