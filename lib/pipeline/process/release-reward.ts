import { inScope, type Scope } from "@/lib/merchants/scope";
import { lockReferral } from "@/lib/referrals/commands";
import { completeReferrals, releaseReward } from "@/lib/rewards/commands";

/**
 * Releases a reward whose hold is over and completes its referral if that was the last one held.
 * The referral is locked first, as in everything that touches both.
 * @returns whether it was released
 */
export async function releaseAndComplete(scope: Scope, rewardId: string): Promise<boolean> {
  return inScope(scope, async (db, scope) => {
    const { referralId } = await db.reward.findUniqueOrThrow({
      where: { merchantId_id: { merchantId: scope.merchantId, id: rewardId } },
      select: { referralId: true },
    });
    if (referralId) await lockReferral(db, scope.merchantId, referralId);
    if (!(await releaseReward(scope, rewardId))) return false;
    if (referralId) await completeReferrals(scope, [referralId]);
    return true;
  });
}
