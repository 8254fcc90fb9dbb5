import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { announceReward } from "../announce-reward";
import { takeCode } from "../../coupons/commands/take-code";
import { expiryDates } from "../../rules/expiry";
import { type LoadedReward, lockReward } from "../lock-reward";
import { stepReward } from "../step-reward";

type CouponReward = Pick<LoadedReward, "id" | "customerId" | "terms">;

/** Issues a coupon that was just released; one whose pool is empty waits for codes. */
export async function issueCouponOrWait(scope: Tx, reward: CouponReward): Promise<void> {
  if (await issueCoupon(scope, reward)) return;
  await stepReward(scope, {
    rewardId: reward.id,
    state: "available",
    reason: "waiting_for_code",
    at: scopeNow(scope),
    waitingPoolId: poolOf(reward),
  });
}

/**
 * Issues a coupon that waits for a code of its pool, now that there may be one. Harmless for any
 * other reward.
 * @returns whether it got its code
 */
export async function issueWaiting(scope: Scope, rewardId: string): Promise<boolean> {
  return inScope(scope, async (db, scope) => {
    const reward = await lockReward(db, scope.merchantId, rewardId);
    if (reward.state !== "available" || poolOf(reward) === null) return false;
    return issueCoupon(scope, reward);
  });
}

/** @returns whether there was a code for it */
async function issueCoupon(scope: Tx, reward: CouponReward): Promise<boolean> {
  const now = scopeNow(scope);
  const { benefit } = reward.terms;
  if ((await takeCode(scope, reward, "codes" in benefit ? benefit.codes : undefined)) === null)
    return false;
  await stepReward(scope, {
    rewardId: reward.id,
    state: "issued",
    reason: "coupon_issued",
    at: now,
    issuedAt: now,
    expiry: expiryDates(reward.terms.expiry, "issued", now, scope.timeZone),
  });
  await announceReward(scope, reward.id, "reward_available");
  return true;
}

function poolOf({ terms: { benefit } }: CouponReward): string | null {
  return "codes" in benefit && benefit.codes?.kind === "pool" ? benefit.codes.poolId : null;
}
