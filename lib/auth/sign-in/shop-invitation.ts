import { publicUrl } from "@/lib/core/address";
import { type Db, prismaFor } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { queueUserMessage } from "@/lib/messaging/commands/queue-message";
import { issueToken, LINK_MINUTES, peekToken, spendToken } from "./login-token";

/**
 * Invites the owner of an address to open a shop on this server, and emails them the link: it works
 * once, for that address, for seven days.
 * @returns the link too, to pass on by hand where no email server is set up
 */
export async function inviteShop(email: string): Promise<string> {
  return prismaFor("goodword_app").$transaction(async (db) => {
    const token = await issueToken(db, { purpose: "shop", email });
    const url = publicUrl(`/sign-up?invitation=${token}`);
    const days = LINK_MINUTES.shop / 60 / 24;
    await queueUserMessage(db, { template: "shop_invite", recipient: email, data: { url, days } });
    return url;
  });
}

/** Whom an open invitation is for; null for one that was used, has expired, or is none. */
export async function invitedToOpenShop(token: string | undefined): Promise<string | null> {
  return token ? ((await peekToken(token, "shop"))?.email ?? null) : null;
}

/**
 * Uses an invitation up, in the transaction that opens the shop.
 * @returns false for one that cannot be used
 * @throws DomainError invalid_request for another address than the invited one; nothing is used up
 */
export async function spendShopInvitation(
  db: Db,
  { invitation, email }: { invitation?: string | undefined; email: string },
): Promise<boolean> {
  const link = invitation ? await spendToken(db, invitation, "shop") : null;
  if (link && link.email !== email)
    throw new DomainError(
      "invalid_request",
      "The invitation is for another email address.",
      "email",
    );
  return link !== null;
}
