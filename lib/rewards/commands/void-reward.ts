import type { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { rewardReasonSchema } from "../schema";
import { completeReferrals } from "./complete-referral";
import { lockRewardAfterReferral } from "./lock-reward";
import { reverseWhole } from "./reverse/reverse-reward";

/**
 * Voids a reward, or reverses it if it was released before, with a reason that its owner reads.
 * @throws DomainError conflict when it was used, or nothing of it is left
 */
export async function voidReward(
  scope: Scope,
  { rewardId, reason }: z.infer<typeof rewardReasonSchema>,
): Promise<void> {
  requirePermission(scope, "reward.decide");
  await inScope(scope, async (tx) => {
    const reward = await lockRewardAfterReferral(tx, rewardId);
    if (reward.state !== "held" && reward.state !== "available" && reward.state !== "issued") {
      throw new DomainError("conflict", `A reward that is ${reward.state} cannot be voided.`);
    }
    const now = scopeNow(tx);
    const why = { because: "voided_by_staff", words: reason } as const;
    await reverseWhole(tx, reward, why, { key: `void:${now.getTime()}`, at: now });
    // It may have been the last one that its referral waited for.
    if (reward.referralId) await completeReferrals(tx, [reward.referralId]);
    await recordAudit(tx, {
      action: "reward.void",
      subjectType: "reward",
      subjectId: rewardId,
      summary: `${reward.state === "held" ? "Voided" : "Reversed"} a reward: ${reason}`,
      detail: { reason },
    });
  });
}
