import type { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { postTransfers } from "@/lib/ledger/commands";
import { recordAudit } from "@/lib/merchants/audit";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { announceReward } from "../announce";
import type { fulfilSchema, voidSchema } from "../schema";
import { completeReferral } from "./complete-referral";
import { accountOf, fundingOf, lockReward, lockRewardAfterReferral } from "./load";
import { reverseWhole } from "./reverse";
import { stepReward } from "./step";

/** Takes a reward back by hand, with a reason that its owner reads. @throws DomainError conflict when nothing of it stands */
export async function voidReward(scope: Scope, { rewardId, reason }: z.infer<typeof voidSchema>): Promise<void> {
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
      action: "reward.void", subjectType: "reward", subjectId: rewardId, summary: `Took a reward back: ${reason}`, detail: { reason },
    });
  });
}

/** Records that cash was paid or a gift handed over. @throws DomainError conflict unless it waits for that */
export async function fulfilReward(scope: Scope, { rewardId }: z.infer<typeof fulfilSchema>): Promise<void> {
  requirePermission(scope, "reward.decide");
  await inScope(scope, async (db, scope) => {
    const reward = await lockReward(db, scope.merchantId, rewardId);
    const { kind } = reward.terms.benefit;
    if (reward.state !== "available" || (kind !== "cash" && kind !== "gift")) {
      throw new DomainError("conflict", "This reward is not waiting to be handed over.");
    }
    const now = scopeNow(scope);
    if (reward.asset !== null && reward.amountMinor !== null) {
      const minor = reward.amountMinor - reward.reversedMinor;
      await postTransfers(scope, [{
        causeKey: `reward:${rewardId}:give`, rewardId, amount: { minor, asset: reward.asset }, occurredAt: now, memo: "Handed over",
        from: accountOf(reward)!, to: { kind: "spent", ownerId: reward.programId, asset: reward.asset },
      }]);
    }
    await stepReward(scope, { rewardId, state: "used", reason: "given", at: now });
    await recordAudit(scope, {
      action: "reward.fulfil", subjectType: "reward", subjectId: rewardId, summary: "Handed a reward over", detail: {},
    });
  });
}

/**
 * Puts the rewards of a referral that was rejected back on hold, with what they were granted for: the undo of a
 * rejection. Only what the rejection took is put back, and what had been used is used again, not given a second time.
 * Limits are not asked again: the grant had passed them.
 */
export async function reinstateRewards(scope: Scope, referralId: string): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const rows = await db.reward.findMany({
      where: { merchantId: scope.merchantId, referralId, reason: "referral_rejected" }, select: { id: true }, orderBy: { id: "asc" },
    });
    for (const { id } of rows) {
      const reward = await lockReward(db, scope.merchantId, id);
      const now = scopeNow(scope);
      const steps = await db.rewardStep.findMany({
        where: { merchantId: scope.merchantId, rewardId: id }, orderBy: { id: "desc" }, take: 2,
      });
      const [rejection, before] = steps;
      const wasUsed = before?.state === "used";
      const costBack = -(rejection?.costMinor ?? 0n);
      const recovered = rejection?.amountMinor ?? 0n;
      await stepReward(scope, {
        rewardId: id, state: wasUsed ? "used" : "held", reason: "reinstated", at: now, costMinor: costBack, amountMinor: recovered,
      });
      await db.reward.update({
        where: { merchantId_id: { merchantId: scope.merchantId, id } },
        data: {
          // Nothing of what was used came back: all that counts as called back is what had come back before.
          reversedMinor: wasUsed ? reward.recoveredMinor : { decrement: recovered }, recoveredMinor: { decrement: recovered },
          // Released again by the next sweep, as a hold of its own.
          heldUntil: reward.heldUntil > now ? reward.heldUntil : now,
        },
      });
      await db.programBudget.update({
        where: { merchantId_programId: { merchantId: scope.merchantId, programId: reward.programId } },
        data: { rewards: { increment: 1 }, costMinor: { increment: costBack } },
      });
      if (reward.advocateId) {
        await db.advocate.update({
          where: { merchantId_id: { merchantId: scope.merchantId, id: reward.advocateId } }, data: { rewardCount: { increment: 1 } },
        });
      }
      if (reward.asset !== null && recovered > 0n) {
        await postTransfers(scope, [{
          causeKey: `reward:${id}:reinstate:${now.getTime()}`, rewardId: id, amount: { minor: recovered, asset: reward.asset },
          from: fundingOf(reward, reward.asset), to: accountOf({ ...reward, state: "held" })!, occurredAt: now, memo: "Reward reinstated",
        }]);
      }
      if (!wasUsed) await announceReward(scope, id, "reward_held");
    }
  });
}
