import { readCode } from "@/lib/core/values/code";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { postAtEnd } from "@/lib/ledger/commands/post-transfers";
import { isExpiredCoupon, undoExpiry } from "./expire/expire-reward";
import {
  accountOf,
  type LoadedReward,
  lockRewardAfterReferral,
  remainingAmount,
} from "./lock-reward";
import { stepReward } from "./step-reward";

/** The customer a coupon was issued to; null for a code that is no coupon of this merchant. */
export async function findCoupon(
  scope: Scope,
  text: string,
): Promise<{ code: string; customerId: string; rewardId: string } | null> {
  const code = readCode(text);
  if (code === null) return null;
  return inScope(scope, (db) =>
    db.coupon.findUnique({
      where: { merchantId_code: { merchantId: scope.merchantId, code } },
      select: { code: true, customerId: true, rewardId: true },
    }),
  );
}

type CouponUse = { used: true } | { used: false; why: CouponRefusal };
type CouponRefusal = "used_before" | "expired" | "voided";

/** What to tell whoever asks why a coupon did not count. */
export const COUPON_REFUSALS: Record<CouponRefusal, string> = {
  used_before: "The coupon was used before.",
  expired: "The coupon had expired when it was used.",
  voided: "The coupon was voided.",
};

/**
 * Marks a coupon as used by an order. The first order wins, and an order after the coupon's last
 * day is refused, whenever it comes to be known: one from before counts also when the coupon has
 * been marked as expired meanwhile.
 */
export async function markCouponUsed(
  scope: Scope,
  input: { code: string; rewardId: string; orderId: string; at: Date },
): Promise<CouponUse> {
  return inScope(scope, async (db, scope) => {
    const reward = await lockRewardAfterReferral(db, scope.merchantId, input.rewardId);
    const refusal = refusalOf(reward, input.at);
    if (refusal) return { used: false, why: refusal };
    const inTime = isExpiredCoupon(reward);
    const costMinor = inTime ? await undoExpiry(scope, reward) : 0n;
    const amount = remainingAmount(reward);
    if (amount && amount.minor > 0n) {
      postAtEnd(scope, [
        {
          causeKey: `reward:${reward.id}:use`,
          rewardId: reward.id,
          amount,
          occurredAt: input.at,
          memo: "Coupon used",
          from: accountOf({ ...reward, state: "issued" })!,
          to: { kind: "spent", ownerId: reward.programId, asset: amount.asset },
        },
      ]);
    }
    await db.coupon.update({
      where: { merchantId_code: { merchantId: scope.merchantId, code: input.code } },
      data: { usedAt: input.at, orderId: input.orderId },
    });
    await stepReward(scope, {
      rewardId: reward.id,
      state: "used",
      reason: inTime ? "used_before_expiry" : "coupon_used",
      at: input.at,
      costMinor,
    });
    return { used: true };
  });
}

function refusalOf(reward: LoadedReward, at: Date): CouponRefusal | null {
  if (reward.state === "used") return "used_before";
  if (reward.state !== "issued" && reward.state !== "expired") return "voided";
  if (reward.expiresAt !== null && at > reward.expiresAt) return "expired";
  return reward.state === "issued" || isExpiredCoupon(reward) ? null : "voided";
}
