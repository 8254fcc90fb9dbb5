import { SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeConnections } from "@/lib/core/db";
import { createApiKey, revokeApiKey } from "@/lib/merchants/commands/keys";
import { keyIdOf, tokenKeyOf } from "@/lib/merchants/rules/api-key";
import type { Scope } from "@/lib/merchants/scope";
import { createTestMerchant, testSandbox } from "@/lib/merchants/testing";
import { verifyMerchantToken } from "./merchant-token";

let shop: Scope;
let other: Scope;
let key: string;

beforeAll(async () => {
  [shop, other] = [await createTestMerchant(), await createTestMerchant()];
  key = (await createApiKey(shop, { kind: "secret", label: "Backend" })).key;
});
afterAll(closeConnections);

const CLAIMS = { sub: "c-42", email: "Mira@Example.com", name: "Mira", locale: "sq" };
const seconds = () => Math.floor(Date.now() / 1000);

type Bend = {
  claims?: Record<string, unknown>;
  alg?: string;
  kid?: string;
  iat?: number;
  exp?: number;
};

function sign(
  plain: string,
  { claims = CLAIMS, alg = "HS256", kid, iat = seconds(), exp = seconds() + 600 }: Bend = {},
) {
  return new SignJWT({ ...claims, iat, exp })
    .setProtectedHeader({ alg, kid: kid ?? keyIdOf(plain)! })
    .sign(tokenKeyOf(plain));
}

const verify = (token: string, { merchantId } = shop) => verifyMerchantToken(token, { merchantId });

describe("a token signed by the merchant's backend", () => {
  it("says who the customer is, as often as it is shown", async () => {
    const token = await sign(key);
    for (let i = 0; i < 2; i += 1) {
      expect(await verify(token)).toMatchObject({
        externalId: "c-42",
        email: "mira@example.com",
        name: "Mira",
        locale: "sq",
        scope: { merchantId: shop.merchantId, actor: { kind: "key", id: keyIdOf(key) } },
      });
    }
  });

  it("opens no other merchant's program, nor the sandbox of its own", async () => {
    const token = await sign(key);
    const refused = { code: "unauthenticated" };
    await expect(verify(token, other)).rejects.toMatchObject(refused);
    await expect(verify(token, await testSandbox(shop))).rejects.toMatchObject(refused);
    const foreign = (await createApiKey(other, { kind: "secret", label: "Theirs" })).key;
    await expect(verify(await sign(foreign))).rejects.toMatchObject(refused);
    // Theirs, with our key's name on it.
    await expect(verify(await sign(foreign, { kid: keyIdOf(key)! }))).rejects.toMatchObject(
      refused,
    );
  });

  const now = seconds();
  it.each<[string, () => Promise<string>]>([
    ["unsigned", async () => new UnsecuredJWT({ ...CLAIMS, iat: now, exp: now + 600 }).encode()],
    [
      "with alg none and our kid",
      async () => {
        const header = Buffer.from(JSON.stringify({ alg: "none", kid: keyIdOf(key) })).toString(
          "base64url",
        );
        const claims = JSON.stringify({ ...CLAIMS, iat: now, exp: now + 600 });
        return `${header}.${Buffer.from(claims).toString("base64url")}.`;
      },
    ],
    ["under another algorithm", () => sign(key, { alg: "HS512" })],
    ["with an unknown kid", () => sign(key, { kid: "key_00000000000000000000000000" })],
    ["without a kid", () => sign(key, { kid: "" })],
    [
      "with the plain key instead of the derived one",
      () =>
        new SignJWT({ ...CLAIMS, iat: now, exp: now + 600 })
          .setProtectedHeader({ alg: "HS256", kid: keyIdOf(key)! })
          .sign(new TextEncoder().encode(key)),
    ],
    ["expired", () => sign(key, { iat: now - 7_200, exp: now - 3_600 })],
    ["too long-lived", () => sign(key, { exp: now + 86_401 + 60, iat: now })],
    ["that ends before it begins", () => sign(key, { iat: now + 30, exp: now + 20 })],
    ["from the future", () => sign(key, { iat: now + 3_600, exp: now + 7_200 })],
    ["without a subject", () => sign(key, { claims: { email: "mira@example.com" } })],
    ["without an email", () => sign(key, { claims: { sub: "c-42" } })],
    [
      "with a changed claim",
      async () => {
        const [header, , signature] = (await sign(key)).split(".");
        return [
          header,
          Buffer.from(JSON.stringify({ ...CLAIMS, sub: "c-1", iat: now, exp: now + 600 })).toString(
            "base64url",
          ),
          signature,
        ].join(".");
      },
    ],
    ["that is no token", async () => "gw_live_nonsense"],
    ["that is empty", async () => ""],
  ])("is refused %s", async (_, make) => {
    await expect(verify(await make())).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it("needs a secret key: a publishable one, which anybody can read, signs nothing", async () => {
    const publishable = (await createApiKey(shop, { kind: "publishable", label: "Pages" })).key;
    await expect(verify(await sign(publishable))).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  it("ends with its key", async () => {
    const made = await createApiKey(shop, { kind: "secret", label: "Short-lived" });
    const token = await sign(made.key);
    await verify(token);
    await revokeApiKey(shop, { keyId: made.id });
    await expect(verify(token)).rejects.toMatchObject({ code: "unauthenticated" });
  });
});
