import { inScope, type Scope } from "@/lib/merchants/scope";
import { lockReferral } from "@/lib/referrals/commands";
import { completeReferral, releaseReward } from "@/lib/rewards/commands";

/**
 * Releases one due reward and, when it was the last one held, completes its referral. The referral
 * is locked first, as everything does that touches both.
 */
export async function releaseAndComplete(scope: Scope, rewardId: string): Promise<boolean> {
  return inScope(scope, async (db, scope) => {
    const { referralId } = await db.reward.findUniqueOrThrow({
      where: { merchantId_id: { merchantId: scope.merchantId, id: rewardId } },
      select: { referralId: true },
    });
    if (referralId) await lockReferral(db, scope.merchantId, referralId);
    if (!(await releaseReward(scope, rewardId))) return false;
    if (referralId) await completeReferral(scope, referralId);
    return true;
  });
}
