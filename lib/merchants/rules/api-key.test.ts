import { createHash, createHmac } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { hashKey, keyIdOf, looksLikeKey, makeKey, openTokenKey, tokenKeyOf } from "./api-key";

beforeAll(() => {
  vi.stubEnv("AUTH_SECRET", "a secret of at least thirty-two characters");
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none");
});

describe("API keys", () => {
  it.each([
    ["secret", false, "gw_live_"],
    ["secret", true, "gw_test_"],
    ["publishable", false, "gw_pub_"],
    ["publishable", true, "gw_pub_test_"],
  ] as const)("a %s key with sandbox %s begins with %s", (kind, sandbox, prefix) => {
    const key = makeKey(kind, sandbox);
    expect(key.plain.startsWith(prefix)).toBe(true);
    expect(looksLikeKey(key.plain)).toBe(true);
    expect(keyIdOf(key.plain)).toBe(key.id);
    expect(key.hint.startsWith(prefix)).toBe(true);
  });

  it("keeps a hash and a hint, nothing that the key could be read from", () => {
    const key = makeKey("secret", false);
    expect(key.hash).toBe(createHash("sha256").update(key.plain).digest("hex"));
    expect(hashKey(key.plain)).toBe(key.hash);
    const secret = key.plain.split("_").at(-1)!;
    expect(JSON.stringify({ ...key, plain: "" })).not.toContain(secret.slice(0, 10));
    expect(key.hint.replace("gw_live_…", "")).toHaveLength(4);
  });

  it("seals the token key, bound to its key", () => {
    const key = makeKey("secret", false);
    const opened = openTokenKey(key.tokenKey!, key.id);
    expect(Buffer.from(opened!)).toEqual(
      createHmac("sha256", key.plain).update("goodword customer token").digest(),
    );
    expect(Buffer.from(opened!)).toEqual(Buffer.from(tokenKeyOf(key.plain)));
    expect(openTokenKey(key.tokenKey!, "key_other")).toBeNull();
    const bent = Buffer.from(key.tokenKey!, "base64url");
    bent[20]! ^= 1;
    expect(openTokenKey(bent.toString("base64url"), key.id)).toBeNull();
    expect(openTokenKey("", key.id)).toBeNull();
    expect(makeKey("publishable", false).tokenKey).toBeNull();
  });

  it.each([
    "",
    "gw_live_",
    "gw_live_short_short",
    "sk_live_x",
    `gw_live_${"a".repeat(26)}_${"i".repeat(40)}`,
  ])("does not take %j for a key", (text) => expect(looksLikeKey(text)).toBe(false));
});
