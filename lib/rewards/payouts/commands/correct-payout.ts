import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { PAYABLE_MINOR } from "../queries/payable";

/**
 * After a reward in a payout was reversed, whole or in part: what is nothing to be paid any
 * more leaves the open batch, and the batch is added up anew. A paid batch stays as it was paid.
 * Call it with the reward locked.
 */
export async function correctPayout(tx: Tx, payoutBatchId: string | null): Promise<void> {
  if (payoutBatchId === null) return;
  const { db, merchantId } = tx;
  await tx.lock.payouts(payoutBatchId);
  const open = await db.payoutBatch.findFirst({
    where: { merchantId, id: payoutBatchId, state: "open" },
    select: { id: true },
  });
  if (!open) return;
  await db.$executeRaw`
    UPDATE reward r SET payout_batch_id = NULL, payout_destination_id = NULL
    WHERE r.merchant_id = ${merchantId} AND r.payout_batch_id = ${payoutBatchId}
      AND (r.state <> 'available' OR ${PAYABLE_MINOR} <= 0)`;
  await db.$executeRaw`
    UPDATE payout_batch b
    SET rewards = sums.rewards, total_minor = sums.total, changed_at = ${scopeNow(tx)}
    FROM (
      SELECT count(*)::int AS rewards, COALESCE(sum(${PAYABLE_MINOR}), 0)::bigint AS total
      FROM reward r WHERE r.merchant_id = ${merchantId} AND r.payout_batch_id = ${payoutBatchId}
    ) sums
    WHERE b.merchant_id = ${merchantId} AND b.id = ${payoutBatchId}`;
}
