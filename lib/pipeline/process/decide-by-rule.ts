import { addDays } from "@/lib/core/time";
import { asReviewDecision } from "@/lib/merchants/schema";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { lockReferral } from "@/lib/referrals/commands";
import { mayReject } from "@/lib/referrals/rules";
import { approve, type Grounds, reject } from "./decide-referral";

/**
 * Decides about a referral that has waited for a member for as long as the shop lets it: it is
 * approved or rejected as the shop's rule says, and undone as what a member decides.
 * @returns whether it was due
 */
export async function decideByRule(scope: Scope, referralId: string): Promise<boolean> {
  return inScope(scope, async (tx) => {
    const { reviewDecision, reviewDecideDays: days } = await tx.db.merchant.findUniqueOrThrow({
      where: { id: tx.merchantId },
      select: { reviewDecision: true, reviewDecideDays: true },
    });
    const decision = asReviewDecision(reviewDecision);
    const referral = await lockReferral(tx, referralId);
    const { reviewAt, state } = referral;
    if (decision === "wait" || reviewAt === null || !mayReject(state)) return false;
    if (addDays(reviewAt, days) > scopeNow(tx)) return false;
    if (decision === "approve") await approve(tx, referral, groundsOf("Approved", days));
    else await reject(tx, referral, groundsOf("Rejected", days));
    return true;
  });
}

function groundsOf(decided: "Approved" | "Rejected", days: number): Grounds {
  const after = `by rule after ${days} ${days === 1 ? "day" : "days"}`;
  return {
    reason: `${decided} ${after}`,
    summary: `${decided} a referral ${after}`,
    detail: { by: "rule", afterDays: days },
  };
}
