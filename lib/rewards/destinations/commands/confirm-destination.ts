import { DomainError } from "@/lib/core/errors";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { Confirmation } from "../rules/confirm-link";
import { openMasked, usableFrom } from "../rules/details";
import { endDestination } from "./end-destination";
import { tellOfChange } from "./tell-of-change";

/**
 * The press behind the link in the email, by the customer who is signed in: the details that were
 * asked for count from now. Whatever counted before ends, those who knew it are told, and what
 * takes another's place is paid to only after some days.
 * @throws DomainError not_found for a link of somebody else, one that was used, replaced by a newer
 * request or expired, or that went to an address which is no longer theirs
 */
export async function confirmDestination(
  scope: Scope,
  { customerId, programSlug, ...what }: Confirmation & { customerId: string; programSlug: string },
): Promise<{ usableFrom: Date }> {
  return inScope(scope, async (tx) => {
    const { db, merchantId, lock } = tx;
    if (what.merchantId !== merchantId) throw gone();
    await lock.customers(customerId);
    const now = scopeNow(tx);
    const request = await db.payoutDestination.findFirst({
      where: {
        merchantId,
        id: what.destinationId,
        customerId,
        confirmedAt: null,
        expiresAt: { gt: now },
      },
    });
    const customer = await db.customer.findUnique({
      where: { merchantId_id: { merchantId, id: customerId }, mergedIntoId: null },
      select: { email: true },
    });
    if (!request || customer?.email !== request.email) throw gone();
    const former = await lastConfirmed(tx, customerId);
    const ended = await endDestination(tx, customerId);
    const from = usableFrom(now, former !== null);
    await db.payoutDestination.update({
      where: { merchantId_id: { merchantId, id: request.id } },
      data: { confirmedAt: now, usableFrom: from },
    });
    await recordAudit(tx, {
      action: "payout_details.change",
      subjectType: "customer",
      subjectId: customerId,
      summary: former ? "Changed their payout details" : "Gave their payout details",
      detail: { destination: request.id, kind: request.kind, masked: openMasked(request) },
    });
    if (former)
      await tellOfChange(tx, {
        customerId,
        programSlug,
        causeRef: request.id,
        formerEmail: former.email,
        before: ended && openMasked(ended),
        after: openMasked(request),
        usableFrom: from,
      });
    return { usableFrom: from };
  });
}

/** What counted last, ended or not: whoever removes details and gives others changes them. */
async function lastConfirmed(
  { db, merchantId }: Required<Pick<Scope, "db" | "merchantId">>,
  customerId: string,
) {
  return db.payoutDestination.findFirst({
    where: { merchantId, customerId, confirmedAt: { not: null } },
    orderBy: [{ confirmedAt: "desc" }, { id: "desc" }],
    select: { email: true },
  });
}

function gone(): DomainError {
  return new DomainError("not_found", "This link was used, replaced by a newer one, or expired.");
}
