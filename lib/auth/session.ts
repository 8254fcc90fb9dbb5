import { decode, encode } from "next-auth/jwt";
import { cookies } from "next/headers";
import { publicOrigin } from "@/lib/core/address";
import { environment } from "@/lib/core/env";

/**
 * Who a member session is for. The epoch is the user's at sign-in: raising it ends every older
 * session.
 */
export type MemberSession = { userId: string; epoch: number };

/** Who a customer session is for. */
export type CustomerSession = { merchantId: string; customerId: string };

export const MEMBER_SESSION_SECONDS = 14 * 24 * 60 * 60;
const CUSTOMER_SESSION_SECONDS = 30 * 24 * 60 * 60;

/** True when browsers reach us by https, so cookies can be kept to it. */
export function isSecure(): boolean {
  return publicOrigin().startsWith("https:");
}

/** Over https the prefix makes browsers refuse the cookie from anywhere but this very host. */
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

/** Remembers a customer in this browser. The salt keeps this token from passing as a member's. */
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
  // What cannot be opened (changed, expired, of another secret) is no session; the library throws
  // for it.
  return decode({ token: value, secret: environment().AUTH_SECRET, salt }).catch(() => null);
}
