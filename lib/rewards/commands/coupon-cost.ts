import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import type { RewardReason } from "../schema";
import { addToBudget } from "./expire/expire-reward";
import { type LoadedReward, lockRewardAfterReferral, remainingAmount } from "./lock-reward";
import { stepReward } from "./step-reward";

/**
 * Lets the cost of a coupon that stays used go with the order that used it, or come back with it.
 * @param isBack whether the order came back whole
 */
export async function settleCouponCost(
  scope: Scope,
  { rewardId }: { rewardId: string },
  isBack: boolean,
  at: Date,
): Promise<void> {
  await inScope(scope, async (tx) => {
    const reward = await lockRewardAfterReferral(tx, rewardId);
    if (reward.state !== "used") return;
    if (isBack && reward.costMinor > 0n)
      await takeCost(tx, reward, { state: "used", reason: "coupon_order_returned", at });
    if (isBack) return;
    const costMinor = await costAgain(tx, reward);
    if (costMinor > 0n)
      await stepReward(tx, { rewardId, state: "used", reason: "coupon_used", at, costMinor });
  });
}

/** A step with which all that a reward costs goes. */
export async function takeCost(
  tx: Tx,
  reward: LoadedReward,
  step: { state: "issued" | "used"; reason: RewardReason; at: Date },
): Promise<void> {
  await addToBudget(tx.db, tx.merchantId, reward, -reward.costMinor);
  const amountMinor = remainingAmount(reward)?.minor;
  await stepReward(tx, {
    rewardId: reward.id,
    ...step,
    ...(amountMinor !== undefined && { amountMinor }),
    costMinor: -reward.costMinor,
  });
}

/**
 * The cost that went with an order and stands again, as far as the coupon is still worth that; 0
 * where none did. Counted under the budget.
 */
export async function costAgain(tx: Tx, reward: LoadedReward): Promise<bigint> {
  if (reward.costMinor > 0n) return 0n;
  const { db, merchantId } = tx;
  const gone: RewardReason[] = ["coupon_returned", "coupon_order_returned"];
  const last = await db.rewardStep.findFirst({
    where: {
      merchantId,
      rewardId: reward.id,
      reason: { in: [...gone, "coupon_used", "used_before_expiry"] },
    },
    orderBy: { id: "desc" },
  });
  if (!last || !(gone as string[]).includes(last.reason)) return 0n;
  const left = remainingAmount(reward)?.minor;
  const costMinor =
    left === undefined || !last.amountMinor
      ? -last.costMinor
      : (-last.costMinor * left) / last.amountMinor;
  await addToBudget(db, merchantId, reward, costMinor);
  return costMinor;
}
