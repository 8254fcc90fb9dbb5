import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { RewardState } from "../schema";

export type RewardStepInput = {
  rewardId: string; state: RewardState; reason: string; at: Date;
  /** What the step moved, in the reward's asset. */
  amountMinor?: bigint;
  /** What it added to the merchant's cost, in its currency; negative where cost came back. */
  costMinor?: bigint;
  /** When it came into the owner's hands, if this step put it there. */
  issuedAt?: Date;
};

/** Writes one step of a reward's life and, with it, the reward's state. The only writer of `reward.state`. */
export async function stepReward(scope: Scope, step: RewardStepInput): Promise<void> {
  const costMinor = step.costMinor ?? 0n;
  await inScope(scope, (db, scope) => db.$executeRaw`
    WITH step AS (
      INSERT INTO reward_step
        (merchant_id, reward_id, id, state, reason, at, recorded_at, actor, amount_minor, cost_minor)
      VALUES (${scope.merchantId}, ${step.rewardId}, ${newId("stp")}, ${step.state}, ${step.reason}, ${step.at},
        ${scopeNow(scope)}, ${scope.actor.label}, ${step.amountMinor ?? null}, ${costMinor})
    )
    UPDATE reward SET state = ${step.state}, reason = ${step.reason}, cost_minor = cost_minor + ${costMinor},
      issued_at = COALESCE(${step.issuedAt ?? null}, issued_at)
    WHERE merchant_id = ${scope.merchantId} AND id = ${step.rewardId}`);
}
