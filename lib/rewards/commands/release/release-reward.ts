import type { Db } from "@/lib/core/db";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { postAtEnd } from "@/lib/ledger/commands/post-transfers";
import { type ExpiryDates, expiryDates } from "../../expiry";
import { issueReward } from "./issue-reward";
import { withhold } from "./withhold";
import { accountOf, type LoadedReward, lockReward, remainingAmount } from "../lock-reward";
import { stepReward } from "../step-reward";

/**
 * Ends a hold whose time has come and issues the reward: see `issueReward`. Anything but a due hold
 * is left as it is, so a repeat is harmless.
 * @returns whether it was released now
 */
export async function releaseReward(scope: Scope, rewardId: string): Promise<boolean> {
  return inScope(scope, async (db, scope) => {
    const reward = await lockReward(db, scope.merchantId, rewardId);
    const now = scopeNow(scope);
    if (reward.state !== "held" || reward.heldUntil > now || reward.underReview) return false;

    await stepReward(scope, {
      rewardId,
      state: "available",
      at: reward.heldUntil,
      reason: reward.terms.holdDays === 0 ? "no_hold" : "hold_over",
    });
    const expiry = expiryDates(reward.terms.expiry, "issued", now, scope.timeZone);
    moveOutOfPending(scope, reward, expiry);
    await issueReward(scope, reward, expiry);
    return true;
  });
}

function moveOutOfPending(
  scope: Scope & { db: Db },
  reward: LoadedReward,
  { expiresAt }: ExpiryDates,
): void {
  const amount = remainingAmount(reward);
  const from = accountOf(reward);
  const to = accountOf({ ...reward, state: "available" });
  if (!amount || !from || !to || amount.minor === 0n) return;
  postAtEnd(
    scope,
    [
      {
        // A reinstated reward is released a second time, of a second hold.
        causeKey: `reward:${reward.id}:release:${reward.heldUntil.getTime()}`,
        rewardId: reward.id,
        from,
        to,
        amount,
        occurredAt: reward.heldUntil,
        memo: "Hold over",
        ...(to.kind === "available" && { lotExpiresAt: expiresAt }),
        repays: reward.terms.benefit.kind === "cash",
      },
    ],
    ([outcome]) => withhold(scope, reward, outcome?.repaidMinor ?? 0n),
  );
}
