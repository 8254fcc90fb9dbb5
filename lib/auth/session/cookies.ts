import { decode, encode, type JWT } from "next-auth/jwt";
import { cookies } from "next/headers";
import { cookieFlags } from "@/lib/core/address";
import { environment } from "@/lib/core/env";

/**
 * Sets a cookie that only this server can read or make: an encrypted JWT under AUTH_SECRET.
 * @param salt keeps a cookie from being accepted as one of another kind
 */
export async function setSealedCookie(
  name: string,
  { token, seconds, salt }: { token: JWT; seconds: number; salt: string },
): Promise<void> {
  const value = await encode({
    token,
    secret: environment().AUTH_SECRET,
    salt,
    maxAge: seconds,
  });
  (await cookies()).set(name, value, { ...cookieFlags(), maxAge: seconds });
}

/** What a cookie of `setSealedCookie` holds; null for one that is not there or not ours. */
export async function readSealedCookie(name: string, salt: string): Promise<JWT | null> {
  const value = (await cookies()).get(name)?.value;
  if (!value) return null;
  // The library throws for a token that was changed, has expired or has another secret: no session.
  return decode({ token: value, secret: environment().AUTH_SECRET, salt }).catch(() => null);
}

export async function deleteCookie(name: string): Promise<void> {
  (await cookies()).set(name, "", { ...cookieFlags(), maxAge: 0 });
}
