import type { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { stepRewards } from "../../commands/step-reward";
import { NEVER_EXPIRES } from "../../rules/expiry";
import { chosenPayable, isPayable, PAYABLE_MINOR } from "../queries/payable";
import { type createBatchSchema, MOST_IN_BATCH } from "../schema";

/**
 * Puts payable cash into the next payout. Rewards are locked before they are taken, and one that
 * another payout has taken meanwhile is no longer payable: a reward is in one payout only. While it
 * is in one it does not expire.
 * @returns the payout and whether there is more than fits into it
 * @throws DomainError conflict when nothing that was chosen is payable (any more)
 */
export async function createPayout(
  scope: Scope,
  { without = [], ...filter }: z.infer<typeof createBatchSchema>,
): Promise<{ batchId: string; number: number; rewards: number; hasMore: boolean }> {
  requirePermission(scope, "payout.manage");
  return inScope(scope, async (tx) => {
    const { merchantId, asset } = tx;
    const chosen = await tx.db.$queryRaw<{ id: string }[]>`
      SELECT r.id FROM reward r
      WHERE ${isPayable(tx)} AND r.id IN (${chosenPayable(tx, filter)})
        AND NOT r.customer_id = ANY(${without}::text[])
      ORDER BY r.id LIMIT ${MOST_IN_BATCH + 1}`;
    const taken = await lockPayable(
      tx,
      chosen.slice(0, MOST_IN_BATCH).map(({ id }) => id),
    );
    if (taken.length === 0)
      throw new DomainError("conflict", "None of this is waiting to be paid.");
    const ids = taken.map(({ id }) => id);
    const now = scopeNow(tx);
    const batchId = newId("pay");
    const totalMinor = taken.reduce((sum, { minor }) => sum + minor, 0n);
    const number = await nextNumber(tx);
    await tx.db.payoutBatch.create({
      data: {
        merchantId,
        id: batchId,
        number,
        state: "open",
        asset,
        rewards: ids.length,
        totalMinor,
        createdAt: now,
        createdBy: tx.actor.label,
      },
    });
    await stepRewards(tx, ids, {
      state: "available",
      reason: "in_payout",
      at: now,
      expiry: NEVER_EXPIRES,
    });
    await tx.db.reward.updateMany({
      where: { merchantId, id: { in: ids } },
      data: { payoutBatchId: batchId },
    });
    await recordAudit(tx, {
      action: "payout.create",
      subjectType: "payout",
      subjectId: batchId,
      summary: `Prepared payout ${number} of ${ids.length} rewards`,
      detail: { number, rewards: ids.length, totalMinor: String(totalMinor) },
    });
    return { batchId, number, rewards: ids.length, hasMore: chosen.length > MOST_IN_BATCH };
  });
}

/** Those that are still payable once they are locked. */
async function lockPayable(
  tx: Tx,
  ids: readonly string[],
): Promise<{ id: string; minor: bigint }[]> {
  await tx.lock.rewards(...ids);
  return tx.db.$queryRaw`
    SELECT r.id, ${PAYABLE_MINOR} AS minor FROM reward r
    WHERE ${isPayable(tx)} AND r.id = ANY(${[...ids]}::text[])
    ORDER BY r.id`;
}

/** Counted under a lock of its own, held to the end: two batches at once take two numbers. */
async function nextNumber({ db, lock, merchantId }: Tx): Promise<number> {
  await lock.alone("payout_number");
  const { _max } = await db.payoutBatch.aggregate({
    where: { merchantId },
    _max: { number: true },
  });
  return (_max.number ?? 0) + 1;
}
