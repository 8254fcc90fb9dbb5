import type { Db } from "@/lib/core/db";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { RewardReason } from "../schema";
import { announceReward } from "./announce-reward";
import { accountOf, fundingOf, type LoadedReward, lockReward } from "./lock-reward";
import { stepReward } from "./step-reward";

/**
 * Puts the rewards of a referral that was rejected back on hold, with what they were granted for:
 * the undo of a rejection. Only what the rejection took is put back.
 */
export async function reinstateRewards(scope: Scope, referralId: string): Promise<void> {
  await inScope(scope, async (db, scope) => {
    // All of them before the first one's budget: whoever holds a budget waits for no reward.
    const rows = await db.$queryRaw<{ id: string }[]>`
      SELECT id FROM reward
      WHERE merchant_id = ${scope.merchantId} AND referral_id = ${referralId}
        AND reason = 'referral_rejected'
      ORDER BY id FOR NO KEY UPDATE`;
    for (const { id } of rows) await reinstateReward(scope, id, "reinstated");
  });
}

/**
 * Puts a voided or reversed reward on hold again. Only what its last step took is put back, and
 * what had been used is used again, not delivered a second time. Limits are not asked again: the
 * grant had passed them.
 */
export async function reinstateReward(
  scope: Scope,
  id: string,
  reason: RewardReason,
): Promise<void> {
  await inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    const reward = await lockReward(db, merchantId, id);
    const now = scopeNow(scope);
    const [reversal, before] = await db.rewardStep.findMany({
      where: { merchantId, rewardId: id },
      orderBy: { id: "desc" },
      take: 2,
    });
    const wasUsed = before?.state === "used";
    const costMinor = -(reversal?.costMinor ?? 0n);
    const recovered = reversal?.amountMinor ?? 0n;
    await stepReward(scope, {
      rewardId: id,
      state: wasUsed ? "used" : "held",
      reason,
      at: now,
      costMinor,
      amountMinor: recovered,
    });
    await db.reward.update({
      where: { merchantId_id: { merchantId, id } },
      data: {
        // Nothing of what was used came back, or it was claimed: all that counts as reversed is
        // what had come back before.
        reversedMinor: wasUsed ? reward.recoveredMinor - recovered : { decrement: recovered },
        recoveredMinor: { decrement: recovered },
        // Released again by the next sweep, as a hold of its own.
        heldUntil: reward.heldUntil > now ? reward.heldUntil : now,
      },
    });
    await countAgain(db, merchantId, reward, costMinor);
    await moveAgain(scope, reward, { minor: recovered, wasUsed, now });
    if (!wasUsed) await announceReward(scope, id, "reward_held");
  });
}

async function countAgain(
  db: Db,
  merchantId: string,
  { programId, advocateId }: LoadedReward,
  costMinor: bigint,
): Promise<void> {
  await db.programBudget.update({
    where: { merchantId_programId: { merchantId, programId } },
    data: { rewards: { increment: 1 }, costMinor: { increment: costMinor } },
  });
  if (advocateId) {
    await db.advocate.update({
      where: { merchantId_id: { merchantId, id: advocateId } },
      data: { rewardCount: { increment: 1 } },
    });
  }
}

async function moveAgain(
  scope: Scope,
  reward: LoadedReward,
  { minor, wasUsed, now }: { minor: bigint; wasUsed: boolean; now: Date },
): Promise<void> {
  const { id, asset, customerId } = reward;
  if (asset === null || minor === 0n) return;
  await postTransfers(scope, [
    {
      causeKey: `reward:${id}:reinstate:${now.getTime()}`,
      rewardId: id,
      amount: { minor, asset },
      from: fundingOf(reward, asset),
      occurredAt: now,
      memo: "Reward reinstated",
      // What was claimed for something used is given back: it pays what is still owed for it, the
      // rest is theirs to use.
      to: wasUsed
        ? { kind: "available", ownerId: customerId, asset }
        : accountOf({ ...reward, state: "held" })!,
    },
  ]);
}
