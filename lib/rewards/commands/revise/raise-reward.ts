import { postAtEnd } from "@/lib/ledger/commands/post-transfers";
import type { Tx } from "@/lib/merchants/scope";
import { deliveryOf } from "@/lib/terms/kinds/benefits";
import { costOf } from "@/lib/terms/rules/worth";
import { correctPayout } from "../../payouts/commands/correct-payout";
import type { RewardReason } from "../../schema";
import { accountOf, fundingOf, type LoadedReward } from "../lock-reward";
import { stepReward } from "../step-reward";

/**
 * Brings a reward up to what it is worth now. What its owner kept of an earlier reversal counts:
 * only what is missing beyond it is paid, out of the program's funding. Nothing is added to a
 * coupon whose code is out, or to what was used: that cannot be handed in again.
 * @param reward in the state in which it goes on
 * @param worthMinor in minor units of its asset, more than is left of it
 */
export async function raiseReward(
  tx: Tx,
  reward: LoadedReward,
  worthMinor: bigint,
  { key, at, reason }: { key: string; at: Date; reason: RewardReason },
): Promise<void> {
  const asset = reward.asset!;
  const had = reward.amountMinor! - reward.recoveredMinor;
  const missing = mayGrow(reward) && worthMinor > had ? worthMinor - had : 0n;
  const amountMinor = reward.amountMinor! + missing;
  const unearned = amountMinor > worthMinor ? amountMinor - worthMinor : 0n;
  const costMinor =
    missing === 0n ? 0n : costOf({ minor: missing, asset }, reward.terms.pointCostMilli);
  await tx.db.reward.update({
    where: { merchantId_id: { merchantId: tx.merchantId, id: reward.id } },
    data: {
      amountMinor,
      reversedMinor: unearned > reward.recoveredMinor ? unearned : reward.recoveredMinor,
    },
  });
  await stepReward(tx, {
    rewardId: reward.id,
    state: reward.state,
    reason,
    at,
    amountMinor: missing,
    costMinor,
  });
  if (missing === 0n) return;
  await tx.db.programBudget.update({
    where: {
      merchantId_programId: { merchantId: tx.merchantId, programId: reward.programId },
    },
    data: { costMinor: { increment: costMinor } },
  });
  const to = accountOf(reward)!;
  postAtEnd(tx, [
    {
      causeKey: `reward:${reward.id}:raise:${key}`,
      rewardId: reward.id,
      amount: { minor: missing, asset },
      occurredAt: at,
      memo: "Reward raised",
      from: fundingOf(reward, asset),
      to,
      ...(to.kind === "available" && { lotExpiresAt: reward.expiresAt }),
    },
  ]);
  await correctPayout(tx, reward.payoutBatchId);
}

function mayGrow({ state, terms }: LoadedReward): boolean {
  if (state === "held") return true;
  if (deliveryOf(terms.benefit) === "coupon") return false;
  return state === "available" || state === "issued";
}
