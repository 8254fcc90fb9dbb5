import type { Db } from "@/lib/core/db";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { COUPON_KINDS, MANUAL_KINDS } from "@/lib/programs/schema";
import { announceReward } from "../announce-reward";
import { takeCode } from "../../coupons/commands/take-code";
import { type ExpiryDates, expiryDates } from "../../expiry";
import { type LoadedReward, lockReward } from "../lock-reward";
import { stepReward } from "../step-reward";

/**
 * Brings a reward that was just released to its owner: a coupon gets its code, credit and points
 * are in the balance by now, and what staff hand over or pay waits for them. A coupon whose pool is
 * empty waits for codes.
 * @param balanceExpiry when the lot of credit or points lapses
 */
export async function issueReward(
  scope: Scope & { db: Db },
  reward: LoadedReward,
  balanceExpiry: ExpiryDates,
): Promise<void> {
  const { kind } = reward.terms.benefit;
  const now = scopeNow(scope);
  if (COUPON_KINDS.includes(kind)) {
    if (!(await issueCoupon(scope, reward))) {
      await stepReward(scope, {
        rewardId: reward.id,
        state: "available",
        reason: "waiting_for_code",
        at: now,
        waitingPoolId: poolOf(reward),
      });
    }
    return;
  }
  if (MANUAL_KINDS.includes(kind)) {
    await stepReward(scope, {
      rewardId: reward.id,
      state: "available",
      reason: kind === "cash" ? "payable" : "to_be_given",
      at: now,
      expiry: expiryDates(reward.terms.expiry, "unissued", now, scope.timeZone),
    });
  } else {
    await stepReward(scope, {
      rewardId: reward.id,
      state: "issued",
      reason: "credited",
      at: now,
      issuedAt: now,
      expiry: balanceExpiry,
    });
  }
  await announceReward(scope, reward.id, "reward_available");
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
async function issueCoupon(scope: Scope & { db: Db }, reward: LoadedReward): Promise<boolean> {
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

function poolOf({ terms: { benefit } }: LoadedReward): string | null {
  return "codes" in benefit && benefit.codes?.kind === "pool" ? benefit.codes.poolId : null;
}
