import { DomainError } from "@/lib/core/errors";
import { verifyPassword } from "@/lib/merchants/rules/password";
import { consume, reset } from "../rate-limit";
import { passwordHashOf } from "../sign-in/password-hash";
import { spendCode } from "./second-factor";
import { readTypedCode } from "./typed-code";

/**
 * Asks somebody who is signed in to show anew who they are, before they change how they sign in: a
 * browser left open is not enough. A code is used up by it.
 * @param text their password, a code of their app or a recovery code
 * @throws DomainError invalid_request; RateLimited
 */
export async function requireFreshProof(userId: string, text: string): Promise<void> {
  await consume("password", userId);
  const typed = readTypedCode(text);
  if (!(typed && (await spendCode(userId, typed))) && !(await isPassword(userId, text)))
    throw new DomainError(
      "invalid_request",
      "This is neither your password nor a code that you can use now.",
      "proof",
    );
  await reset("password", userId);
}

/**
 * The same for who has no second factor yet: their password, where they have one.
 * @throws DomainError invalid_request; RateLimited
 */
export async function requirePasswordIfAny(userId: string, text: string): Promise<void> {
  await consume("password", userId);
  const passwordHash = await passwordHashOf(userId);
  if (passwordHash !== null && !(await verifyPassword(passwordHash, text)))
    throw new DomainError("invalid_request", "This is not your password.", "password");
  await reset("password", userId);
}

async function isPassword(userId: string, text: string): Promise<boolean> {
  return verifyPassword(await passwordHashOf(userId), text);
}
