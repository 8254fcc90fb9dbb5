import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { announceReward } from "../announce-reward";
import { isBalance, lotsOfReward } from "./expire-reward";
import { lockReward } from "../lock-reward";

/**
 * Emails the owner of a reward that it is about to expire, once. A balance that is spent by now is
 * not worth an email.
 * @returns whether it was due; a repeat is harmless
 */
export async function remindOfReward(scope: Scope, rewardId: string): Promise<boolean> {
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const reward = await lockReward(tx, rewardId);
    const now = scopeNow(tx);
    const { count } = await tx.db.reward.updateMany({
      where: {
        merchantId,
        id: rewardId,
        state: { in: ["available", "issued"] },
        remindAt: { lte: now },
        remindedAt: null,
        expiresAt: { gt: now },
      },
      data: { remindedAt: now, remindAt: null },
    });
    if (count === 0) return false;
    if (!isBalance(reward)) {
      await announceReward(tx, rewardId, "reward_expiring");
      return true;
    }
    const lots = await lotsOfReward(tx.db, merchantId, reward);
    const leftMinor = lots.reduce(
      (sum, lot) => sum + (lot.expiresAt === null ? 0n : lot.remainingMinor),
      0n,
    );
    if (leftMinor > 0n) await announceReward(tx, rewardId, "reward_expiring", { leftMinor });
    return true;
  });
}
