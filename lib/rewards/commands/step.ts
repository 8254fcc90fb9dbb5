import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { RewardState } from "../schema";

export type RewardStepInput = {
  rewardId: string; state: RewardState; reason: string; at: Date;
  /** What the step moved, in the reward's asset. */
  amountMinor?: bigint;
  /** What it added to the merchant's cost, in its currency; negative where cost came back. */
  costMinor?: bigint;
};

/** Writes one step of a reward's life and, with it, the reward's state. The only writer of `reward.state`. */
export async function stepReward(scope: Scope, step: RewardStepInput): Promise<void> {
  await inScope(scope, async (db, scope) => {
    await db.rewardStep.create({
      data: {
        merchantId: scope.merchantId, rewardId: step.rewardId, id: newId("stp"), state: step.state, reason: step.reason,
        at: step.at, recordedAt: scopeNow(scope), actor: scope.actor.label,
        amountMinor: step.amountMinor ?? null, costMinor: step.costMinor ?? 0n,
      },
    });
    await db.reward.update({
      where: { merchantId_id: { merchantId: scope.merchantId, id: step.rewardId } },
      data: { state: step.state, reason: step.reason, costMinor: { increment: step.costMinor ?? 0n } },
    });
  });
}
