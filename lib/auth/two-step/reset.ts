import { publicUrl } from "@/lib/core/address";
import { type Db, prismaFor } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import { readEmail } from "@/lib/core/values/email";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { refuseSandbox } from "@/lib/merchants/commands/refuse-sandbox";
import { merchantsOfUser, systemScope } from "@/lib/merchants/queries/directory";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { queueUserMessage } from "@/lib/messaging/commands/queue-message";
import { endSecondFactor } from "./second-factor";

/**
 * An owner turns off the two-step sign-in of a member who has lost their app and codes, and tells
 * them by email. An account is the member's and not the shop's: where it opens another shop too, an
 * owner of one could weaken the other, so only the operator may.
 * @throws DomainError forbidden, not_found for who is not on the team, conflict where it is off
 */
export async function resetMemberTwoStep(
  scope: Scope,
  { userId }: { userId: string },
): Promise<void> {
  requirePermission(scope, "security.manage");
  refuseSandbox(scope);
  if (scope.actor.id === userId)
    throw new DomainError("forbidden", "Turn off your own on your account page.");
  await inScope(scope, async (tx) => {
    const { db, merchantId } = tx;
    const member = await db.member.findUnique({
      where: { merchantId_userId: { merchantId, userId } },
      select: { user: { select: { name: true, email: true } } },
    });
    if (!member) throw notFound("member");
    if ((await merchantsOfUser(userId)).some((shop) => shop.merchantId !== merchantId))
      throw new DomainError(
        "forbidden",
        "Only whoever runs this server can turn it off for this person.",
      );
    if (!(await endSecondFactor(db, userId)))
      throw new DomainError("conflict", "This member has no two-step sign-in.");
    const { name: shopName } = await merchantProfile(tx);
    await tell(db, member.user.email, shopName);
    await noteReset(tx, userId, member.user);
  });
}

/**
 * The operator does it, for whom no owner may: noted in the log of each of their shops.
 * @throws Error in one line where there is nothing to turn off
 */
export async function resetTwoStepAsOperator(text: string): Promise<void> {
  const email = readEmail(text);
  const user = email
    ? await prismaFor("goodword_app").user.findUnique({
        where: { email },
        select: { id: true, name: true, email: true },
      })
    : null;
  if (!user) throw new Error(`Nobody here has the email ${text}.`);
  await prismaFor("goodword_app").$transaction(async (db) => {
    if (!(await endSecondFactor(db, user.id)))
      throw new Error(`Two-step sign-in is off for ${user.email}.`);
    await tell(db, user.email, null);
    for (const { merchantId } of await merchantsOfUser(user.id)) {
      await db.$executeRaw`SELECT set_config('app.merchant_id', ${merchantId}, true)`;
      await noteReset({ ...(await systemScope(merchantId, "Operator")), db }, user.id, user);
    }
  });
}

async function noteReset(
  scope: Scope,
  userId: string,
  { name, email }: { name: string; email: string },
): Promise<void> {
  await recordAudit(scope, {
    action: "member.reset_two_step",
    subjectType: "member",
    subjectId: userId,
    summary: `Turned off the two-step sign-in of ${name}`,
    detail: { email },
  });
}

async function tell(db: Db, recipient: string, shopName: string | null): Promise<void> {
  await queueUserMessage(db, {
    template: "member_two_step_reset",
    recipient,
    data: { url: publicUrl("/account"), shopName },
  });
}
