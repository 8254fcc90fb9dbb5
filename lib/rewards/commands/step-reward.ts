import { Prisma } from "@/lib/core/db";
import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { ExpiryDates } from "../rules/expiry";
import type { ReversalReason, RewardState } from "../schema";

export type RewardStep = {
  state: RewardState;
  reason: string;
  /** Why it took the reward or a part of it, if it did. */
  reversalReason?: ReversalReason;
  /** It tells more about the step before: the reward's own reasons stay as they are. */
  keepsReason?: boolean;
  at: Date;
  /** What the step moved, in the reward's asset. */
  amountMinor?: bigint;
  /** What it added to the merchant's cost, in its currency; negative where cost came back. */
  costMinor?: bigint;
  /** When it came into the owner's hands, if this step put it there. */
  issuedAt?: Date;
  /** When it expires from now on; unchanged by default. */
  expiry?: ExpiryDates;
  /** The pool whose next code it waits for from now on. */
  waitingPoolId?: string | null;
};

/** Writes one step of a reward's life and, with it, the reward's state. */
export async function stepReward(
  scope: Scope,
  { rewardId, ...step }: RewardStep & { rewardId: string },
): Promise<void> {
  await stepRewards(scope, [rewardId], step);
}

/** The same step for several rewards. The only writer of `reward.state`. */
export async function stepRewards(
  scope: Scope,
  rewardIds: readonly string[],
  step: RewardStep,
): Promise<void> {
  const costMinor = step.costMinor ?? 0n;
  await inScope(scope, async (tx) => {
    const now = scopeNow(tx);
    const availableAt =
      step.state === "held"
        ? Prisma.sql`, available_at = NULL`
        : step.state === "available"
          ? Prisma.sql`, available_at = COALESCE(available_at, ${now})`
          : Prisma.empty;
    const expiry = step.expiry
      ? Prisma.sql`, expires_at = ${step.expiry.expiresAt}, remind_at = ${step.expiry.remindAt},
          reminded_at = NULL`
      : Prisma.empty;
    const waiting =
      step.waitingPoolId !== undefined
        ? Prisma.sql`, waiting_pool_id = ${step.waitingPoolId}`
        : step.state !== "available"
          ? Prisma.sql`, waiting_pool_id = NULL`
          : Prisma.empty;
    const reasons = step.keepsReason
      ? Prisma.empty
      : Prisma.sql`, reason = ${step.reason}, reversal_reason = ${step.reversalReason ?? null}`;
    await tx.db.$executeRaw`
      WITH step AS (
        INSERT INTO reward_step (merchant_id, reward_id, id, state, reason, reversal_reason, at,
          recorded_at, actor, amount_minor, cost_minor)
        SELECT ${tx.merchantId}, of.reward_id, of.id, ${step.state}, ${step.reason},
          ${step.reversalReason ?? null}, ${step.at}, ${now}, ${tx.actor.label},
          ${step.amountMinor ?? null}::bigint, ${costMinor}::bigint
        FROM unnest(${[...rewardIds]}::text[], ${rewardIds.map(() => newId("stp"))}::text[])
          AS of (reward_id, id)
      )
      UPDATE reward SET state = ${step.state}${reasons}, cost_minor = cost_minor + ${costMinor},
        issued_at = COALESCE(${step.issuedAt ?? null}, issued_at)${availableAt}${expiry}${waiting}
      WHERE merchant_id = ${tx.merchantId} AND id = ANY(${[...rewardIds]}::text[])`;
  });
}
