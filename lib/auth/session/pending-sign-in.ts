import { cookieName } from "@/lib/core/address";
import { deleteCookie, readSealedCookie, setSealedCookie } from "./cookies";

/** How long there is for the second step. */
const PENDING_SECONDS = 10 * 60;
/** Keeps the cookie from being accepted as one that lets somebody in. */
const SALT = "second step";

function pendingCookie(): string {
  return cookieName("gw_second");
}

/** A sign-in that waits for its second step; it opens nothing. */
export type PendingSignIn = {
  userId: string;
  /** See `openMemberSession`. */
  epoch: number;
  /** Where to go afterwards. */
  next: string;
};

/** Remembers, in this browser, that a user has shown who they are and not yet their code. */
export async function keepPendingSignIn({ userId, epoch, next }: PendingSignIn): Promise<void> {
  await setSealedCookie(pendingCookie(), {
    token: { sub: userId, epoch, next },
    seconds: PENDING_SECONDS,
    salt: SALT,
  });
}

export async function readPendingSignIn(): Promise<PendingSignIn | null> {
  const token = await readSealedCookie(pendingCookie(), SALT);
  if (typeof token?.sub !== "string" || typeof token.epoch !== "number") return null;
  return { userId: token.sub, epoch: token.epoch, next: String(token.next ?? "/admin") };
}

export async function endPendingSignIn(): Promise<void> {
  await deleteCookie(pendingCookie());
}
