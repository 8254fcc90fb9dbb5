import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { accountId, type AccountRef } from "@/lib/ledger/rules/accounts";
import type { Transfer } from "@/lib/ledger/rules/transfer";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { costOfPart, fundingOf, type LoadedReward } from "../lock-reward";
import { stepReward } from "../step-reward";
import { freeLimits } from "./free-limits";

/**
 * Recovers a coupon that was reversed after it had been used, now that its use is undone: what was
 * given up goes back to the program, and what was claimed is owed no more. A claim that was paid by
 * now is returned to the balance.
 * @param use the cause and the amount of its use; null for what is not an amount
 */
export async function recoverUsed(
  tx: Tx,
  reward: LoadedReward,
  use: { causeKey: string; amountMinor: bigint } | null,
): Promise<void> {
  const { db, merchantId } = tx;
  const now = scopeNow(tx);
  const used = use?.amountMinor ?? 0n;
  const recovered = least(used, reward.reversedMinor - reward.recoveredMinor);
  if (use) {
    await tx.lock.budgets(reward.programId);
    await postTransfers(tx, await transfersOf(tx, reward, use, recovered));
    await db.reward.update({
      where: { merchantId_id: { merchantId, id: reward.id } },
      data: {
        recoveredMinor: { increment: recovered },
        claimedMinor: { decrement: least(used - recovered, reward.claimedMinor) },
      },
    });
  }
  const costBack = recovered > 0n || !use ? costOfPart(reward, recovered) : 0n;
  await stepReward(tx, {
    rewardId: reward.id,
    state: reward.state,
    reason: "recovered",
    keepsReason: true,
    at: now,
    costMinor: -costBack,
    ...(use && { amountMinor: recovered }),
  });
  await freeLimits(db, merchantId, reward, costBack, false);
}

async function transfersOf(
  tx: Tx,
  reward: LoadedReward,
  { causeKey, amountMinor }: { causeKey: string; amountMinor: bigint },
  recovered: bigint,
): Promise<Transfer[]> {
  const asset = reward.asset!;
  const own = (kind: AccountRef["kind"]) => ({ kind, ownerId: reward.customerId, asset }) as const;
  const [issued, owed, funding] = [own("issued"), own("owed"), fundingOf(reward, asset)];
  const spent: AccountRef = { kind: "spent", ownerId: reward.programId, asset };
  const owes = await lockAndRead(tx, [issued, owed, own("available"), funding, spent], owed);
  const repaid = least(least(amountMinor - recovered, reward.claimedMinor), -owes);
  const base = { rewardId: reward.id, occurredAt: scopeNow(tx) };
  const out = (to: AccountRef, minor: bigint, what: string, memo: string): Transfer[] =>
    minor > 0n
      ? [
          {
            ...base,
            causeKey: `${causeKey}:undone:${what}`,
            from: issued,
            to,
            amount: { minor, asset },
            memo,
            keepsAll: true,
          },
        ]
      : [];
  return [
    {
      ...base,
      causeKey: `${causeKey}:undone`,
      reversesCause: causeKey,
      from: spent,
      to: issued,
      amount: { minor: amountMinor, asset },
      memo: "Coupon no longer used",
    },
    ...out(funding, recovered, "recovered", "Reversed earlier, recovered as it came back"),
    ...out(owed, repaid, "repaid", "Owed no more: its use was undone"),
    ...out(
      own("available"),
      amountMinor - recovered - repaid,
      "returned",
      "Returned: it had been paid for by something else",
    ),
  ];
}

/** Locks accounts in one go, in the order of everybody. @returns the balance of one of them */
async function lockAndRead(
  tx: Tx,
  accounts: readonly AccountRef[],
  one: AccountRef,
): Promise<bigint> {
  await tx.lock.accounts(...accounts.map(accountId));
  const account = await tx.db.ledgerAccount.findUnique({
    where: { merchantId_id: { merchantId: tx.merchantId, id: accountId(one) } },
    select: { balanceMinor: true },
  });
  return account?.balanceMinor ?? 0n;
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
