import type { Db } from "@/lib/core/db";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { RewardReason, RewardState } from "../schema";
import { announceReward } from "./announce-reward";
import { isBalance } from "./expire/expire-reward";
import { accountOf, fundingOf, type LoadedReward, lockReward, lockRewards } from "./lock-reward";
import { stepReward } from "./step-reward";

/**
 * Puts the rewards of a referral that was rejected back on hold, with what they were granted for:
 * the undo of a rejection. Only what the rejection took is put back.
 */
export async function reinstateRewards(scope: Scope, referralId: string): Promise<void> {
  await inScope(scope, async (tx) => {
    const rows = await tx.db.$queryRaw<{ id: string }[]>`
      SELECT id FROM reward
      WHERE merchant_id = ${tx.merchantId} AND referral_id = ${referralId}
        AND reason = 'referral_rejected' ORDER BY id`;
    await lockRewards(
      tx,
      rows.map(({ id }) => id),
    );
    for (const { id } of rows) await reinstateReward(tx, id, "reinstated");
  });
}

/**
 * Puts a voided or reversed reward on hold again. Only what its reversal took is put back. What had
 * been used is used again, not delivered a second time; so is a balance of which a part was spent
 * and given up, and what had expired stays expired. Limits are not asked again: the grant had
 * passed them.
 */
export async function reinstateReward(
  scope: Scope,
  id: string,
  reason: RewardReason,
): Promise<void> {
  await inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const reward = await lockReward(tx, id);
    const now = scopeNow(tx);
    const { recovered, costMinor, before } = await reversalOf(tx.db, merchantId, id);
    const state = stateAgain(reward, before);
    await tx.db.reward.update({
      where: { merchantId_id: { merchantId, id } },
      data: {
        // What was given up is its owner's again, and what was claimed or borrowed is returned: all
        // that counts as reversed is what had come back before.
        reversedMinor:
          state === "held" ? { decrement: recovered } : reward.recoveredMinor - recovered,
        recoveredMinor: { decrement: recovered },
        claimedMinor: 0n,
        borrowedMinor: 0n,
        // Released again by the next sweep, as a hold of its own.
        heldUntil: reward.heldUntil > now ? reward.heldUntil : now,
      },
    });
    await stepReward(tx, {
      rewardId: id,
      state,
      reason,
      at: now,
      costMinor,
      amountMinor: recovered,
    });
    await countAgain(tx.db, merchantId, reward, costMinor);
    await moveAgain(tx, reward, { minor: recovered, state, now });
    if (state === "held") await announceReward(tx, id, "reward_held");
  });
}

/** What the steps of a reward's reversal took, also later, and the state that it was in before. */
async function reversalOf(db: Db, merchantId: string, rewardId: string) {
  const steps = await db.rewardStep.findMany({
    where: { merchantId, rewardId },
    orderBy: { id: "desc" },
    select: { state: true, reason: true, amountMinor: true, costMinor: true },
  });
  const first = steps.findIndex(({ state }) => state !== "voided" && state !== "reversed");
  const taken = first < 0 ? steps : steps.slice(0, first);
  return {
    recovered: taken.reduce(
      (sum, { reason, amountMinor }) => (reason === "expired" ? sum : sum + (amountMinor ?? 0n)),
      0n,
    ),
    costMinor: -taken.reduce((sum, step) => sum + step.costMinor, 0n),
    before: (steps[first]?.state ?? "held") as RewardState,
  };
}

function stateAgain(reward: LoadedReward, before: RewardState): RewardState {
  if (before === "used" || before === "expired") return before;
  const isGivenUp = reward.reversedMinor > reward.recoveredMinor;
  return before === "issued" && isBalance(reward) && isGivenUp ? before : "held";
}

async function countAgain(
  db: Db,
  merchantId: string,
  { programId, advocateId, terms }: LoadedReward,
  costMinor: bigint,
): Promise<void> {
  // What was granted without a rule took no room.
  if (terms.given) return;
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
  { minor, state, now }: { minor: bigint; state: RewardState; now: Date },
): Promise<void> {
  const { id, asset, customerId, expiresAt } = reward;
  if (asset === null || minor === 0n) return;
  await postTransfers(scope, [
    {
      causeKey: `reward:${id}:reinstate:${now.getTime()}`,
      rewardId: id,
      amount: { minor, asset },
      from: fundingOf(reward, asset),
      occurredAt: now,
      memo: "Reward reinstated",
      // What was taken for something spent is given back: it pays what is still owed for it, the
      // rest is theirs to use.
      to:
        state === "held"
          ? accountOf({ ...reward, state })!
          : { kind: "available", ownerId: customerId, asset },
      lotExpiresAt: state === "issued" ? expiresAt : null,
    },
  ]);
}
