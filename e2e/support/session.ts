import type { BrowserContext } from "@playwright/test";
import { SignJWT } from "jose";
import { encode } from "next-auth/jwt";
import { prismaFor } from "@/lib/core/db";
import { openCustomerSession, openMemberSession } from "@/lib/auth/session/open-session";
import { systemScope } from "@/lib/merchants/queries/directory";
import { newId, randomCharacters } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import { keyIdOf, tokenKeyOf } from "@/lib/merchants/rules/api-key";
import type { Role } from "@/lib/merchants/rules/roles";
import { inScope } from "@/lib/merchants/scope";
import type { Shop } from "./shop";
import { AUTH_SECRET } from "./server/surroundings";

/** Signs a browser in as a user of the dashboard without going through the sign-in page. */
export async function signIn(
  context: BrowserContext,
  baseURL: string,
  userId: string,
): Promise<void> {
  await addCookie(context, baseURL, await memberCookie(userId));
}

/**
 * Signs a browser in as a customer of a merchant (or of its test mode), as a token signed with one
 * of its keys does.
 */
export async function signInCustomer(
  context: BrowserContext,
  baseURL: string,
  customer: { merchantId: string; customerId: string },
): Promise<void> {
  await addCookie(context, baseURL, await customerCookie(customer));
}

/** The session of a user of the dashboard, as a browser sends it: "name=value". */
export async function memberCookie(userId: string): Promise<string> {
  const { sessionEpoch: epoch } = await prismaFor("goodword_app").user.findUniqueOrThrow({
    where: { id: userId },
    select: { sessionEpoch: true },
  });
  const token = await openMemberSession({ userId, epoch });
  return `gw_member=${await encode({ token, secret: AUTH_SECRET, maxAge: 3_600 })}`;
}

/** The session of a customer, as a browser sends it. */
export async function customerCookie({
  merchantId,
  customerId,
}: {
  merchantId: string;
  customerId: string;
}): Promise<string> {
  const scope = await systemScope(merchantId);
  const key = await inScope(scope, ({ db }) =>
    db.apiKey.findFirstOrThrow({ where: { merchantId, kind: "secret", revokedAt: null } }),
  );
  const token = await openCustomerSession(scope, { customerId, keyId: key.id });
  const sealed = { token, secret: AUTH_SECRET, salt: "customer", maxAge: 3_600 };
  return `gw_customer=${await encode(sealed)}`;
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
