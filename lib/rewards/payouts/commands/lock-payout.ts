import { DomainError, notFound } from "@/lib/core/errors";
import type { Asset } from "@/lib/core/money";
import type { Tx } from "@/lib/merchants/scope";
import type { Expiry } from "@/lib/terms/schema";
import { PAYABLE_MINOR } from "../queries/payable";

/** A reward of a payout; `minor` is what is to be paid of it. */
export type PayoutItem = {
  id: string;
  minor: bigint;
  customerId: string;
  programId: string;
  expiry: Expiry | null;
};

/** Rewards before their batch, as everything does that goes on from a reward to its batch. */
export async function lockItems(
  { db, lock, merchantId }: Tx,
  batchId: string,
): Promise<PayoutItem[]> {
  const inside = await db.reward.findMany({
    where: { merchantId, payoutBatchId: batchId },
    select: { id: true },
  });
  await lock.rewards(...inside.map(({ id }) => id));
  return db.$queryRaw<PayoutItem[]>`
    SELECT r.id, ${PAYABLE_MINOR} AS minor, r.customer_id AS "customerId",
      r.program_id AS "programId", r.terms->'expiry' AS expiry
    FROM reward r WHERE r.merchant_id = ${merchantId} AND r.payout_batch_id = ${batchId}
      AND r.state = 'available'
    ORDER BY r.id`;
}

/** The payout itself. @throws DomainError not_found, conflict unless it is open */
export async function lockBatch(
  { db, lock, merchantId }: Tx,
  batchId: string,
): Promise<{ number: number; asset: Asset }> {
  await lock.payouts(batchId);
  const [batch] = await db.$queryRaw<{ number: number; state: string; asset: Asset }[]>`
    SELECT number, state, asset FROM payout_batch
    WHERE merchant_id = ${merchantId} AND id = ${batchId}`;
  if (!batch) throw notFound("payout");
  if (batch.state !== "open")
    throw new DomainError("conflict", `Payout ${batch.number} is ${batch.state} already.`);
  return batch;
}
