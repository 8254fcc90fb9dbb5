import type { Db } from "@/lib/core/db";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { owedBy } from "@/lib/ledger/rules/accounts";
import type { Scope } from "@/lib/merchants/scope";
import { accountOf, fundingOf, type LoadedReward, remainingAmount } from "../lock-reward";

/**
 * Moves a reversed amount back to the program it came from, or as much of it as there is.
 * @returns how much was recovered, or is owed by its owner under the merchant's policy
 */
export async function returnToFunding(
  scope: Scope & { db: Db },
  reward: LoadedReward,
  minor: bigint,
  cause: { key: string; at: Date },
): Promise<bigint> {
  const asset = reward.asset!;
  const policy = reward.clawbackPolicy === "negative" ? "claim" : "clamp";
  // A used coupon or cash that was paid is in no account any more; whatever else the customer has
  // is another reward's.
  if (reward.state === "used" && policy === "clamp") return 0n;
  // The budget before the ledger, in the order in which a grant locks them.
  await scope.db.$queryRaw`
    SELECT 1 FROM program_budget
    WHERE merchant_id = ${scope.merchantId} AND program_id = ${reward.programId}
    FOR NO KEY UPDATE`;
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
    await postTransfers(scope, [
      { ...back, from: owedBy(back.from), memo: "Owed: reversed after it had been used" },
    ]);
    return minor;
  }
  // Other rewards of the same customer are in `issued` too; what was withheld of this one never
  // came there.
  const inAccount = remainingAmount(reward)!.minor;
  const withheld = back.from.kind === "issued" && minor > inAccount ? minor - inAccount : 0n;
  const { outcomes } = await postTransfers(scope, [
    ...(minor > withheld
      ? [{ ...back, amount: { minor: minor - withheld, asset }, shortfall: policy } as const]
      : []),
    ...(withheld > 0n && policy === "claim"
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
  return outcomes.reduce(
    (sum, { movedMinor, claimedMinor }) => sum + movedMinor + claimedMinor,
    0n,
  );
}
