import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { PROGRAM_MAIL } from "@/lib/messaging/schema";
import { wantsProgramMail } from "@/lib/messaging/queries";
import { customerById } from "../queries";

/** Writes down a yes or a no with the words that were shown. Nothing is overwritten; the latest one counts. */
export async function recordConsent(
  scope: Scope,
  consent: {
    customerId: string;
    /** PROGRAM_MAIL of lib/messaging. */
    purpose: string;
    granted: boolean;
    /** Where: "join", "privacy", "unsubscribe". */
    source: string;
    wording: string;
  },
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    await db.consent.create({ data: { merchantId: scope.merchantId, id: newId("con"), at: scopeNow(scope), ...consent } });
  });
}

/** Remembers that a browser is this customer's. Saying it again changes nothing. */
export async function linkVisitor(
  scope: Scope, { customerId, visitorId, at }: { customerId: string; visitorId: string; at: Date },
): Promise<void> {
  await inScope(scope, async (db, { merchantId }) => {
    await db.customerVisitor.createMany({ data: [{ merchantId, visitorId, customerId, linkedAt: at }], skipDuplicates: true });
  });
}

/** Takes the no of someone who followed the link in a mail; a second one adds nothing. @throws DomainError not_found */
export async function stopProgramMail(scope: Scope, customerId: string): Promise<void> {
  await inScope(scope, async (_, scope) => {
    await customerById(scope, customerId);
    if (!(await wantsProgramMail(scope, customerId))) return;
    await recordConsent(scope, {
      customerId, purpose: PROGRAM_MAIL, granted: false, source: "unsubscribe", wording: "Unsubscribe link of a mail",
    });
  });
}
