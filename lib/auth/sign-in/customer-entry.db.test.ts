import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { closeConnections } from "@/lib/core/db";
import type { Locale } from "@/lib/core/i18n/locales";
import { newId } from "@/lib/core/id";
import { storeEvent } from "@/lib/events/commands/store-event";
import { log } from "@/lib/core/log";
import { createApiKey } from "@/lib/merchants/commands/keys";
import { keyIdOf, tokenKeyOf } from "@/lib/merchants/rules/api-key";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { customerAction } from "../action";
import { customerScope } from "../customer";
import { enterWithLink, enterWithMerchantToken, issueCustomerLink } from "./customer-entry";
import { endCustomerSession } from "../session/customer-session";
import { form, jar } from "../testing";
import { peekToken } from "./login-token";
import { visitorOfProgram } from "../visitor";
import { z } from "zod";

vi.mock("next/headers", async () => (await import("../testing")).fakeHeaders());
vi.mock("next/navigation", async () => (await import("../testing")).fakeNavigation());
vi.mock("next/cache", () => ({ refresh() {} }));

let shop: Scope;
let other: Scope;

async function program(scope: Scope, slug: string): Promise<void> {
  const now = new Date();
  await inScope(scope, ({ db }) =>
    db.program.create({
      data: {
        merchantId: scope.merchantId,
        id: newId("prg"),
        slug,
        name: slug,
        state: "live",
        draft: {},
        createdAt: now,
        updatedAt: now,
      },
    }),
  );
}

async function link(slug: string, email: string, locale: Locale | null = "sq"): Promise<string> {
  const found = await visitorOfProgram(slug);
  const url = await issueCustomerLink({
    program: found!.program,
    email,
    locale,
    address: "192.0.2.7",
  });
  return new URL(url).searchParams.get("token")!;
}

async function localeOf(customerId: string): Promise<string | null> {
  const { locale } = await inScope(shop, ({ db }) =>
    db.customer.findUniqueOrThrow({
      where: { merchantId_id: { merchantId: shop.merchantId, id: customerId } },
    }),
  );
  return locale;
}

/** Who says a share of whoever is signed in. */
async function saidBySharing(): Promise<string> {
  const entry = (await customerScope("spring"))!;
  const { eventId } = await storeEvent(entry.scope, { source: "refer", body: { type: "share" } });
  const { provenance } = await inScope(shop, ({ db, merchantId }) =>
    db.event.findUniqueOrThrow({ where: { merchantId_id: { merchantId, id: eventId } } }),
  );
  return provenance;
}

beforeAll(async () => {
  [shop, other] = [await createTestMerchant(), await createTestMerchant()];
  await program(shop, "spring");
  await program(shop, "autumn");
  await program(other, "theirs");
});
beforeEach(() => jar.clear());
afterAll(closeConnections);

describe("an email link", () => {
  it("lets a new person in, once, for every program of the shop and no other shop's", async () => {
    const token = await link("spring", "mira@example.com");
    const lines = vi.spyOn(log, "info");
    const entered = await enterWithLink("spring", token);
    expect(entered).toMatchObject({ merchantId: shop.merchantId, locale: "sq" });
    const { merchantId, customerId } = entered;
    expect(lines.mock.lastCall![0]).toEqual({
      event: "customer_sign_in",
      way: "link",
      merchantId,
      customerId,
    });
    expect(await customerScope("spring")).toMatchObject({
      customerId: entered.customerId,
      scope: {
        merchantId: shop.merchantId,
        actor: { kind: "customer", id: entered.customerId, provenance: "email" },
      },
    });
    expect(await saidBySharing()).toBe("email");
    expect(await customerScope("autumn")).toMatchObject({ customerId: entered.customerId });
    expect(await customerScope("theirs")).toBeNull();
    expect(await customerScope("none")).toBeNull();
    await expect(enterWithLink("spring", token)).rejects.toMatchObject({ code: "unauthenticated" });
    await endCustomerSession();
    expect(await customerScope("spring")).toBeNull();
  });

  it("is not used up by being looked at, however often", async () => {
    const token = await link("spring", "looked-at@example.com");
    for (let look = 0; look < 3; look += 1)
      expect(await peekToken(token, "customer")).toMatchObject({ email: "looked-at@example.com" });
    expect(jar.size).toBe(0);
    expect(await enterWithLink("spring", token)).toMatchObject({ merchantId: shop.merchantId });
    expect(await peekToken(token, "customer")).toBeNull();
  });

  it("leaves a known language alone when the browser asks for none of ours", async () => {
    const first = await enterWithLink("spring", await link("spring", "dua@example.com", "sq"));
    expect(await localeOf(first.customerId)).toBe("sq");
    await enterWithLink("spring", await link("spring", "dua@example.com", null));
    expect(await localeOf(first.customerId)).toBe("sq");
    const stranger = await enterWithLink("spring", await link("spring", "fr@example.com", null));
    expect(await localeOf(stranger.customerId)).toBeNull();
  });

  it("opens only the program that it was made for", async () => {
    const token = await link("theirs", "mira@example.com");
    await expect(enterWithLink("spring", token)).rejects.toMatchObject({ code: "unauthenticated" });
    expect(jar.size).toBe(0);
    // And is not used up by that.
    expect(await enterWithLink("theirs", token)).toMatchObject({ merchantId: other.merchantId });
  });

  it("goes to one address so many times an hour", async () => {
    for (let i = 0; i < 5; i += 1) await link("autumn", "often@example.com");
    await expect(link("autumn", "often@example.com")).rejects.toMatchObject({
      code: "rate_limited",
    });
  });
});

describe("a token of the merchant's backend", () => {
  it("lets their customer in under their own id", async () => {
    const { key } = await createApiKey(shop, { kind: "secret", label: "Backend" });
    const now = Math.floor(Date.now() / 1000);
    const token = await new SignJWT({
      sub: "c-1",
      email: "noa@example.com",
      name: "Noa",
      iat: now,
      exp: now + 300,
    })
      .setProtectedHeader({ alg: "HS256", kid: keyIdOf(key)! })
      .sign(tokenKeyOf(key));
    const first = (await enterWithMerchantToken("spring", token))!;
    expect(await saidBySharing()).toBe("handover");
    // Used again where its customer is signed in, it changes nothing.
    const session = jar.get("gw_customer");
    expect(await enterWithMerchantToken("autumn", token)).toMatchObject({
      customerId: first.customerId,
    });
    expect(jar.get("gw_customer")).toBe(session);
    const customer = await inScope(shop, ({ db }) =>
      db.customer.findFirst({ where: { merchantId: shop.merchantId, externalId: "c-1" } }),
    );
    expect(customer).toMatchObject({ id: first.customerId, email: "noa@example.com", name: "Noa" });
    await expect(enterWithMerchantToken("theirs", token)).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });
});

describe("a token that was used, stolen or sent to somebody", () => {
  let kid: string;
  let signingKey: Uint8Array;
  beforeAll(async () => {
    const { key } = await createApiKey(shop, { kind: "secret", label: "Once" });
    [kid, signingKey] = [keyIdOf(key)!, tokenKeyOf(key)];
  });
  const tokenFor = (sub: string, jti?: string) => {
    const now = Math.floor(Date.now() / 1000);
    return new SignJWT({ sub, email: `${sub}@example.com`, iat: now, exp: now + 300 })
      .setProtectedHeader({ alg: "HS256", kid })
      .setJti(jti ?? randomUUID())
      .sign(signingKey);
  };
  const refused = { code: "unauthenticated" };
  const who = async () => (await customerScope("spring"))?.customerId;

  it("lets nobody in a second time, in another browser", async () => {
    const token = await tokenFor("once-1");
    await enterWithMerchantToken("spring", token);
    jar.clear();
    await expect(enterWithMerchantToken("spring", token)).rejects.toMatchObject(refused);
    await expect(enterWithMerchantToken("autumn", token)).rejects.toMatchObject(refused);
    expect(jar.size).toBe(0);
  });

  it("lets one of two in who use it at once, also signed twice under one jti", async () => {
    const jti = randomUUID();
    const tokens = [await tokenFor("once-2", jti), await tokenFor("once-3", jti)];
    const tries = await Promise.allSettled(
      tokens.map((token) => enterWithMerchantToken("spring", token)),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("asks before it replaces somebody else’s session, and is not used up by that", async () => {
    const victim = await enterWithMerchantToken("spring", await tokenFor("victim"));
    const token = await tokenFor("attacker");
    for (let time = 0; time < 2; time += 1)
      expect(await enterWithMerchantToken("spring", token)).toBeNull();
    expect(await who()).toBe(victim!.customerId);
    const attacker = await enterWithMerchantToken("spring", token, { mayReplace: true });
    expect(attacker!.customerId).not.toBe(victim!.customerId);
    expect(await who()).toBe(attacker!.customerId);
    await enterWithMerchantToken("spring", await tokenFor("victim"), { mayReplace: true });
    await expect(
      enterWithMerchantToken("spring", token, { mayReplace: true }),
    ).rejects.toMatchObject(refused);
    await expect(enterWithMerchantToken("spring", token)).rejects.toMatchObject(refused);
  });

  it("asks nothing of a customer who came by email before", async () => {
    const byEmail = await enterWithLink("spring", await link("spring", "known@example.com"));
    expect(await enterWithMerchantToken("spring", await tokenFor("known"))).toMatchObject({
      customerId: byEmail.customerId,
    });
  });
});

it("a token's language that we do not have leaves the known one alone", async () => {
  const { key } = await createApiKey(shop, { kind: "secret", label: "Languages" });
  const now = Math.floor(Date.now() / 1000);
  const enter = async (locale: string) =>
    enterWithMerchantToken(
      "spring",
      await new SignJWT({ sub: "c-2", email: "lule@example.com", locale, iat: now, exp: now + 300 })
        .setProtectedHeader({ alg: "HS256", kid: keyIdOf(key)! })
        .sign(tokenKeyOf(key)),
    );
  const { customerId } = (await enter("sq-AL"))!;
  expect(await enter("fr")).toMatchObject({ customerId, locale: null });
  expect(await localeOf(customerId)).toBe("sq");
});

describe("a customer's action", () => {
  const hello = customerAction(z.object({}), async (scope) => scope.actor.label);

  it("works for who is signed in with this shop, and no one else", async () => {
    expect(await hello("spring", null, form({}))).toMatchObject({ ok: false });
    await enterWithLink("spring", await link("spring", "lea@example.com"));
    expect(await hello("spring", null, form({}))).toEqual({ ok: true, data: "lea@example.com" });
    expect(await hello("theirs", null, form({}))).toMatchObject({ ok: false });
  });
});
