import type { Db } from "@/lib/core/db";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { correctPayout } from "../../payouts/commands/correct-payout";
import { REVERSAL_STEP_REASONS, type ReversalReason, type RewardState } from "../../schema";
import { announceReward } from "../announce-reward";
import { costOfPart, type LoadedReward, worthLeft } from "../lock-reward";
import { stepReward } from "../step-reward";
import { freeLimits } from "./free-limits";
import { type Recovery, returnToFunding } from "./return-to-funding";

/**
 * States in which there is something of a reward to void or to reverse. What expired is gone, but a
 * part may have been spent before.
 */
export const REVERSIBLE: readonly RewardState[] = [
  "held",
  "available",
  "issued",
  "used",
  "expired",
];

/** Whether there is something of a reward to void or to reverse. */
export function isReversible({ state }: Pick<LoadedReward, "state">): boolean {
  return REVERSIBLE.includes(state);
}

/**
 * Voids a reward that is held, or reverses all of a released one. What the customer has spent
 * cannot be taken from a balance that is not there; the step says how much was recovered, and only
 * that lowers the program's cost. What the merchant's policy claims instead counts as recovered:
 * the customer owes it, and later rewards pay for it. What was given up is recovered when what it
 * was spent on comes back: see `returnSpent`. Of an expired reward the part that had been spent is
 * reversed; its owner hears of it where that changes anything for them.
 * @param why the reason that its owner reads, and what a member wrote about it
 */
export async function reverseWhole(
  tx: Tx,
  reward: LoadedReward,
  { because, words }: { because: ReversalReason; words?: string | undefined },
  cause: { key: string; at: Date },
): Promise<void> {
  if (!isReversible(reward)) return;
  const { db, merchantId } = tx;
  const worth = worthLeft(reward);
  const step = {
    rewardId: reward.id,
    state: reward.state === "held" ? ("voided" as const) : ("reversed" as const),
    reason: words ?? REVERSAL_STEP_REASONS[because],
    reversalReason: because,
    at: cause.at,
  };
  let recovered = 0n;
  if (worth && worth.minor > 0n) {
    const recovery = await returnToFunding(tx, reward, worth.minor, cause);
    ({ recovered } = recovery);
    await countReversal(db, merchantId, reward, worth.minor, recovery);
  }
  // A used coupon cannot be unused: its cost stays.
  const costBack = worth === null && reward.state === "used" ? 0n : costOfPart(reward, recovered);
  await stepReward(tx, {
    ...step,
    costMinor: -costBack,
    ...(worth && worth.minor > 0n && { amountMinor: recovered }),
  });
  await db.coupon.updateMany({
    where: { merchantId, rewardId: reward.id, usedAt: null, voidedAt: null },
    data: { voidedAt: scopeNow(tx) },
  });
  await freeLimits(db, merchantId, reward, costBack, true);
  await correctPayout(tx, reward.payoutBatchId);
  if (reward.state !== "expired" || recovered > 0n)
    await announceReward(tx, reward.id, "reward_reversed");
}

/** Reverses a part of a reward, for a part of its order that was refunded. */
export async function reversePart(
  tx: Tx,
  reward: LoadedReward,
  minor: bigint,
  cause: { key: string; at: Date },
): Promise<void> {
  const recovery = await returnToFunding(tx, reward, minor, cause);
  const { recovered } = recovery;
  const costBack = costOfPart(reward, recovered);
  await countReversal(tx.db, tx.merchantId, reward, minor, recovery);
  await stepReward(tx, {
    rewardId: reward.id,
    state: reward.state,
    reason: "partly_refunded",
    reversalReason: "refunded",
    at: cause.at,
    amountMinor: recovered,
    costMinor: -costBack,
  });
  await freeLimits(tx.db, tx.merchantId, reward, costBack, false);
  await correctPayout(tx, reward.payoutBatchId);
  await announceReward(tx, reward.id, "reward_reversed");
}

async function countReversal(
  db: Db,
  merchantId: string,
  reward: LoadedReward,
  minor: bigint,
  { recovered, claimed, borrowed }: Recovery,
): Promise<void> {
  const left = worthLeft(reward)!.minor - minor;
  await db.reward.update({
    where: { merchantId_id: { merchantId, id: reward.id } },
    data: {
      reversedMinor: { increment: minor },
      recoveredMinor: { increment: recovered },
      claimedMinor: { increment: claimed },
      borrowedMinor: { increment: borrowed },
      // What had been withheld of the reversed part is owed again.
      withheldMinor: reward.withheldMinor < left ? reward.withheldMinor : left,
    },
  });
}
