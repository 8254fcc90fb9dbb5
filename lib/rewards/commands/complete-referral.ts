import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { lockReferral, stepReferrals } from "@/lib/referrals/commands";

/** Marks a qualified referral as rewarded once it has rewards and none of them is held any more. */
export async function completeReferral(scope: Scope, referralId: string): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const referral = await lockReferral(db, scope.merchantId, referralId);
    if (referral.state !== "qualified") return;
    const rewards = await db.reward.findMany({
      where: { merchantId: scope.merchantId, referralId },
      select: { state: true },
    });
    const released = rewards.some(
      ({ state }) => state === "available" || state === "issued" || state === "used",
    );
    if (!released || rewards.some(({ state }) => state === "held")) return;
    const step = { reason: "rewards_issued", at: scopeNow(scope), eventId: null };
    stepReferrals(scope, [{ referralId, state: "rewarded", ...step }]);
  });
}
