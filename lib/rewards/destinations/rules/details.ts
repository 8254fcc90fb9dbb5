import { macOf, seal, unseal } from "@/lib/core/sealing";
import { DAY_MS } from "@/lib/core/time";
import { maskEmail } from "@/lib/customers/rules";
import type { DestinationKind } from "@/lib/merchants/schema";
import { detailsSchema, type PayoutDetails } from "../schema";

/**
 * For how many days nothing is paid to details that took the place of others: whoever got into an
 * account cannot lead money away before its owner has read the email about it.
 */
export const CHANGE_HOLD_DAYS = 3;

/** For how many hours the link in the email confirms new details. */
export const LINK_HOURS = 24;

/** From when on payouts go to details that are confirmed now. @param replaces others from before */
export function usableFrom(now: Date, replaces: boolean): Date {
  return replaces ? new Date(now.getTime() + CHANGE_HOLD_DAYS * DAY_MS) : now;
}

/** As much of the details as their owner needs to know them again, and nobody to use them. */
export function masked(details: PayoutDetails): string {
  if (details.kind === "iban") return `${details.iban.slice(0, 2)} •••• ${details.iban.slice(-4)}`;
  if (details.kind === "paypal") return maskEmail(details.paypal);
  // Four letters of a short text would be most of it.
  const letters = [...details.details];
  return letters.length < 12 ? "••••" : `•••• ${letters.slice(-4).join("")}`;
}

/** A row as it is stored: what it says can be read with `openDetails` only. */
export type SealedDetails = {
  merchantId: string;
  id: string;
  kind: string;
  sealed: string | null;
  sealedBy: string;
};

/** The details for the row of this id: sealed, they can be opened for no other. */
export function sealDetails(
  { merchantId, id }: Pick<SealedDetails, "merchantId" | "id">,
  details: PayoutDetails,
): { kind: DestinationKind; sealed: string; sealedBy: string } {
  const plain = Buffer.from(JSON.stringify(details), "utf8");
  return {
    kind: details.kind,
    sealed: seal(plain, purposeOf(merchantId, id)),
    sealedBy: sealingMark(),
  };
}

/** The details in the clear; null where they were sealed under another secret, or erased. */
export function openDetails({ merchantId, id, sealed }: SealedDetails): PayoutDetails | null {
  const plain = sealed === null ? null : unseal(sealed, purposeOf(merchantId, id));
  if (!plain) return null;
  return detailsSchema.safeParse(JSON.parse(Buffer.from(plain).toString("utf8"))).data ?? null;
}

/** The same masked. */
export function openMasked(row: SealedDetails): string | null {
  const details = openDetails(row);
  return details && masked(details);
}

/** Marks what is sealed now: what bears another mark was sealed under another AUTH_SECRET. */
export function sealingMark(): string {
  return macOf("mark", "payout destination").toString("base64url").slice(0, 12);
}

function purposeOf(merchantId: string, id: string): string {
  return `payout destination ${merchantId} ${id}`;
}
