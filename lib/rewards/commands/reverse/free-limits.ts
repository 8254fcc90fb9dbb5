import type { Db } from "@/lib/core/db";
import type { LoadedReward } from "../lock-reward";

/** What is reversed makes room again under the budget and, when whole, under the advocate's cap. */
export async function freeLimits(
  db: Db,
  merchantId: string,
  reward: LoadedReward,
  costMinor: bigint,
  whole: boolean,
): Promise<void> {
  // What was granted without a rule took no room.
  if (reward.terms.given) return;
  await db.programBudget.update({
    where: { merchantId_programId: { merchantId, programId: reward.programId } },
    data: { costMinor: { decrement: costMinor }, ...(whole && { rewards: { decrement: 1 } }) },
  });
  if (whole && reward.advocateId) {
    await db.advocate.update({
      where: { merchantId_id: { merchantId, id: reward.advocateId } },
      data: { rewardCount: { decrement: 1 } },
    });
  }
}
