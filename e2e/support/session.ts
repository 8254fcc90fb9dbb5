import type { BrowserContext } from "@playwright/test";
import { SignJWT } from "jose";
import { sessionOfCustomer, sessionOfMember } from "@/lib/auth/session/testing";
import { systemScope } from "@/lib/merchants/queries/directory";
import { keyIdOf, tokenKeyOf } from "@/lib/merchants/rules/api-key";
import type { Role } from "@/lib/merchants/rules/roles";
import { testMember } from "@/lib/merchants/testing";
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
  const { actor } = await testMember(shop.scope, role, { name: `Rob ${role}` });
  return actor.id;
}
