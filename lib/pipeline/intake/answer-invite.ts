import { notFound } from "@/lib/core/errors";
import { storeEvent } from "@/lib/events/commands/store-event";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { processEvent } from "../process-event";

/** Who answered the email about an invitation. */
export type Answer = { referralId: string; email: string };

/** A referral whose friend's address an email went to. */
export type Answerable = { customerId: string; isProven: boolean };

/**
 * The referral that an email's link is about, as long as the address is its friend's; else null.
 * Looking changes nothing.
 */
export async function answerable(
  scope: Scope,
  { referralId, email }: Answer,
): Promise<Answerable | null> {
  const { merchantId } = scope;
  return inScope(scope, async ({ db }) => {
    const referral = await db.referral.findUnique({
      where: { merchantId_id: { merchantId, id: referralId } },
      select: { friendId: true, provenAt: true },
    });
    // A record that was merged keeps an address, which is still theirs.
    const owner = await db.customer.findUnique({
      where: { merchantId_email: { merchantId, email } },
      select: { id: true, mergedIntoId: true },
    });
    const isTheirs = owner !== null && (owner.mergedIntoId ?? owner.id) === referral?.friendId;
    return referral && isTheirs
      ? { customerId: referral.friendId, isProven: referral.provenAt !== null }
      : null;
  });
}

/**
 * Takes in that a friend pressed the button behind the link in our email: they accepted the
 * invitation. A fact like any other, processed at once; pressing again changes nothing.
 * @returns the friend @throws DomainError not_found when the address is not the friend's any more
 */
export async function answerInvite(
  scope: Scope,
  { referralId, email }: Answer,
): Promise<{ customerId: string }> {
  return inScope(scope, async (tx) => {
    const found = await answerable(tx, { referralId, email });
    if (!found) throw notFound("invitation");
    const { eventId } = await storeEvent(tx, {
      source: "invite",
      provenance: "email",
      dedupeKey: `answer:${referralId}:${email}`,
      body: { type: "invite_answer", customer: { email }, properties: { referralId } },
    });
    await processEvent(tx, eventId);
    return { customerId: found.customerId };
  });
}
