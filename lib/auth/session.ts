import { decode, encode } from "next-auth/jwt";
import { cookies } from "next/headers";
import { publicOrigin } from "@/lib/core/address";
import { environment } from "@/lib/core/env";

/**
 * The user of a member session, with their epoch at sign-in: raising a user's epoch ends all older
 * sessions.
 */
export type MemberSession = { userId: string; epoch: number };

/** The customer of a customer session. */
export type CustomerSession = { merchantId: string; customerId: string };

export const MEMBER_SESSION_SECONDS = 14 * 24 * 60 * 60;
const CUSTOMER_SESSION_SECONDS = 30 * 24 * 60 * 60;

/** True if browsers reach us over https, so cookies can be limited to it. */
export function isSecure(): boolean {
  return publicOrigin().startsWith("https:");
}

/** Over https, the `__Host-` prefix makes browsers accept the cookie from this host only. */
export function memberCookie(): string {
  return isSecure() ? "__Host-gw_member" : "gw_member";
}

function customerCookie(): string {
  return isSecure() ? "__Host-gw_customer" : "gw_customer";
}

export function cookieFlags() {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() } as const;
}

/** The cookie that NextAuth reads and writes too: an encrypted JWT under AUTH_SECRET. */
export async function startMemberSession({ userId, epoch }: MemberSession): Promise<void> {
  const value = await encode({
    token: { sub: userId, epoch },
    secret: environment().AUTH_SECRET,
    maxAge: MEMBER_SESSION_SECONDS,
  });
  (await cookies()).set(memberCookie(), value, {
    ...cookieFlags(),
    maxAge: MEMBER_SESSION_SECONDS,
  });
}

export async function endMemberSession(): Promise<void> {
  (await cookies()).set(memberCookie(), "", { ...cookieFlags(), maxAge: 0 });
}

export async function readMemberSession(): Promise<MemberSession | null> {
  const token = await readToken(memberCookie());
  if (typeof token?.sub !== "string" || typeof token.epoch !== "number") return null;
  return { userId: token.sub, epoch: token.epoch };
}

/** Signs a customer in. The salt keeps this token from being accepted as a member's. */
export async function startCustomerSession({
  merchantId,
  customerId,
}: CustomerSession): Promise<void> {
  const value = await encode({
    token: { merchantId, customerId },
    secret: environment().AUTH_SECRET,
    salt: CUSTOMER_SALT,
    maxAge: CUSTOMER_SESSION_SECONDS,
  });
  (await cookies()).set(customerCookie(), value, {
    ...cookieFlags(),
    maxAge: CUSTOMER_SESSION_SECONDS,
  });
}

export async function endCustomerSession(): Promise<void> {
  (await cookies()).set(customerCookie(), "", { ...cookieFlags(), maxAge: 0 });
}

export async function readCustomerSession(): Promise<CustomerSession | null> {
  const token = await readToken(customerCookie(), CUSTOMER_SALT);
  if (typeof token?.merchantId !== "string" || typeof token.customerId !== "string") return null;
  return { merchantId: token.merchantId, customerId: token.customerId };
}

const CUSTOMER_SALT = "customer";

async function readToken(name: string, salt = "") {
  const value = (await cookies()).get(name)?.value;
  if (!value) return null;
  // The library throws for a token that was changed, has expired or has another secret: no session.
  return decode({ token: value, secret: environment().AUTH_SECRET, salt }).catch(() => null);
}
