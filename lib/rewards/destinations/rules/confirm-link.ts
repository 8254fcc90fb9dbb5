import { publicUrl } from "@/lib/core/address";
import { seal, unseal } from "@/lib/core/sealing";

const PURPOSE = "confirm a payout destination";

/** Which request a link confirms. */
export type Confirmation = { merchantId: string; destinationId: string };

/**
 * The link in the email about new payout details: behind it is a button, and it works only where
 * their owner is signed in.
 */
export function confirmUrl(programSlug: string, what: Confirmation): string {
  const text = `${what.merchantId} ${what.destinationId}`;
  const token = seal(Buffer.from(text, "utf8"), PURPOSE);
  return publicUrl(`/refer/${programSlug}/rewards/payout/confirm/${token}`);
}

/** What a token is about; null for one that we did not make. */
export function readConfirmToken(token: string): Confirmation | null {
  const plain = token.length <= 400 ? unseal(token, PURPOSE) : null;
  const [merchantId, destinationId] = plain ? Buffer.from(plain).toString("utf8").split(" ") : [];
  return merchantId && destinationId ? { merchantId, destinationId } : null;
}
