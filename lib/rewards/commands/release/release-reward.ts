import { deliveryOf } from "@/lib/terms/kinds/benefits";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { postAtEnd } from "@/lib/ledger/commands/post-transfers";
import type { Transfer } from "@/lib/ledger/rules/transfer";
import { announceReward } from "../announce-reward";
import { expiryDates } from "../../rules/expiry";
import { accountOf, type HeldReward, lockReward, remainingAmount } from "../lock-reward";
import { type RewardStep, stepReward } from "../step-reward";
import { issueCouponOrWait } from "./issue-coupon";
import { withhold } from "./withhold";

/** Why a hold ends: its time has come, or a member decided so. */
type HoldEnd = "hold_over" | "released_early";

/**
 * Ends a hold whose time has come and issues the reward. Anything but a due hold is left as it is,
 * so a repeat is harmless.
 * @returns whether it was released now
 */
export async function releaseReward(
  scope: Scope,
  rewardId: string,
  why: HoldEnd = "hold_over",
): Promise<boolean> {
  return inScope(scope, async (tx) => {
    const reward = await lockReward(tx, rewardId);
    const now = scopeNow(tx);
    if (reward.state !== "held" || reward.heldUntil > now || reward.underReview) return false;
    for (const step of releaseSteps(reward, now, tx.timeZone, why))
      await stepReward(tx, { rewardId, ...step });
    moveOutOfPending(tx, reward, now);
    await handOut(tx, reward);
    return true;
  });
}

/**
 * The steps that a release takes whatever happens: credit and points go straight to the balance,
 * what staff deliver or pay waits for them. A coupon goes on from there when it has its code.
 */
export function releaseSteps(
  { heldUntil, terms }: Pick<HeldReward, "heldUntil" | "terms">,
  now: Date,
  timeZone: string,
  why: HoldEnd = "hold_over",
): RewardStep[] {
  const delivery = deliveryOf(terms.benefit);
  const released: RewardStep = {
    state: "available",
    reason: terms.holdDays === 0 ? "no_hold" : why,
    at: heldUntil,
  };
  if (delivery === "coupon") return [released];
  if (delivery !== "balance") {
    const expiry = expiryDates(terms.expiry, "unissued", now, timeZone);
    const reason = delivery === "payout" ? "payable" : "to_be_given";
    return [released, { state: "available", reason, at: now, expiry }];
  }
  const expiry = expiryDates(terms.expiry, "issued", now, timeZone);
  return [released, { state: "issued", reason: "credited", at: now, issuedAt: now, expiry }];
}

/** Moves the amount of a reward that is released, at the end of the transaction. */
function moveOutOfPending(tx: Tx, reward: HeldReward, now: Date): void {
  const transfer = releaseTransfer(tx, reward, now);
  if (transfer)
    postAtEnd(tx, [transfer], ([outcome]) => withhold(tx, reward, outcome?.repaidMinor ?? 0n));
}

/**
 * What a release moves; null where nothing is left to move.
 * @param reward as it was before it was released
 */
export function releaseTransfer(tx: Tx, reward: HeldReward, now: Date): Transfer | null {
  const amount = remainingAmount(reward);
  const from = accountOf(reward);
  const to = accountOf({ ...reward, state: "available" });
  if (!amount || !from || !to || amount.minor === 0n) return null;
  const { expiresAt } = expiryDates(reward.terms.expiry, "issued", now, tx.timeZone);
  return {
    // A reinstated reward is released a second time, perhaps of the same hold.
    causeKey: `reward:${reward.id}:release:${now.getTime()}`,
    rewardId: reward.id,
    from,
    to,
    amount,
    occurredAt: reward.heldUntil,
    memo: "Hold ended",
    ...(to.kind === "available" && { lotExpiresAt: expiresAt }),
    repays: deliveryOf(reward.terms.benefit) === "payout",
  };
}

/** Issues the coupon of a reward that was just released, or lets it wait, and tells its owner. */
export async function handOut(tx: Tx, reward: HeldReward): Promise<void> {
  if (deliveryOf(reward.terms.benefit) === "coupon") await issueCouponOrWait(tx, reward);
  else await announceReward(tx, reward.id, "reward_available");
}
