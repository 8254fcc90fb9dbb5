import { DomainError, notFound } from "@/lib/core/errors";
import { type Asset, POINTS } from "@/lib/core/money";
import type { AccountRef } from "@/lib/ledger/rules/accounts";
import type { Transfer } from "@/lib/ledger/rules/transfer";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import type { LoadedReward } from "@/lib/rewards/commands/lock-reward";
import { lockForReturn } from "@/lib/rewards/commands/reverse/lock-for-return";
import { returnSpent } from "@/lib/rewards/commands/reverse/return-spent";
import { reverseWhole } from "@/lib/rewards/commands/reverse/reverse-reward";
import type { Redemption } from "@/prisma/generated/client";
import { cancelRefusal } from "../rules";
import { lockItem, nameOf } from "./edit-items";
import { lockCustomer, spendKey } from "./redeem-item";

const GONE = ["voided", "reversed", "expired"];

/**
 * Cancels a redemption: its reward is reversed, the points return to the very lots they came from,
 * and the item is in stock again. Where what had earned the points was reversed in the meantime,
 * they go on to that: see `returnSpent`. The customer may while it is neither used nor delivered;
 * staff may, with a reason, also after the shop voided it.
 * @returns whether it was cancelled now; false for a repeat
 * @throws DomainError not_found, forbidden, conflict when it can no longer be cancelled
 */
export async function cancelRedemption(
  scope: Scope,
  {
    redemptionId,
    reason,
  }: { redemptionId: string; /** Staff say why. */ reason?: string | undefined },
): Promise<{ cancelled: boolean }> {
  const { actor } = scope;
  const own = actor.kind === "customer";
  if (!own) requirePermission(scope, "reward.decide");
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const where = { merchantId_id: { merchantId, id: redemptionId } };
    const found = await tx.db.redemption.findUnique({ where });
    if (!found || (own && found.customerId !== actor.id)) throw notFound("redemption");
    await lockCustomer(tx, found.customerId);
    const item = await lockItem(tx, found.itemId);
    const rewards = await lockConcerned(tx, found);
    const reward = rewards.get(found.rewardId)!;
    const redemption = await tx.db.redemption.findUniqueOrThrow({ where });
    if (redemption.state === "cancelled") return { cancelled: false };

    const refusal = cancelRefusal(
      {
        state: reward.state,
        benefit: reward.terms.benefit,
        inPayout: reward.payoutBatchId !== null,
      },
      own ? "customer" : "staff",
    );
    if (refusal) throw new DomainError("conflict", refusal);

    const now = scopeNow(tx);
    await reverseBought(
      tx,
      reward,
      own ? { because: "cancelled_by_customer" } : { because: "cancelled_by_shop", words: reason },
      { key: spendKey(redemptionId), at: now },
    );
    await returnSpent(tx, returnOf(redemption, reward.programId, now), rewards);
    await tx.db.catalogueItem.update({
      where: { merchantId_id: { merchantId, id: item.id } },
      data: { redeemed: { decrement: 1 } },
    });
    await tx.db.redemption.update({
      where,
      data: {
        state: "cancelled",
        cancelledAt: now,
        cancelledBy: actor.label,
        reason: reason ?? null,
      },
    });
    await recordAudit(tx, {
      action: "redemption.cancel",
      subjectType: "redemption",
      subjectId: redemptionId,
      summary: `Cancelled the redemption of “${nameOf(item)}”${reason ? `: ${reason}` : ""}`,
      detail: { points: redemption.points.toString(), rewardId: reward.id },
    });
    return { cancelled: true };
  });
}

/**
 * Reverses what was bought, all of it, where it is not reversed or expired already.
 * @throws DomainError conflict when part of it was spent
 */
async function reverseBought(
  tx: Tx,
  reward: LoadedReward,
  why: Parameters<typeof reverseWhole>[2],
  cause: { key: string; at: Date },
): Promise<void> {
  const { db, merchantId } = tx;
  // Whatever the shop's policy: returning the points must not lend anybody what was spent.
  if (!GONE.includes(reward.state))
    await reverseWhole(tx, { ...reward, clawbackPolicy: "clamp" }, why, cause);
  const { amountMinor, recoveredMinor, expiredMinor } = await db.reward.findUniqueOrThrow({
    where: { merchantId_id: { merchantId, id: reward.id } },
  });
  if (amountMinor !== null && recoveredMinor + expiredMinor < amountMinor)
    throw new DomainError("conflict", "Part of this was spent already.");
}

/** Locks what was bought together with what the points may go on to. */
async function lockConcerned(
  tx: Tx,
  { customerId, rewardId }: Redemption,
): Promise<ReadonlyMap<string, LoadedReward>> {
  const bought = await tx.db.reward.findUniqueOrThrow({
    where: { merchantId_id: { merchantId: tx.merchantId, id: rewardId } },
    select: { programId: true, asset: true },
  });
  const inAsset = (kind: AccountRef["kind"], ownerId: string): AccountRef[] =>
    bought.asset === null ? [] : [{ kind, ownerId, asset: bought.asset as Asset }];
  return lockForReturn(tx, {
    customerId,
    asset: POINTS,
    rewardIds: [rewardId],
    accounts: [
      { kind: "spent", ownerId: bought.programId, asset: POINTS },
      ...inAsset("available", customerId),
      ...inAsset("issued", customerId),
      ...inAsset("pending", customerId),
      ...inAsset("owed", customerId),
      ...inAsset("funding", bought.programId),
    ],
  });
}

/** The points of a redemption on their way back into the lots they came from. */
function returnOf(
  { id, points, customerId, rewardId }: Redemption,
  programId: string,
  at: Date,
): Transfer {
  return {
    causeKey: `${spendKey(id)}:cancel`,
    reversesCause: spendKey(id),
    rewardId,
    amount: { minor: points, asset: POINTS },
    occurredAt: at,
    memo: "Redemption cancelled",
    from: { kind: "spent", ownerId: programId, asset: POINTS },
    to: { kind: "available", ownerId: customerId, asset: POINTS },
  };
}
