import { deliveryOf } from "@/lib/terms/kinds/benefits";
import type { Db } from "@/lib/core/db";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { accountId } from "@/lib/ledger/rules/accounts";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { expireLot } from "@/lib/ledger/commands/expire-lot";
import { NEVER_EXPIRES } from "../../rules/expiry";
import {
  accountOf,
  costOfPart,
  fundingOf,
  type LoadedReward,
  lockReward,
  remainingAmount,
} from "../lock-reward";
import { stepReward } from "../step-reward";

/**
 * Expires a reward whose time is over: its coupon is void, what staff had not delivered is not owed
 * any more, and of credit and points what is left of its own lots leaves the balance. What goes
 * back lowers the program's cost; the reward still counts as earned under its caps. A balance that
 * was spent in time leaves nothing to expire.
 * @returns whether something was done; a repeat is harmless
 */
export async function expireReward(scope: Scope, rewardId: string): Promise<boolean> {
  return inScope(scope, async (tx) => {
    const reward = await lockReward(tx, rewardId);
    const { expiresAt, state } = reward;
    if (
      (state !== "available" && state !== "issued") ||
      expiresAt === null ||
      expiresAt > scopeNow(tx)
    )
      return false;
    // The budget before the ledger, in the order in which a grant takes them.
    await tx.lock.budgets(reward.programId);
    const expired = reward.amountMinor === null ? null : await moveOut(tx, reward, expiresAt);
    if (expired === 0n && isBalance(reward)) {
      await stepReward(tx, {
        rewardId,
        state,
        reason: "nothing_left",
        at: expiresAt,
        expiry: NEVER_EXPIRES,
      });
      return true;
    }
    const costBack = costOfPart(reward, expired ?? 0n);
    await countExpired(tx.db, tx.merchantId, reward, expired ?? 0n);
    await stepReward(tx, {
      rewardId,
      state: "expired",
      reason: state === "available" ? "expired_unissued" : "expired",
      at: expiresAt,
      costMinor: -costBack,
      ...(expired !== null && { amountMinor: expired }),
    });
    await addToBudget(tx.db, tx.merchantId, reward, -costBack);
    await tx.db.coupon.updateMany({
      where: { merchantId: tx.merchantId, rewardId, usedAt: null, voidedAt: null },
      data: { voidedAt: scopeNow(tx) },
    });
    return true;
  });
}

/** Credit and points lie in a balance, together with those of other rewards. */
export function isBalance({ terms }: Pick<LoadedReward, "terms">): boolean {
  return deliveryOf(terms.benefit) === "balance";
}

/** What is left of a reward's own lots in its owner's hands, those first that expire first. */
export async function lotsOfReward(db: Db, merchantId: string, reward: LoadedReward) {
  return db.ledgerLot.findMany({
    where: {
      merchantId,
      rewardId: reward.id,
      accountId: accountId(accountOf(reward)!),
      remainingMinor: { gt: 0n },
    },
    orderBy: [{ expiresAt: "asc" }, { id: "asc" }],
    select: { id: true, remainingMinor: true, expiresAt: true },
  });
}

/** @returns what left the customer's accounts */
async function moveOut(tx: Tx, reward: LoadedReward, at: Date): Promise<bigint> {
  const amount = remainingAmount(reward)!;
  const to = fundingOf(reward, amount.asset);
  if (!isBalance(reward)) {
    if (amount.minor > 0n) {
      await postTransfers(tx, [
        {
          causeKey: expiryCause(reward.id, at),
          rewardId: reward.id,
          from: accountOf(reward)!,
          to,
          amount,
          occurredAt: at,
          memo: "Expired",
        },
      ]);
    }
    return amount.minor;
  }
  let expired = 0n;
  for (const { id, expiresAt } of await lotsOfReward(tx.db, tx.merchantId, reward)) {
    if (expiresAt !== null) expired += await expireLot(tx, { lotId: id, to });
  }
  return expired;
}

/**
 * Undoes the expiry of a coupon that, as is known only now, was used before: its worth is in
 * `issued` again. The caller goes on from there; the state is still `expired`.
 * @returns the cost that stands again
 */
export async function undoExpiry(tx: Tx, reward: LoadedReward): Promise<bigint> {
  const { db, merchantId } = tx;
  const expiry = await db.rewardStep.findFirstOrThrow({
    where: {
      merchantId,
      rewardId: reward.id,
      reason: { in: ["expired", "expired_unissued"] },
    },
    orderBy: { id: "desc" },
  });
  const costMinor = -expiry.costMinor;
  await addToBudget(db, merchantId, reward, costMinor);
  await countExpired(db, merchantId, reward, -reward.expiredMinor);
  await db.coupon.updateMany({
    where: { merchantId, rewardId: reward.id },
    data: { voidedAt: null },
  });
  const amount = remainingAmount({ ...reward, expiredMinor: 0n });
  if (amount && amount.minor > 0n && reward.expiresAt) {
    const cause = expiryCause(reward.id, reward.expiresAt);
    await postTransfers(tx, [
      {
        causeKey: `${cause}:undone`,
        reversesCause: cause,
        rewardId: reward.id,
        amount,
        occurredAt: scopeNow(tx),
        from: fundingOf(reward, amount.asset),
        to: accountOf({ ...reward, state: "issued" })!,
        memo: "Used before it expired",
      },
    ]);
  }
  return costMinor;
}

/** Whether an expired reward is a coupon, which may turn out to have been used in time. */
export function isExpiredCoupon(reward: LoadedReward): boolean {
  return reward.state === "expired" && deliveryOf(reward.terms.benefit) === "coupon";
}

/** Counts what expired of a reward. */
export async function countExpired(
  db: Db,
  merchantId: string,
  { id }: Pick<LoadedReward, "id">,
  minor: bigint,
): Promise<void> {
  if (minor === 0n) return;
  await db.reward.update({
    where: { merchantId_id: { merchantId, id } },
    data: { expiredMinor: { increment: minor } },
  });
}

function expiryCause(rewardId: string, at: Date): string {
  return `reward:${rewardId}:expire:${at.getTime()}`;
}

/** Counts a cost under the program's budget; below 0 what makes room there again. */
export async function addToBudget(
  db: Db,
  merchantId: string,
  reward: LoadedReward,
  costMinor: bigint,
): Promise<void> {
  if (reward.terms.given || costMinor === 0n) return;
  await db.programBudget.update({
    where: { merchantId_programId: { merchantId, programId: reward.programId } },
    data: { costMinor: { increment: costMinor } },
  });
}
