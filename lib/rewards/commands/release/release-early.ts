import type { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import type { rewardReasonSchema } from "../../schema";
import { completeReferrals } from "../complete-referral";
import { type LoadedReward, lockRewardAfterReferral } from "../lock-reward";
import { releaseReward } from "./release-reward";

/**
 * Releases a reward whose hold is not over, by a member's decision. The reason goes on record.
 * @throws DomainError not_found; conflict when it is not held, or its referral waits for a decision
 */
export async function releaseEarly(
  scope: Scope,
  { rewardId, reason }: z.infer<typeof rewardReasonSchema>,
): Promise<void> {
  requirePermission(scope, "reward.decide");
  await inScope(scope, async (tx) => {
    const reward = await lockRewardAfterReferral(tx, rewardId);
    if (reward.state !== "held")
      throw new DomainError("conflict", `This reward is ${reward.state}, so it has no hold.`);
    if (reward.underReview)
      throw new DomainError("conflict", "Decide on its referral first: it is under review.");
    await endHold(tx, reward);
    await recordAudit(tx, {
      action: "reward.release",
      subjectType: "reward",
      subjectId: rewardId,
      summary: `Released a reward before its hold was over: ${reason}`,
      detail: { reason, heldUntil: reward.heldUntil.toISOString() },
    });
  });
}

/** Ends the hold of a locked reward now, and releases it. */
export async function endHold(tx: Tx, { id, referralId }: LoadedReward): Promise<void> {
  await tx.db.reward.update({
    where: { merchantId_id: { merchantId: tx.merchantId, id } },
    data: { heldUntil: scopeNow(tx) },
  });
  await releaseReward(tx, id, "released_early");
  if (referralId) await completeReferrals(tx, [referralId]);
}
