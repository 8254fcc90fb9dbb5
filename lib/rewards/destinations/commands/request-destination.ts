import { DomainError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { HOUR_MS } from "@/lib/core/time";
import { asDestinationKinds } from "@/lib/merchants/schema";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { queueMessage } from "@/lib/messaging/commands/queue-message";
import { confirmUrl } from "../rules/confirm-link";
import { LINK_HOURS, masked, sealDetails } from "../rules/details";
import type { PayoutDetails } from "../schema";

/**
 * A customer says where their cash shall go. Nothing changes before they press the button behind
 * the link in an email; the same customer's newer request takes an older one's place, and its link.
 * @throws DomainError invalid_request (path kind) for a kind that the shop does not pay to;
 * conflict for a customer without an address; not_found
 */
export async function requestDestination(
  scope: Scope,
  input: { customerId: string; programSlug: string; details: PayoutDetails },
): Promise<void> {
  const { customerId, programSlug, details } = input;
  await inScope(scope, async (tx) => {
    const { db, merchantId, lock } = tx;
    await lock.customers(customerId);
    const [merchant, customer] = [
      await db.merchant.findUniqueOrThrow({
        where: { id: merchantId },
        select: { payoutKinds: true },
      }),
      await db.customer.findUnique({
        where: { merchantId_id: { merchantId, id: customerId }, mergedIntoId: null },
        select: { email: true, locale: true, name: true },
      }),
    ];
    if (!customer) throw notFound("customer");
    if (!asDestinationKinds(merchant.payoutKinds).includes(details.kind))
      throw new DomainError("invalid_request", "The shop does not pay this way.", "kind");
    const { email, locale } = customer;
    if (email === null)
      throw new DomainError("conflict", "The shop knows no email address of yours.");
    await db.payoutDestination.deleteMany({ where: { merchantId, customerId, confirmedAt: null } });
    const [id, now] = [newId("pdt"), scopeNow(tx)];
    await db.payoutDestination.create({
      data: {
        merchantId,
        id,
        customerId,
        ...sealDetails({ merchantId, id }, details),
        email,
        requestedAt: now,
        expiresAt: new Date(now.getTime() + LINK_HOURS * HOUR_MS),
      },
    });
    await queueMessage(tx, {
      template: "payout_confirm",
      causeKey: `payout_confirm:${id}`,
      customerId,
      recipient: email,
      locale,
      data: {
        method: details.kind,
        masked: masked(details),
        url: confirmUrl(programSlug, { merchantId, destinationId: id }),
        hours: LINK_HOURS,
      },
    });
  });
}
