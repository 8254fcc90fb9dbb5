import { publicUrl } from "@/lib/core/address";
import { seal, unseal } from "@/lib/core/sealing";

const PURPOSE = "unsubscribe";

/** Whose program email is to stop. */
export type Unsubscriber = { merchantId: string; customerId: string };

/**
 * The link in the footer of a program email. It needs no sign-in and never expires; all it can do
 * is stop emails.
 */
export function unsubscribeUrl(who: Unsubscriber): string {
  return publicUrl(`/unsubscribe/${unsubscribeToken(who)}`);
}

/** The address for the List-Unsubscribe header: a POST to it stops the email at once (RFC 8058). */
export function oneClickUrl(who: Unsubscriber): string {
  return publicUrl(`/unsubscribe/${unsubscribeToken(who)}/one-click`);
}

function unsubscribeToken({ merchantId, customerId }: Unsubscriber): string {
  return seal(Buffer.from(`${merchantId} ${customerId}`, "utf8"), PURPOSE);
}

/** Whom a token is about; null for one that we did not make. */
export function readUnsubscribeToken(token: string): Unsubscriber | null {
  const plain = token.length <= 300 ? unseal(token, PURPOSE) : null;
  const [merchantId, customerId] = plain ? Buffer.from(plain).toString("utf8").split(" ") : [];
  return merchantId && customerId ? { merchantId, customerId } : null;
}
