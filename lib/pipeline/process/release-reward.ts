import { inScope, type Scope } from "@/lib/merchants/scope";
import { lockReferral } from "@/lib/referrals/commands";
import { completeReferrals, releaseReward } from "@/lib/rewards/commands";
import { raiseUnanswered } from "../intake/signals/raise-unanswered";

/**
 * Releases a reward whose hold is over and completes its referral if that was the last one held.
 * The referral is locked first, as in everything that touches both; if its friend's address never
 * answered, that may hold it.
 * @returns whether it was released
 */
export async function releaseAndComplete(scope: Scope, rewardId: string): Promise<boolean> {
  return inScope(scope, async (tx) => {
    const { referralId } = await tx.db.reward.findUniqueOrThrow({
      where: { merchantId_id: { merchantId: tx.merchantId, id: rewardId } },
      select: { referralId: true },
    });
    if (referralId) await raiseUnanswered(tx, await lockReferral(tx, referralId));
    if (!(await releaseReward(tx, rewardId))) return false;
    if (referralId) await completeReferrals(tx, [referralId]);
    return true;
  });
}
