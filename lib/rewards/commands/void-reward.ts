import type { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { recordAudit } from "@/lib/merchants/audit";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { announceReward } from "./announce-reward";
import type { RewardReason, voidSchema } from "../schema";
import { completeReferral } from "./complete-referral";
import { accountOf, fundingOf, lockReward, lockRewardAfterReferral } from "./lock-reward";
import { reverseWhole } from "./reverse/reverse-rewards";
import { stepReward } from "./step-reward";

/**
 * Takes a reward back by hand, with a reason that its owner reads. @throws DomainError conflict
 * when nothing of it stands
 */
export async function voidReward(
  scope: Scope,
  { rewardId, reason }: z.infer<typeof voidSchema>,
): Promise<void> {
  requirePermission(scope, "reward.decide");
  await inScope(scope, async (db, scope) => {
    const reward = await lockRewardAfterReferral(db, scope.merchantId, rewardId);
    if (reward.state !== "held" && reward.state !== "available" && reward.state !== "issued") {
      throw new DomainError("conflict", `A reward that is ${reward.state} cannot be taken back.`);
    }
    const now = scopeNow(scope);
    await reverseWhole(scope, reward, reason, { key: `void:${now.getTime()}`, at: now });
    // It may have been the last one that its referral waited for.
    if (reward.referralId) await completeReferral(scope, reward.referralId);
    await recordAudit(scope, {
      action: "reward.void",
      subjectType: "reward",
      subjectId: rewardId,
      summary: `Took a reward back: ${reason}`,
      detail: { reason },
    });
  });
}

/**
 * Takes a reward back because what it rested on is no more. One of which nothing stands is left as
 * it is.
 */
export async function reverseReward(
  scope: Scope,
  rewardId: string,
  reason: RewardReason,
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const now = scopeNow(scope);
    await reverseWhole(scope, await lockReward(db, scope.merchantId, rewardId), reason, {
      key: `${reason}:${now.getTime()}`,
      at: now,
    });
  });
}

/**
 * Puts the rewards of a referral that was rejected back on hold, with what they were granted for:
 * the undo of a rejection. Only what the rejection took is put back.
 */
export async function reinstateRewards(scope: Scope, referralId: string): Promise<void> {
  await inScope(scope, async (db, scope) => {
    // All of them before the first one's budget: whoever holds a budget waits for no reward.
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT id FROM reward WHERE merchant_id = ${scope.merchantId} AND referral_id = ${referralId} AND reason = 'referral_rejected'
      ORDER BY id FOR NO KEY UPDATE`;
    for (const { id } of rows) await reinstateReward(scope, id, "reinstated");
  });
}

/**
 * Puts a reward that was taken back on hold again. Only what its last step took is put back, and
 * what had been used is used again, not given a second time. Limits are not asked again: the grant
 * had passed them.
 */
export async function reinstateReward(
  scope: Scope,
  id: string,
  reason: RewardReason,
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const reward = await lockReward(db, scope.merchantId, id);
    const now = scopeNow(scope);
    const steps = await db.rewardStep.findMany({
      where: { merchantId: scope.merchantId, rewardId: id },
      orderBy: { id: "desc" },
      take: 2,
    });
    const [rejection, before] = steps;
    const wasUsed = before?.state === "used";
    const costBack = -(rejection?.costMinor ?? 0n);
    const recovered = rejection?.amountMinor ?? 0n;
    await stepReward(scope, {
      rewardId: id,
      state: wasUsed ? "used" : "held",
      reason,
      at: now,
      costMinor: costBack,
      amountMinor: recovered,
    });
    await db.reward.update({
      where: { merchantId_id: { merchantId: scope.merchantId, id } },
      data: {
        // Nothing of what was used came back, or it was claimed: all that counts as called back is
        // what had come back before.
        reversedMinor: wasUsed ? reward.recoveredMinor - recovered : { decrement: recovered },
        recoveredMinor: { decrement: recovered },
        // Released again by the next sweep, as a hold of its own.
        heldUntil: reward.heldUntil > now ? reward.heldUntil : now,
      },
    });
    await db.programBudget.update({
      where: {
        merchantId_programId: { merchantId: scope.merchantId, programId: reward.programId },
      },
      data: { rewards: { increment: 1 }, costMinor: { increment: costBack } },
    });
    if (reward.advocateId) {
      await db.advocate.update({
        where: { merchantId_id: { merchantId: scope.merchantId, id: reward.advocateId } },
        data: { rewardCount: { increment: 1 } },
      });
    }
    if (reward.asset !== null && recovered > 0n) {
      await postTransfers(scope, [
        {
          causeKey: `reward:${id}:reinstate:${now.getTime()}`,
          rewardId: id,
          amount: { minor: recovered, asset: reward.asset },
          from: fundingOf(reward, reward.asset),
          occurredAt: now,
          memo: "Reward reinstated",
          // What was claimed for something used is given back: it pays what is still owed for it,
          // the rest is theirs to use.
          to: wasUsed
            ? { kind: "available", ownerId: reward.customerId, asset: reward.asset }
            : accountOf({ ...reward, state: "held" })!,
        },
      ]);
    }
    if (!wasUsed) await announceReward(scope, id, "reward_held");
  });
}
