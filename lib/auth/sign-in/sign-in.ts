import { setTimeout } from "node:timers/promises";
import { publicUrl } from "@/lib/core/address";
import { type Db, prismaFor } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { systemNow } from "@/lib/core/time";
import { readEmail } from "@/lib/core/values/email";
import { verifyPassword } from "@/lib/merchants/rules/password";
import { queueUserMessage } from "@/lib/messaging/commands/queue-message";
import { issueToken, LINK_MINUTES, spendToken } from "./login-token";
import { passwordHashOf } from "./password-hash";
import { forgivePassword, limitPassword } from "./limits";
import type { KnownDevice } from "../session/known-device";
import { endSessionsOf } from "../session/member-session";
import { endSecondFactor } from "../two-step/second-factor";
import { safeNext } from "./safe-next";
import { noteRefusedSignIn } from "./sign-in-notes";

export type SignedIn = { id: string; email: string; name: string; epoch: number };

const userFields = {
  id: true,
  email: true,
  name: true,
  sessionEpoch: true,
} as const;

/**
 * Signs in with email and password. Failures are counted, see `limitPassword`; a wrong password and
 * an unknown email give the same answer and take the same time.
 * @param input.device the browser, if somebody has signed in in it before
 * @param pause waits so many milliseconds
 * @throws DomainError unauthenticated or rate_limited
 */
export async function signInByPassword(
  input: { email: string; password: string; address: string; device?: KnownDevice | null },
  pause: (ms: number) => Promise<unknown> = setTimeout,
): Promise<SignedIn> {
  const { email, address, device = null } = input;
  const user = await prismaFor("goodword_app").user.findUnique({
    where: { email },
    select: userFields,
  });
  const tried = { email, userId: user?.id ?? null, address, device };
  const delay = await limitPassword(tried);
  if (delay > 0) await pause(delay);
  // For nobody too: how long it takes does not tell whether the address has an account.
  const matches = await verifyPassword(await passwordHashOf(user?.id ?? ""), input.password);
  if (!user || !matches) {
    noteRefusedSignIn(user?.id ?? null, { way: "password", address });
    throw new DomainError("unauthenticated", "Incorrect email or password.");
  }
  await forgivePassword(tried);
  return signedIn(user);
}

/**
 * Emails a one-time sign-in link if the address has an account. It takes longer if it has: do it
 * after the answer, and `limitLink` before.
 * @param next where to go after signing in
 */
export async function sendSignInLink(input: {
  email: string;
  next: string | undefined;
}): Promise<void> {
  const next = safeNext(input.next);
  await prismaFor("goodword_app").$transaction(async (db) => {
    const user = await db.user.findUnique({
      where: { email: input.email },
      select: { email: true },
    });
    if (!user) return;
    const token = await issueToken(db, {
      purpose: "sign_in",
      email: user.email,
      payload: { next },
    });
    await queueUserMessage(db, {
      template: "member_sign_in",
      recipient: user.email,
      data: { url: publicUrl(`/sign-in/link?token=${token}`), minutes: LINK_MINUTES },
    });
  });
}

/**
 * Signs in with a link, which works once. It proves the address: see `proveEmail`.
 * @param input.signedInAs the user who is signed in where the link is used
 * @throws DomainError unauthenticated if it was used or expired
 */
export async function signInByLink(input: {
  token: string;
  signedInAs?: string | undefined;
}): Promise<SignedIn & { next: string }> {
  return prismaFor("goodword_app").$transaction(async (db) => {
    const link = await spendToken(db, input.token, "sign_in");
    const user = link ? await proveEmail(db, link.email, input.signedInAs) : null;
    if (!link || !user)
      throw new DomainError(
        "unauthenticated",
        "This link was used or has expired. Ask for a new one.",
      );
    const { next } = link.payload as { next?: string };
    return { ...user, next: safeNext(next) };
  });
}

/**
 * The account of an address that an identity provider (Google) has verified, which proves the
 * address: see `proveEmail`. Null if there is none.
 */
export async function provenAccount(text: string): Promise<SignedIn | null> {
  const email = readEmail(text);
  if (email === null) return null;
  return prismaFor("goodword_app").$transaction((db) => proveEmail(db, email));
}

/**
 * Notes that whoever acts has shown that an address is theirs. Anybody can open an account with
 * anybody's address and wait in it: so the first proof drops the password and ends the sessions of
 * whoever did, and the second factor that they may have set up, except where the same person is
 * signed in.
 * @param signedInAs the user who is signed in in this browser
 * @returns the account of the address; null if there is none
 */
async function proveEmail(db: Db, email: string, signedInAs?: string): Promise<SignedIn | null> {
  const user = await db.user.findUnique({ where: { email }, select: userFields });
  if (!user) return null;
  // Of two proofs at once, one is the first.
  const first = await db.user.updateMany({
    where: { id: user.id, emailProvenAt: null },
    data: {
      emailProvenAt: systemNow(),
      ...(user.id === signedInAs ? {} : { passwordHash: null }),
    },
  });
  if (first.count === 0 || user.id === signedInAs) return signedIn(user);
  await endSecondFactor(db, user.id);
  return { ...signedIn(user), epoch: await endSessionsOf(db, user.id) };
}

function signedIn(user: {
  id: string;
  email: string;
  name: string;
  sessionEpoch: number;
}): SignedIn {
  return { id: user.id, email: user.email, name: user.name, epoch: user.sessionEpoch };
}
