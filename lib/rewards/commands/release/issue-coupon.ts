import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { announceReward } from "../announce-reward";
import { takeCode } from "../../coupons/commands/take-code";
import { expiryDates } from "../../rules/expiry";
import { type LoadedReward, lockReward } from "../lock-reward";
import { stepReward } from "../step-reward";

type CouponReward = Pick<LoadedReward, "id" | "customerId" | "terms">;

/** Issues a coupon that was just released; one whose pool is empty waits for codes. */
export async function issueCouponOrWait(tx: Tx, reward: CouponReward): Promise<void> {
  if (await issueCoupon(tx, reward)) return;
  await stepReward(tx, {
    rewardId: reward.id,
    state: "available",
    reason: "waiting_for_code",
    at: scopeNow(tx),
    waitingPoolId: poolOf(reward),
  });
}

/**
 * Issues a coupon that waits for a code of its pool, now that there may be one. Harmless for any
 * other reward.
 * @returns whether it got its code
 */
export async function issueWaiting(scope: Scope, rewardId: string): Promise<boolean> {
  return inScope(scope, async (tx) => {
    const reward = await lockReward(tx, rewardId);
    if (reward.state !== "available" || poolOf(reward) === null) return false;
    return issueCoupon(tx, reward);
  });
}

/** @returns whether there was a code for it */
async function issueCoupon(tx: Tx, reward: CouponReward): Promise<boolean> {
  const now = scopeNow(tx);
  const { benefit } = reward.terms;
  if ((await takeCode(tx, reward, "codes" in benefit ? benefit.codes : undefined)) === null)
    return false;
  await stepReward(tx, {
    rewardId: reward.id,
    state: "issued",
    reason: "coupon_issued",
    at: now,
    issuedAt: now,
    expiry: expiryDates(reward.terms.expiry, "issued", now, tx.timeZone),
  });
  await announceReward(tx, reward.id, "reward_available");
  return true;
}

function poolOf({ terms: { benefit } }: CouponReward): string | null {
  return "codes" in benefit && benefit.codes?.kind === "pool" ? benefit.codes.poolId : null;
}
