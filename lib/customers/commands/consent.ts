import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { PROGRAM_EMAIL } from "@/lib/messaging/schema";
import { wantsProgramEmail } from "@/lib/messaging/queries";
import { customerById } from "../queries/customers";

/**
 * Records that a customer gave or withdrew consent, with the wording that was shown. Nothing is
 * overwritten; the latest record counts.
 */
export async function recordConsent(
  scope: Scope,
  consent: {
    customerId: string;
    /** What it is for: PROGRAM_EMAIL of lib/messaging. */
    purpose: string;
    granted: boolean;
    /** Where it was given: "join", "privacy", "unsubscribe". */
    source: string;
    wording: string;
  },
): Promise<void> {
  await inScope(scope, async (tx) => {
    await tx.db.consent.create({
      data: { merchantId: tx.merchantId, id: newId("con"), at: scopeNow(tx), ...consent },
    });
  });
}

/**
 * Unsubscribes the customer who followed the link in an email; a second time changes nothing.
 * @throws DomainError not_found
 */
export async function stopProgramEmail(scope: Scope, customerId: string): Promise<void> {
  await inScope(scope, async (tx) => {
    await customerById(tx, customerId);
    if (!(await wantsProgramEmail(tx, customerId))) return;
    await recordConsent(tx, {
      customerId,
      purpose: PROGRAM_EMAIL,
      granted: false,
      source: "unsubscribe",
      wording: "Unsubscribe link of an email",
    });
  });
}
