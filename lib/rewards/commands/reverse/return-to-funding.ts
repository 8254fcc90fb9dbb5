import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { owedBy } from "@/lib/ledger/rules/accounts";
import type { Tx } from "@/lib/merchants/scope";
import { accountOf, fundingOf, type LoadedReward, remainingAmount } from "../lock-reward";

/** What became of a reversed amount, in minor units. */
export type Recovery = {
  /** What was taken from its owner, or is owed by them under the merchant's policy. */
  recovered: bigint;
  /** Of that, what is owed. */
  claimed: bigint;
  /** Of that, what other rewards of its owner's had brought. */
  borrowed: bigint;
};

const NOTHING: Recovery = { recovered: 0n, claimed: 0n, borrowed: 0n };

/** Moves a reversed amount back to the program it came from, or as much of it as there is. */
export async function returnToFunding(
  tx: Tx,
  reward: LoadedReward,
  minor: bigint,
  cause: { key: string; at: Date },
): Promise<Recovery> {
  const asset = reward.asset!;
  const policy = reward.clawbackPolicy === "negative" ? "claim" : "clamp";
  // A used coupon or cash that was paid is in no account any more; whatever else the customer has
  // is another reward's.
  if (reward.state === "used" && policy === "clamp") return NOTHING;
  // The budget before the ledger, in the order in which a grant locks them.
  // As everything does that goes on from here to the ledger.
  await tx.lock.budgets(reward.programId);
  const back = {
    causeKey: `reward:${reward.id}:reverse:${cause.key}`,
    rewardId: reward.id,
    amount: { minor, asset },
    from: accountOf(reward)!,
    to: fundingOf(reward, asset),
    occurredAt: cause.at,
    memo: "Reward reversed",
  };
  if (reward.state === "used") {
    await postTransfers(tx, [
      { ...back, from: owedBy(back.from), memo: "Owed: reversed after it had been used" },
    ]);
    return { recovered: minor, claimed: minor, borrowed: 0n };
  }
  // Other rewards of the same customer are in `issued` too; what was withheld of this one never
  // came there.
  const inAccount = remainingAmount(reward)!.minor;
  const withheld = back.from.kind === "issued" && minor > inAccount ? minor - inAccount : 0n;
  const owedAgain = policy === "claim" ? withheld : 0n;
  const { outcomes } = await postTransfers(tx, [
    ...(minor > withheld
      ? [{ ...back, amount: { minor: minor - withheld, asset }, shortfall: policy } as const]
      : []),
    ...(owedAgain > 0n
      ? [
          {
            ...back,
            causeKey: `${back.causeKey}:kept`,
            amount: { minor: withheld, asset },
            from: owedBy(back.from),
            memo: "Owed again: the reward that had repaid it was reversed",
          },
        ]
      : []),
  ]);
  const sum = (of: "movedMinor" | "claimedMinor") =>
    outcomes.reduce((sum, outcome) => sum + outcome[of], 0n);
  return {
    recovered: sum("movedMinor") + sum("claimedMinor"),
    claimed: sum("claimedMinor") + owedAgain,
    // Only a balance is made of lots.
    borrowed: back.from.kind === "available" ? (outcomes[0]?.borrowedMinor ?? 0n) : 0n,
  };
}
