import type { BrowserContext } from "@playwright/test";
import { SignJWT } from "jose";
import { prismaFor } from "@/lib/core/db";
import { sessionOfCustomer, sessionOfMember } from "@/lib/auth/session/testing";
import { systemScope } from "@/lib/merchants/queries/directory";
import { newId, randomCharacters } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import { keyIdOf, tokenKeyOf } from "@/lib/merchants/rules/api-key";
import type { Role } from "@/lib/merchants/rules/roles";
import { inScope } from "@/lib/merchants/scope";
import type { Shop } from "./shop";

/** Signs a browser in as a user of the dashboard without going through the sign-in page. */
export async function signIn(
  context: BrowserContext,
  baseURL: string,
  userId: string,
): Promise<void> {
  await addCookie(context, baseURL, await sessionOfMember(userId));
}

/**
 * Signs a browser in as a customer of a merchant (or of its test mode), as a token signed with one
 * of its keys does.
 */
export async function signInCustomer(
  context: BrowserContext,
  baseURL: string,
  { merchantId, customerId }: { merchantId: string; customerId: string },
): Promise<void> {
  const cookie = await sessionOfCustomer(await systemScope(merchantId), customerId);
  await addCookie(context, baseURL, cookie);
}

async function addCookie(context: BrowserContext, baseURL: string, cookie: string): Promise<void> {
  const at = cookie.indexOf("=");
  const [name, value] = [cookie.slice(0, at), cookie.slice(at + 1)];
  await context.addCookies([{ name, value, url: baseURL, httpOnly: true, sameSite: "Lax" }]);
}

/** A token by which a shop's backend lets a customer in, signed with its secret key. */
export async function customerToken(
  secretKey: string,
  { id, ...claims }: { id: string; email: string; name?: string; locale?: string },
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256", kid: keyIdOf(secretKey)! })
    .setSubject(id)
    .setIssuedAt()
    .setExpirationTime("10m")
    .sign(tokenKeyOf(secretKey));
}

/** A further member of a shop's team, with this role. @returns the user's id */
export async function addMember(shop: Shop, role: Role): Promise<string> {
  const id = newId("usr");
  const createdAt = systemNow();
  await prismaFor("goodword_app").user.create({
    data: {
      id,
      email: `${role}-${randomCharacters(8)}@example.com`,
      name: `Rob ${role}`,
      passwordHash: null,
      createdAt,
    },
    select: { id: true },
  });
  await inScope(shop.scope, ({ db }) =>
    db.member.create({ data: { merchantId: shop.merchantId, userId: id, role, createdAt } }),
  );
  return id;
}
