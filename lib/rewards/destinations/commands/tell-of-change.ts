import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { queueMessages } from "@/lib/messaging/commands/queue-message";
import { emailFacts } from "@/lib/messaging/queries";

type Change = {
  customerId: string;
  /** The program on whose page they see it; null for who is in none. */
  programSlug: string | null;
  causeRef: string;
  /** The address that had confirmed what counted before. */
  formerEmail: string;
  /** Masked; null where there was nothing, or nothing is left. */
  before: string | null;
  after: string | null;
  /** From when on payouts go there; null where the details were removed. */
  usableFrom: Date | null;
};

/**
 * Tells a customer that their payout details changed: at their address, and at the one that had
 * confirmed the old ones, since who takes an account over may have changed its address first.
 */
export async function tellOfChange(tx: Tx, change: Change): Promise<void> {
  const { customerId, causeRef, formerEmail, ...data } = change;
  const facts = await emailFacts(tx, [customerId]);
  const contact = facts.contacts.get(customerId);
  const recipients = new Set([formerEmail, ...(contact?.email ? [contact.email] : [])]);
  await queueMessages(
    tx,
    [...recipients].map((recipient, index) => ({
      template: "payout_changed" as const,
      causeKey: `payout_changed:${causeRef}:${index}`,
      customerId,
      recipient,
      locale: contact?.locale ?? null,
      data: { ...data, at: scopeNow(tx) },
    })),
    facts,
  );
}
