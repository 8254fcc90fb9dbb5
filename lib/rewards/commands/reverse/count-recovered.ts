import type { ReturnUse } from "@/lib/ledger/rules/plan-return";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { costOfPart, type LoadedReward } from "../lock-reward";
import { stepReward } from "../step-reward";
import { freeLimits } from "./free-limits";

/**
 * Notes on rewards that were short what was recovered for them since: it lowers the program's cost,
 * and their state stays what it is. What paid a claim counted as recovered from the beginning.
 */
export async function countRecovered(
  tx: Tx,
  uses: readonly ReturnUse[],
  rewards: ReadonlyMap<string, LoadedReward>,
): Promise<void> {
  const { db, merchantId } = tx;
  for (const reward of rewards.values()) {
    const sum = (amount: (use: ReturnUse) => bigint) =>
      uses.reduce((sum, use) => sum + amount(use), 0n);
    const recovered = sum((use) => (use.recoveredBy === reward.id ? use.minor : 0n));
    const borrowed = sum(({ rewardId, recoveredBy, minor }) =>
      recoveredBy === reward.id && rewardId !== reward.id ? minor : 0n,
    );
    const returned = sum((use) => (use.rewardId === reward.id ? use.borrowed : 0n));
    const claimed = sum((use) => (use.rewardId === reward.id ? use.claimed : 0n));
    if (recovered + returned + claimed === 0n) continue;
    await db.reward.update({
      where: { merchantId_id: { merchantId, id: reward.id } },
      data: {
        recoveredMinor: { increment: recovered },
        borrowedMinor: { increment: borrowed - returned },
        claimedMinor: { decrement: claimed },
      },
    });
    if (recovered === 0n) continue;
    const costBack = costOfPart(reward, recovered);
    await stepReward(tx, {
      rewardId: reward.id,
      state: reward.state,
      reason: "recovered",
      keepsReason: true,
      at: scopeNow(tx),
      amountMinor: recovered,
      costMinor: -costBack,
    });
    await freeLimits(db, merchantId, reward, costBack, false);
  }
}
