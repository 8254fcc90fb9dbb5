import { deliveryOf } from "@/lib/terms/kinds/benefits";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { RewardState } from "../../schema";
import { type HeldReward, remainingAmount } from "../lock-reward";
import { stepReward } from "../step-reward";

/**
 * Notes on a reward that was just released how much of it never reached its owner: it paid what an
 * earlier reversal had left owing. Cash of which nothing is left counts as paid.
 * @param reward as it was before it was released
 */
export async function withhold(tx: Tx, reward: HeldReward, minor: bigint): Promise<void> {
  if (minor === 0n) return;
  const { state } = await tx.db.reward.update({
    where: { merchantId_id: { merchantId: tx.merchantId, id: reward.id } },
    data: { withheldMinor: { increment: minor } },
    select: { state: true },
  });
  const isPaidOff =
    deliveryOf(reward.terms.benefit) === "payout" && remainingAmount(reward)!.minor === minor;
  await stepReward(tx, {
    rewardId: reward.id,
    state: isPaidOff ? "used" : (state as RewardState),
    reason: "kept_back",
    at: scopeNow(tx),
    amountMinor: minor,
  });
}
