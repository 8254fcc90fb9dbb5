import { readCode } from "@/lib/core/values/code";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { postAtEnd } from "@/lib/ledger/commands/post-transfers";
import { costAgain, takeCost } from "./coupon-cost";
import { isExpiredCoupon, undoExpiry } from "./expire/expire-reward";
import {
  accountOf,
  type LoadedReward,
  lockRewardAfterReferral,
  remainingAmount,
} from "./lock-reward";
import { reinstateReward } from "./reinstate-rewards";
import { recoverUsed } from "./reverse/recover-used";
import { reverseReward } from "./reverse/reverse-rewards";
import { stepReward } from "./step-reward";
import { type ReversalReason, reversalReasonOf } from "../schema";

/** A coupon: whose it is, which order used it, and until when it could be used. */
export type Coupon = {
  code: string;
  customerId: string;
  rewardId: string;
  /** What the reward was granted for; null for an action of its owner. */
  referralId: string | null;
  orderId: string | null;
  expiresAt: Date | null;
};

/** The coupon behind a discount code; null for a code that is no coupon of this merchant. */
export async function findCoupon(scope: Scope, text: string): Promise<Coupon | null> {
  const code = readCode(text);
  if (code === null) return null;
  const found = await inScope(scope, ({ db }) =>
    db.coupon.findUnique({
      where: { merchantId_code: { merchantId: scope.merchantId, code } },
      select: {
        code: true,
        customerId: true,
        rewardId: true,
        orderId: true,
        reward: { select: { expiresAt: true, referralId: true } },
      },
    }),
  );
  if (!found) return null;
  const { reward, ...coupon } = found;
  return { ...coupon, ...reward };
}

type CouponUse = { used: true } | { used: false; why: CouponRefusal };
type CouponRefusal = "used_before" | "expired" | "voided";

/** What to tell whoever asks why a coupon did not count. */
export const COUPON_REFUSALS: Record<CouponRefusal, string> = {
  used_before: "The coupon was used before.",
  expired: "The coupon had expired when it was used.",
  voided: "The coupon was voided.",
};

/**
 * Marks a coupon as used by an order. An order after the coupon's last day is refused, whenever it
 * comes to be known: one from before counts also when the coupon has been marked as expired
 * meanwhile.
 * @param input.cause unique per use: the ledger refuses a second movement for it
 */
export async function markCouponUsed(
  scope: Scope,
  input: { code: string; rewardId: string; orderId: string; at: Date; cause: string },
): Promise<CouponUse> {
  return inScope(scope, async (tx) => {
    const reward = await lockRewardAfterReferral(tx, input.rewardId);
    const because = await reversedAfterExpiry(tx, reward, input.at);
    if (because !== null) {
      // It was used before either: as if that had been known, it is reversed as a used one.
      await tx.lock.budgets(reward.programId);
      await reinstateReward(tx, reward.id, "reinstated");
      const use = await markCouponUsed(tx, input);
      await reverseReward(tx, reward.id, because, { key: input.cause, at: input.at });
      return use;
    }
    const refusal = refusalOf(reward, input.at);
    if (refusal) return { used: false, why: refusal };
    const inTime = isExpiredCoupon(reward);
    const costMinor = inTime ? await undoExpiry(tx, reward) : await costAgain(tx, reward);
    const amount = remainingAmount({ ...reward, expiredMinor: 0n });
    if (amount && amount.minor > 0n) {
      postAtEnd(tx, [
        {
          causeKey: `${useCause(reward.id)}:${input.cause}`,
          rewardId: reward.id,
          amount,
          occurredAt: input.at,
          memo: "Coupon used",
          from: accountOf({ ...reward, state: "issued" })!,
          to: { kind: "spent", ownerId: reward.programId, asset: amount.asset },
        },
      ]);
    }
    await tx.db.coupon.update({
      where: { merchantId_code: { merchantId: tx.merchantId, code: input.code } },
      data: { usedAt: input.at, orderId: input.orderId },
    });
    await stepReward(tx, {
      rewardId: reward.id,
      state: "used",
      reason: inTime ? "used_before_expiry" : "coupon_used",
      at: input.at,
      costMinor,
    });
    return { used: true };
  });
}

/**
 * Notes that another order than the one on record was the first to use a coupon. Nothing else about
 * it changes.
 */
export async function moveCouponUse(
  scope: Scope,
  { code, orderId, at }: { code: string; orderId: string; at: Date },
): Promise<void> {
  await inScope(scope, ({ db }) =>
    db.coupon.update({
      where: { merchantId_code: { merchantId: scope.merchantId, code } },
      data: { usedAt: at, orderId },
    }),
  );
}

/**
 * Makes a coupon usable again: the order that used it came back whole, and its cost goes with it
 * until it is used again. Until its last day it is issued; one that is past that expires with the
 * next sweep. What was reversed of it meanwhile, and what had expired once already, stays as it is.
 * @param at when the order came back
 * @returns whether it is usable again
 */
export async function returnCoupon(
  scope: Scope,
  { code, rewardId }: Pick<Coupon, "code" | "rewardId">,
  at: Date,
): Promise<boolean> {
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const reward = await lockRewardAfterReferral(tx, rewardId);
    const [posted, expiry] = await Promise.all([
      tx.db.ledgerTransfer.findFirst({
        where: {
          merchantId,
          rewardId,
          causeKey: { startsWith: useCause(rewardId) },
          reversesId: null,
        },
        orderBy: { id: "desc" },
      }),
      tx.db.rewardStep.findFirst({ where: { merchantId, rewardId, state: "expired" } }),
    ]);
    if (reward.state === "reversed") {
      await unuse(tx, reward, code, posted);
      return false;
    }
    const amount = remainingAmount(reward);
    if (reward.state !== "used" || expiry || (posted?.amountMinor ?? 0n) !== (amount?.minor ?? 0n))
      return false;
    if (posted && amount) {
      postAtEnd(tx, [
        {
          causeKey: `${posted.causeKey}:undone`,
          reversesCause: posted.causeKey,
          rewardId,
          amount,
          occurredAt: scopeNow(tx),
          memo: "Coupon usable again",
          from: { kind: "spent", ownerId: reward.programId, asset: amount.asset },
          to: accountOf({ ...reward, state: "issued" })!,
        },
      ]);
    }
    await tx.db.coupon.update({
      where: { merchantId_code: { merchantId, code } },
      data: { usedAt: null, orderId: null },
    });
    await takeCost(tx, reward, { state: "issued", reason: "coupon_returned", at });
    return true;
  });
}

/** Why a coupon was reversed that had expired before, and was used in time; null for any other. */
async function reversedAfterExpiry(
  { db, merchantId }: Tx,
  { id, state, expiresAt }: LoadedReward,
  usedAt: Date,
): Promise<ReversalReason | null> {
  if (state !== "reversed" || expiresAt === null || usedAt > expiresAt) return null;
  const before = await db.rewardStep.findFirst({
    where: { merchantId, rewardId: id, state: { not: "reversed" } },
    orderBy: { id: "desc" },
    select: { state: true, reward: { select: { reason: true, reversalReason: true } } },
  });
  if (before?.state !== "expired") return null;
  const { reason, reversalReason } = before.reward;
  return reversalReasonOf({ reason, reversalReason: reversalReason as ReversalReason | null });
}

/** Voids a coupon that was reversed after it had been used, and recovers what it was used for. */
async function unuse(
  tx: Tx,
  reward: LoadedReward,
  code: string,
  posted: { causeKey: string; amountMinor: bigint } | null,
): Promise<void> {
  const { count } = await tx.db.coupon.updateMany({
    where: { merchantId: tx.merchantId, code, usedAt: { not: null } },
    data: { usedAt: null, orderId: null, voidedAt: scopeNow(tx) },
  });
  if (count > 0) await recoverUsed(tx, reward, posted);
}

function useCause(rewardId: string): string {
  return `reward:${rewardId}:use`;
}

function refusalOf(reward: LoadedReward, at: Date): CouponRefusal | null {
  if (reward.state === "used") return "used_before";
  if (reward.state !== "issued" && reward.state !== "expired") return "voided";
  if (reward.expiresAt !== null && at > reward.expiresAt) return "expired";
  return reward.state === "issued" || isExpiredCoupon(reward) ? null : "voided";
}
