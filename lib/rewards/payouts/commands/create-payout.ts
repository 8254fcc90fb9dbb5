import type { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { stepRewards } from "../../commands/step-reward";
import { NEVER_EXPIRES } from "../../rules/expiry";
import { askForDetails } from "../../destinations/commands";
import {
  destinationId,
  leftOutReason,
  WITH_DESTINATION,
} from "../../destinations/queries/left-out";
import { chosenPayable, isPayable, PAYABLE_MINOR } from "../queries/payable";
import { type createBatchSchema, MOST_IN_BATCH } from "../schema";

/**
 * Puts payable cash into the next payout. Rewards are locked before they are taken, and one that
 * another payout has taken meanwhile is no longer payable: a reward is in one payout only. While it
 * is in one it does not expire. Where it goes is kept as it is now; those of whom that is not known
 * are left out, and asked by email.
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
      SELECT r.id FROM reward r ${WITH_DESTINATION}
      WHERE ${isPayable(tx)} AND ${leftOutReason(tx)} IS NULL
        AND r.id IN (${chosenPayable(tx, filter)}) AND NOT r.customer_id = ANY(${without}::text[])
      ORDER BY r.id LIMIT ${MOST_IN_BATCH + 1}`;
    const taken = await lockPayable(
      tx,
      chosen.slice(0, MOST_IN_BATCH).map(({ id }) => id),
    );
    if (taken.length === 0)
      throw new DomainError("conflict", "None of this can be paid now. Reload the page.");
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
    await putIntoBatch(tx, batchId, taken);
    const asked = await askForDetails(tx, filter);
    await recordAudit(tx, {
      action: "payout.create",
      subjectType: "payout",
      subjectId: batchId,
      summary: `Prepared payout ${number} of ${ids.length} rewards`,
      detail: { number, rewards: ids.length, totalMinor: String(totalMinor), asked },
    });
    return { batchId, number, rewards: ids.length, hasMore: chosen.length > MOST_IN_BATCH };
  });
}

type Taken = { id: string; minor: bigint; destinationId: string | null };

/** Those that are still payable once they are locked, with where they go. */
async function lockPayable(tx: Tx, ids: readonly string[]): Promise<Taken[]> {
  await tx.lock.rewards(...ids);
  return tx.db.$queryRaw`
    SELECT r.id, ${PAYABLE_MINOR} AS minor, ${destinationId(tx)} AS "destinationId"
    FROM reward r ${WITH_DESTINATION}
    WHERE ${isPayable(tx)} AND ${leftOutReason(tx)} IS NULL AND r.id = ANY(${[...ids]}::text[])
    ORDER BY r.id`;
}

async function putIntoBatch(
  { db, merchantId }: Tx,
  batchId: string,
  taken: readonly Taken[],
): Promise<void> {
  await db.$executeRaw`
    UPDATE reward r SET payout_batch_id = ${batchId}, payout_destination_id = t.destination
    FROM unnest(${taken.map(({ id }) => id)}::text[],
      ${taken.map((one) => one.destinationId)}::text[]) AS t (id, destination)
    WHERE r.merchant_id = ${merchantId} AND r.id = t.id`;
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
