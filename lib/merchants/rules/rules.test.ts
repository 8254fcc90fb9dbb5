import { describe, expect, it } from "vitest";
import type { Role } from "./roles";
import { logoType } from "./logo";
import { judgeMemberChange } from "./member-change";
import { slugFrom } from "./slug";

describe("judgeMemberChange", () => {
  const change = (
    actor: Role,
    target: Role,
    next: Role | null,
    { isSelf = false, owners = 2 } = {},
  ) => judgeMemberChange({ actor, target, next, isSelf, owners }).allowed;

  it("never lets the last owner go or step down, not even by their own hand", () => {
    expect(change("owner", "owner", null, { isSelf: true, owners: 1 })).toBe(false);
    expect(change("owner", "owner", "admin", { isSelf: true, owners: 1 })).toBe(false);
    expect(change("owner", "owner", null, { owners: 1 })).toBe(false);
    expect(change("owner", "owner", "admin", { owners: 2 })).toBe(true);
  });

  it("keeps an admin's hands off owners", () => {
    expect(change("admin", "owner", "admin")).toBe(false);
    expect(change("admin", "owner", null)).toBe(false);
    expect(change("admin", "support", "owner")).toBe(false);
    expect(change("admin", "admin", "owner", { isSelf: true })).toBe(false);
    expect(change("admin", "support", "analyst")).toBe(true);
  });

  it("lets analysts and support change nobody, but leave", () => {
    for (const actor of ["analyst", "support"] as const) {
      expect(change(actor, "support", "admin")).toBe(false);
      expect(change(actor, actor, "admin", { isSelf: true })).toBe(false);
      expect(change(actor, "support", null)).toBe(false);
      expect(change(actor, actor, null, { isSelf: true })).toBe(true);
    }
  });
});

describe("logoType", () => {
  const bytes = (...parts: (string | number[])[]) =>
    new Uint8Array(
      parts.flatMap((part) =>
        typeof part === "string" ? [...part].map((c) => c.charCodeAt(0)) : part,
      ),
    );

  it("knows a picture by its bytes", () => {
    expect(logoType(bytes([0x89], "PNG\r\n", [0x1a, 0x0a, 0, 0, 0, 13], "IHDR"))).toBe("image/png");
    expect(logoType(bytes([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 0xff, 0xd9]))).toBe("image/jpeg");
    expect(logoType(bytes("RIFF", [1, 0, 0, 0], "WEBPVP8 "))).toBe("image/webp");
  });

  it("takes nothing else, whatever it is called", () => {
    for (const text of [
      "",
      "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
      "GIF89a",
      "%PDF-1.7",
      "<html>",
      "RIFF0000WAVE",
    ]) {
      expect(logoType(bytes(text))).toBeNull();
    }
    expect(logoType(bytes([0xff, 0xd8, 0xff], "<script>alert(1)</script>"))).toBeNull();
    expect(logoType(bytes([0x89], "PNG\r\n", [0x1a, 0x0a], "<script>"))).toBeNull();
  });
});

describe("slugFrom", () => {
  it.each([
    ["Café Lumière", "cafe-lumiere"],
    ["  Bean & Leaf  ", "bean-leaf"],
    ["面包店", "shop"],
    ["A", "shop"],
    ["!!!", "shop"],
    ["Load Test", "load-test-shop"],
    ["test", "test-shop"],
    ["x".repeat(80), "x".repeat(40)],
  ])("%s → %s", (name, slug) => expect(slugFrom(name)).toBe(slug));
});
