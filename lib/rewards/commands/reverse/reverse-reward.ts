import type { Db } from "@/lib/core/db";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import { correctPayout } from "../../payouts/commands/correct-payout";
import { shareOfCost } from "../../rules/reversal";
import { REVERSAL_STEP_REASONS, type ReversalReason, type RewardState } from "../../schema";
import { announceReward } from "../announce-reward";
import { type LoadedReward, unreversedAmount } from "../lock-reward";
import { stepReward } from "../step-reward";
import { returnToFunding } from "./return-to-funding";

/** States in which there is something of a reward to void or to reverse. */
export const REVERSIBLE: readonly RewardState[] = ["held", "available", "issued", "used"];

/** Whether there is something of a reward to void or to reverse. */
export function isReversible({ state }: Pick<LoadedReward, "state">): boolean {
  return REVERSIBLE.includes(state);
}

/**
 * Voids a reward that is held, or reverses all of a released one. What the customer has spent
 * cannot be taken from a balance that is not there; the step says how much was recovered, and only
 * that lowers the program's cost. What the merchant's policy claims instead counts as recovered:
 * the customer owes it, and later rewards pay for it.
 * @param why the reason that its owner reads, and what a member wrote about it
 */
export async function reverseWhole(
  scope: Scope & { db: Db },
  reward: LoadedReward,
  { because, words }: { because: ReversalReason; words?: string | undefined },
  cause: { key: string; at: Date },
): Promise<void> {
  if (!isReversible(reward)) return;
  const { db, merchantId } = scope;
  const amount = unreversedAmount(reward);
  const step = {
    rewardId: reward.id,
    state: reward.state === "held" ? ("voided" as const) : ("reversed" as const),
    reason: words ?? REVERSAL_STEP_REASONS[because],
    reversalReason: because,
    at: cause.at,
  };
  let costBack = reward.costMinor;
  if (amount && amount.minor > 0n) {
    const recovered = await returnToFunding(scope, reward, amount.minor, cause);
    costBack = shareOfCost(reward.costMinor, recovered, amount.minor);
    await countReversal(db, merchantId, reward, amount.minor, recovered);
    await stepReward(scope, { ...step, amountMinor: recovered, costMinor: -costBack });
  } else {
    // A used coupon cannot be unused: its cost stays.
    if (reward.state === "used") costBack = 0n;
    await stepReward(scope, { ...step, costMinor: -costBack });
  }
  await db.coupon.updateMany({
    where: { merchantId, rewardId: reward.id, usedAt: null, voidedAt: null },
    data: { voidedAt: scopeNow(scope) },
  });
  await freeLimits(db, merchantId, reward, costBack, true);
  await correctPayout(scope, reward.payoutBatchId);
  await announceReward(scope, reward.id, "reward_reversed");
}

/** Reverses a part of a reward, for a part of its order that was refunded. */
export async function reversePart(
  scope: Scope & { db: Db },
  reward: LoadedReward,
  minor: bigint,
  cause: { key: string; at: Date },
): Promise<void> {
  const left = unreversedAmount(reward)!.minor;
  const recovered = await returnToFunding(scope, reward, minor, cause);
  const costBack = shareOfCost(reward.costMinor, recovered, left);
  await countReversal(scope.db, scope.merchantId, reward, minor, recovered);
  await stepReward(scope, {
    rewardId: reward.id,
    state: reward.state,
    reason: "partly_refunded",
    reversalReason: "refunded",
    at: cause.at,
    amountMinor: recovered,
    costMinor: -costBack,
  });
  await freeLimits(scope.db, scope.merchantId, reward, costBack, false);
  await correctPayout(scope, reward.payoutBatchId);
  await announceReward(scope, reward.id, "reward_reversed");
}

async function countReversal(
  db: Db,
  merchantId: string,
  reward: LoadedReward,
  minor: bigint,
  recovered: bigint,
): Promise<void> {
  const left = unreversedAmount(reward)!.minor - minor;
  await db.reward.update({
    where: { merchantId_id: { merchantId, id: reward.id } },
    data: {
      reversedMinor: { increment: minor },
      recoveredMinor: { increment: recovered },
      // What had been withheld of the reversed part is owed again.
      withheldMinor: reward.withheldMinor < left ? reward.withheldMinor : left,
    },
  });
}

/** What is reversed makes room again under the budget and, when whole, under the advocate's cap. */
async function freeLimits(
  db: Db,
  merchantId: string,
  reward: LoadedReward,
  costMinor: bigint,
  whole: boolean,
): Promise<void> {
  // What was granted without a rule took no room.
  if (reward.terms.given) return;
  await db.programBudget.update({
    where: { merchantId_programId: { merchantId, programId: reward.programId } },
    data: { costMinor: { decrement: costMinor }, ...(whole && { rewards: { decrement: 1 } }) },
  });
  if (whole && reward.advocateId) {
    await db.advocate.update({
      where: { merchantId_id: { merchantId, id: reward.advocateId } },
      data: { rewardCount: { decrement: 1 } },
    });
  }
}
