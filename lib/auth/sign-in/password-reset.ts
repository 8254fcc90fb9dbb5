import { publicUrl } from "@/lib/core/address";
import { prismaFor } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { systemNow } from "@/lib/core/time";
import { hashChosenPassword } from "@/lib/merchants/rules/chosen-password";
import { queueUserMessage } from "@/lib/messaging/commands/queue-message";
import { issueToken, LINK_MINUTES, peekToken, spendToken } from "./login-token";
import { endSessionsOf } from "../session/member-session";
import { endSecondFactor } from "../two-step/second-factor";
import type { SignedIn } from "./sign-in";

/**
 * Emails a link to choose a new password if the address has an account. It takes longer if it has:
 * do it after the answer, and `limitLink` before.
 */
export async function sendPasswordReset(input: { email: string }): Promise<void> {
  await prismaFor("goodword_app").$transaction(async (db) => {
    const user = await db.user.findUnique({
      where: { email: input.email },
      select: { email: true },
    });
    if (!user) return;
    const token = await issueToken(db, { purpose: "reset", email: user.email });
    await queueUserMessage(db, {
      template: "member_reset",
      recipient: user.email,
      data: { url: publicUrl(`/reset/${token}`), minutes: LINK_MINUTES },
    });
  });
}

/**
 * Sets a new password with a reset link, which works once, and ends all sessions and all other open
 * links of the account. A second factor stays, and is asked for.
 * @throws DomainError unauthenticated for a used or expired link, invalid_request for a password
 * that is easy to guess, which leaves the link unused
 */
export async function resetPassword(input: { token: string; password: string }): Promise<SignedIn> {
  const { email = "" } = (await peekToken(input.token, "reset")) ?? {};
  const passwordHash = await hashChosenPassword(input.password, { email });
  return prismaFor("goodword_app").$transaction(async (db) => {
    const link = await spendToken(db, input.token, "reset");
    if (!link)
      throw new DomainError(
        "unauthenticated",
        "This link was used or has expired. Ask for a new one.",
      );
    const { emailProvenAt } = await db.user.findUniqueOrThrow({
      where: { email: link.email },
      select: { emailProvenAt: true },
    });
    const user = await db.user.update({
      where: { email: link.email },
      data: { passwordHash, emailProvenAt: systemNow() },
      select: { id: true, email: true, name: true },
    });
    // Before the first proof of the address, whoever set it up need not have been its owner.
    if (emailProvenAt === null) await endSecondFactor(db, user.id);
    const epoch = await endSessionsOf(db, user.id);
    await db.loginToken.deleteMany({
      where: { email: link.email, purpose: { in: ["reset", "sign_in"] }, usedAt: null },
    });
    return { id: user.id, email: user.email, name: user.name, epoch };
  });
}
