import { DomainError } from "@/lib/core/errors";
import { readDevice } from "../session/known-device";
import { endPendingSignIn, keepPendingSignIn, readPendingSignIn } from "../session/pending-sign-in";
import { forgiveCode, limitCode } from "../sign-in/limits";
import type { SignedIn } from "../sign-in/sign-in";
import { noteRefusedSignIn, signInHere, type SignInWay } from "../sign-in/sign-in-notes";
import { hasSecondFactor, spendCode } from "./second-factor";
import { readTypedCode } from "./typed-code";

/** Where the second step is asked for. */
export const CODE_PAGE = "/sign-in/code";

/**
 * Lets in who has shown who they are, in this browser; who has a second factor is asked for it
 * first.
 * @param next where they want to go
 * @param way how they showed it
 * @returns where to go now
 */
export async function enter(user: SignedIn, next: string, way: SignInWay): Promise<string> {
  if (await asksForCode(user, next)) return CODE_PAGE;
  await signInHere(user, way);
  return next;
}

/** Begins the second step for who has one. @returns false for who has none: let them in */
export async function asksForCode(user: SignedIn, next: string): Promise<boolean> {
  if (!(await hasSecondFactor(user.id))) return false;
  await keepPendingSignIn({ userId: user.id, epoch: user.epoch, next });
  return true;
}

/**
 * Lets in whose second step was begun in this browser, by a code of their app or a recovery code;
 * each is good once.
 * @returns where to go; null where nothing was begun, or it took too long
 * @throws DomainError invalid_request for a wrong code, rate_limited
 */
export async function enterWithCode(text: string, address: string): Promise<string | null> {
  const pending = await readPendingSignIn();
  if (!pending) return null;
  const { userId, epoch, next } = pending;
  const typed = readTypedCode(text);
  if (!typed) throw wrongCode();
  const tried = { userId, kind: typed.kind, address, device: await readDevice() };
  await limitCode(tried);
  if (!(await spendCode(userId, typed))) {
    noteRefusedSignIn(userId, { way: "code", address });
    throw wrongCode();
  }
  await forgiveCode(tried);
  await endPendingSignIn();
  await signInHere({ id: userId, epoch }, "code");
  return next;
}

function wrongCode(): DomainError {
  return new DomainError(
    "invalid_request",
    "This code is wrong, or was used before. Wait for the next one.",
    "code",
  );
}
