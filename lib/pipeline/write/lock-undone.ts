import type { Tx } from "@/lib/merchants/scope";
import { countedRows } from "@/lib/rewards/commands";
import type { GrantTo } from "@/lib/rewards/rules/settle";

/**
 * Locks rewards that are reversed, changed or restored, and then the payouts, budgets and advocates
 * of these and of what is granted and counted: whoever has moved the first amount waits for none.
 */
export async function lockUndone(
  tx: Tx,
  rewardIds: readonly string[],
  granted: readonly Pick<GrantTo, "programId" | "advocateId">[],
): Promise<void> {
  if (rewardIds.length === 0) return;
  await tx.lock.rewards(...rewardIds);
  const undone = await tx.db.reward.findMany({
    where: { merchantId: tx.merchantId, id: { in: [...rewardIds] } },
    select: { programId: true, advocateId: true, payoutBatchId: true },
  });
  await tx.lock.payouts(...undone.flatMap(({ payoutBatchId }) => payoutBatchId ?? []));
  const counted = countedRows(tx);
  await tx.lock.budgets(
    ...undone.map(({ programId }) => programId),
    ...granted.map(({ programId }) => programId),
    ...counted.programIds,
  );
  await tx.lock.advocates(
    ...undone.flatMap(({ advocateId }) => advocateId ?? []),
    ...granted.map(({ advocateId }) => advocateId),
    ...counted.advocateIds,
  );
}
