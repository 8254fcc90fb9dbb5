import { inScope, type Scope } from "@/lib/merchants/scope";
import { postAtEnd } from "@/lib/ledger/commands";
import { accountOf, lockRewardAfterReferral, remainingOf } from "./load";
import { stepReward } from "./step";

/** The customer a coupon was issued to; null for a code that is no coupon of this merchant. */
export async function findCoupon(scope: Scope, code: string): Promise<{ code: string; customerId: string; rewardId: string } | null> {
  return inScope(scope, (db) =>
    db.coupon.findUnique({
      where: { merchantId_code: { merchantId: scope.merchantId, code: code.trim().toUpperCase() } },
      select: { code: true, customerId: true, rewardId: true },
    }),
  );
}

/** Marks a coupon as used by an order. The first order wins; a void or used one is left as it is. @returns whether it was used now */
export async function useCoupon(scope: Scope, input: { code: string; rewardId: string; orderId: string; at: Date }): Promise<boolean> {
  return inScope(scope, async (db, scope) => {
    const reward = await lockRewardAfterReferral(db, scope.merchantId, input.rewardId);
    if (reward.state !== "issued") return false;
    const amount = remainingOf(reward);
    if (amount && amount.minor > 0n) {
      postAtEnd(scope, [{
        causeKey: `reward:${reward.id}:use`, rewardId: reward.id, amount, occurredAt: input.at, memo: "Coupon used",
        from: accountOf(reward)!, to: { kind: "spent", ownerId: reward.programId, asset: amount.asset },
      }]);
    }
    await db.coupon.update({
      where: { merchantId_code: { merchantId: scope.merchantId, code: input.code } },
      data: { usedAt: input.at, orderId: input.orderId },
    });
    await stepReward(scope, { rewardId: reward.id, state: "used", reason: "coupon_used", at: input.at });
    return true;
  });
}
