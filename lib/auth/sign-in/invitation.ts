import type { z } from "zod";
import { publicUrl } from "@/lib/core/address";
import { colleagueName } from "@/lib/customers/rules";
import { INVITE_DAYS, inviteMember } from "@/lib/merchants/commands/team";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import type { inviteSchema } from "@/lib/merchants/schema";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { consume, isWithin } from "../rate-limit";
import { queueUserMessage } from "@/lib/messaging/commands/queue-message";

/**
 * Invites someone to the team and emails them the link, in one transaction. An address that many
 * invitations went to in a day gets no further email: that one is to be passed on by hand.
 * @returns the link too, and whether it is emailed
 * @throws RateLimited when the shop has invited too many in a day
 */
export async function sendInvitation(
  scope: Scope,
  input: z.output<typeof inviteSchema>,
): Promise<{ url: string; email: string; isEmailed: boolean }> {
  await consume("invite_shop", scope.merchantId);
  return inScope(scope, async (tx) => {
    const { token } = await inviteMember(tx, input);
    const url = publicUrl(`/invite/${token}`);
    const isEmailed = await isWithin("invite_email", input.email);
    if (!isEmailed) return { url, email: input.email, isEmailed };
    const { name: shopName } = await merchantProfile(tx);
    const inviter = await tx.db.user.findUnique({
      where: { id: tx.actor.id },
      select: { name: true, email: true },
    });
    const invitedBy = inviter ? colleagueName(inviter) : tx.actor.label;
    await queueUserMessage(tx.db, {
      template: "member_invite",
      recipient: input.email,
      data: { url, shopName, invitedBy, role: input.role, days: INVITE_DAYS },
    });
    return { url, email: input.email, isEmailed };
  });
}
