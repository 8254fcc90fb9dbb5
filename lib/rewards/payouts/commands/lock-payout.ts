import type { Db } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import type { Asset } from "@/lib/core/money";
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
  db: Db,
  merchantId: string,
  batchId: string,
): Promise<PayoutItem[]> {
  return db.$queryRaw<PayoutItem[]>`
    SELECT r.id, ${PAYABLE_MINOR} AS minor, r.customer_id AS "customerId",
      r.program_id AS "programId", r.terms->'expiry' AS expiry
    FROM reward r WHERE r.merchant_id = ${merchantId} AND r.payout_batch_id = ${batchId}
      AND r.state = 'available'
    ORDER BY r.id FOR NO KEY UPDATE`;
}

/** The payout itself. @throws DomainError not_found, conflict unless it is open */
export async function lockBatch(
  db: Db,
  merchantId: string,
  batchId: string,
): Promise<{ number: number; asset: Asset }> {
  const [batch] = await db.$queryRaw<{ number: number; state: string; asset: Asset }[]>`
    SELECT number, state, asset FROM payout_batch
    WHERE merchant_id = ${merchantId} AND id = ${batchId} FOR NO KEY UPDATE`;
  if (!batch) throw notFound("payout");
  if (batch.state !== "open")
    throw new DomainError("conflict", `Payout ${batch.number} is ${batch.state} already.`);
  return batch;
}
