import { prismaFor } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { hashChosenPassword } from "@/lib/merchants/rules/chosen-password";
import { verifyPassword } from "@/lib/merchants/rules/password";
import { consume, reset } from "../rate-limit";
import { passwordHashOf } from "./password-hash";
import { endSessionsOf } from "../session/member-session";
import type { SignedIn } from "./sign-in";

/**
 * Changes a password, by someone who is signed in and knows the one so far. It ends all sessions
 * and open links of the account.
 * @returns the account, to sign in again with
 * @throws DomainError invalid_request for a wrong password so far or a new one that is easy to
 * guess, conflict for an account without one: that gets its first through an email; RateLimited
 */
export async function changePassword(input: {
  userId: string;
  current: string;
  password: string;
}): Promise<SignedIn> {
  const { userId } = input;
  await consume("password", userId);
  const db = prismaFor("goodword_app");
  const known = await db.user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, name: true, sessionEpoch: true },
  });
  const current = await passwordHashOf(userId);
  if (current === null)
    throw new DomainError(
      "conflict",
      "This account has no password yet. Follow “Forgot password?” on the sign-in page to choose " +
        "one.",
    );
  if (!(await verifyPassword(current, input.current)))
    throw new DomainError("invalid_request", "This is not your password.", "current");
  const passwordHash = await hashChosenPassword(input.password, known);
  return db.$transaction(async (tx) => {
    // A reset meanwhile wins: what was asked here rests on a password that is gone, and ended all
    // sessions.
    const changed = await tx.user.updateMany({
      where: { id: userId, sessionEpoch: known.sessionEpoch },
      data: { passwordHash },
    });
    if (changed.count === 0)
      throw new DomainError("conflict", "Your password was changed meanwhile. Sign in again.");
    await tx.loginToken.deleteMany({
      where: { email: known.email, purpose: { in: ["reset", "sign_in"] }, usedAt: null },
    });
    await reset("password", userId);
    const epoch = await endSessionsOf(tx, userId);
    return { id: userId, email: known.email, name: known.name, epoch };
  });
}
