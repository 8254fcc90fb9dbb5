import type { Tx } from "@/lib/merchants/scope";
import { scopeNow } from "@/lib/merchants/scope";

/**
 * Ends what counts as a customer's destination. Call it with the customer locked.
 * @returns what ended, and the address that had confirmed it
 */
export async function endDestination(tx: Tx, customerId: string) {
  const { db, merchantId } = tx;
  const current = await db.payoutDestination.findFirst({
    where: { merchantId, customerId, confirmedAt: { not: null }, endedAt: null },
  });
  if (!current) return null;
  await db.payoutDestination.update({
    where: { merchantId_id: { merchantId, id: current.id } },
    data: { endedAt: scopeNow(tx) },
  });
  await eraseUnused(tx, [customerId]);
  return current;
}

/** Erases details that ended, but for those that a payout was prepared with. */
export async function eraseUnused(
  { db, merchantId }: Tx,
  customerIds: readonly string[],
): Promise<void> {
  await db.$executeRaw`
    UPDATE payout_destination d SET sealed = NULL
    WHERE d.merchant_id = ${merchantId} AND d.customer_id = ANY(${[...customerIds]}::text[])
      AND d.ended_at IS NOT NULL AND d.sealed IS NOT NULL
      AND NOT EXISTS (SELECT FROM reward r
        WHERE r.merchant_id = d.merchant_id AND r.payout_destination_id = d.id)`;
}
