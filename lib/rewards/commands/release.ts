import type { Db } from "@/lib/core/db";
import { randomCharacters } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { postAtEnd } from "@/lib/ledger/commands";
import { COUPON_KINDS, MANUAL_KINDS } from "@/lib/programs/schema";
import { announceReward } from "../announce";
import { accountOf, type LoadedReward, lockReward, remainingOf } from "./load";
import { stepReward } from "./step";

/**
 * Ends a hold whose time has come and issues the reward: a coupon gets its code, credit and points reach the balance,
 * cash and gifts wait for the shop to hand them over. Anything but a due hold is left as it is, so a repeat is harmless.
 * @returns whether it was released now
 */
export async function releaseReward(scope: Scope, rewardId: string): Promise<boolean> {
  return inScope(scope, async (db, scope) => {
    const reward = await lockReward(db, scope.merchantId, rewardId);
    const now = scopeNow(scope);
    if (reward.state !== "held" || reward.heldUntil > now || reward.underReview) return false;

    await stepReward(scope, {
      rewardId, state: "available", at: reward.heldUntil, reason: reward.terms.holdDays === 0 ? "no_hold" : "hold_over",
    });
    moveOutOfPending(scope, reward);
    await issue(db, scope, reward, now);
    await announceReward(scope, rewardId, "reward_available");
    return true;
  });
}

function moveOutOfPending(scope: Scope & { db: Db }, reward: LoadedReward): void {
  const amount = remainingOf(reward);
  const from = accountOf(reward);
  const to = accountOf({ ...reward, state: "available" });
  if (!amount || !from || !to || amount.minor === 0n) return;
  postAtEnd(scope, [{
    // A reinstated reward is released a second time, of a second hold.
    causeKey: `reward:${reward.id}:release:${reward.heldUntil.getTime()}`, rewardId: reward.id, from, to, amount,
    occurredAt: reward.heldUntil, memo: "Hold over",
  }]);
}

async function issue(db: Db, scope: Scope & { db: Db }, reward: LoadedReward, now: Date): Promise<void> {
  const kind = reward.terms.benefit.kind;
  if (MANUAL_KINDS.includes(kind)) {
    await stepReward(scope, { rewardId: reward.id, state: "available", reason: "to_be_given", at: now });
    return;
  }
  if (COUPON_KINDS.includes(kind)) await issueCoupon(db, scope, reward, now);
  await stepReward(scope, {
    rewardId: reward.id, state: "issued", at: now, issuedAt: now,
    reason: kind === "credit" || kind === "points" ? "credited" : "coupon_issued",
  });
}

async function issueCoupon(db: Db, scope: Scope, reward: LoadedReward, now: Date): Promise<void> {
  // 40 random bits a code: a collision within a merchant is a curiosity, and the insert says so without failing the transaction.
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const code = `GW-${randomCharacters(4)}-${randomCharacters(4)}`.toUpperCase();
    const { count } = await db.coupon.createMany({
      data: [{ merchantId: scope.merchantId, code, rewardId: reward.id, customerId: reward.customerId, issuedAt: now }],
      skipDuplicates: true,
    });
    if (count === 1) return;
    const existing = await db.coupon.findUnique({
      where: { merchantId_rewardId: { merchantId: scope.merchantId, rewardId: reward.id } },
    });
    if (existing) {
      // A reward that was taken back and reinstated keeps its code.
      await db.coupon.update({
        where: { merchantId_code: { merchantId: scope.merchantId, code: existing.code } }, data: { voidedAt: null },
      });
      return;
    }
  }
  throw new Error("no free coupon code in five tries");
}
