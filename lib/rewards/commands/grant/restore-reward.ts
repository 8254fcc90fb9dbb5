import { type Tx, scopeNow } from "@/lib/merchants/scope";
import { deliveryOf } from "@/lib/terms/kinds/benefits";
import type { Worth } from "@/lib/terms/rules/worth";
import type { RewardRecord, Wanted } from "../../rules/settle";
import type { RewardState } from "../../schema";
import { announceReward } from "../announce-reward";
import { lockReward } from "../lock-reward";
import { raiseReward } from "../revise/raise-reward";
import { restOn } from "../revise/revise-reward";
import { stepReward } from "../step-reward";

/**
 * Puts a reward back that was reversed while its owner kept some of it, now that the facts call for
 * it again. What they kept counts towards it; what is missing is paid. It does not wait for a hold
 * a second time.
 * @returns its id
 */
export async function restoreReward(
  tx: Tx,
  { id }: RewardRecord,
  { due, worth }: { due: Wanted; worth: Worth },
): Promise<string> {
  const { db, merchantId } = tx;
  const reversed = await lockReward(tx, id);
  const now = scopeNow(tx);
  const state: RewardState = deliveryOf(reversed.terms.benefit) === "balance" ? "issued" : "used";
  await stepReward(tx, { rewardId: id, state, reason: "restored", at: now });
  await restOn(tx, id, { due, facts: due.facts }, reversed.heldUntil);
  await db.programBudget.update({
    where: { merchantId_programId: { merchantId, programId: reversed.programId } },
    data: { rewards: { increment: 1 } },
  });
  if (reversed.advocateId) {
    await db.advocate.update({
      where: { merchantId_id: { merchantId, id: reversed.advocateId } },
      data: { rewardCount: { increment: 1 } },
    });
  }
  await raiseReward(tx, { ...reversed, state }, worth.amount!.minor, {
    key: `restored:${now.getTime()}`,
    at: now,
    reason: "restored",
  });
  if (state === "issued") await announceReward(tx, id, "reward_available");
  return id;
}
