import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { PROGRAM_EMAIL } from "@/lib/messaging/schema";
import { wantsProgramEmail } from "@/lib/messaging/queries";
import { customerById } from "../queries/customers";

/**
 * Writes down a yes or a no with the words that were shown. Nothing is overwritten; the latest one
 * counts.
 */
export async function recordConsent(
  scope: Scope,
  consent: {
    customerId: string;
    /** PROGRAM_EMAIL of lib/messaging. */
    purpose: string;
    granted: boolean;
    /** Where: "join", "privacy", "unsubscribe". */
    source: string;
    wording: string;
  },
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    await db.consent.create({
      data: { merchantId: scope.merchantId, id: newId("con"), at: scopeNow(scope), ...consent },
    });
  });
}

/**
 * Remembers that a browser is this customer's, and when they were last seen with it.
 * @returns whether that is new
 */
export async function linkVisitor(
  scope: Scope,
  { customerId, visitorId, at }: { customerId: string; visitorId: string; at: Date },
): Promise<boolean> {
  return inScope(scope, async (db, { merchantId }) => {
    const [link] = await db.$queryRaw<{ isNew: boolean }[]>`
      INSERT INTO customer_visitor AS v (merchant_id, visitor_id, customer_id, linked_at)
      VALUES (${merchantId}, ${visitorId}, ${customerId}, ${at})
      ON CONFLICT (merchant_id, visitor_id, customer_id) DO UPDATE
        SET linked_at = EXCLUDED.linked_at WHERE v.linked_at < EXCLUDED.linked_at
      RETURNING xmax = 0 AS "isNew"`;
    return link?.isNew ?? false;
  });
}

/**
 * Takes the no of someone who followed the link in an email; a second one adds nothing. @throws
 * DomainError not_found
 */
export async function stopProgramEmail(scope: Scope, customerId: string): Promise<void> {
  await inScope(scope, async (_, scope) => {
    await customerById(scope, customerId);
    if (!(await wantsProgramEmail(scope, customerId))) return;
    await recordConsent(scope, {
      customerId,
      purpose: PROGRAM_EMAIL,
      granted: false,
      source: "unsubscribe",
      wording: "Unsubscribe link of an email",
    });
  });
}
